/** The three facts about an asset's number (METHODS 8) as the one mark it is drawn with. */
import type { AssetSlots, Layout } from '../../models/protocol.ts';
import { unpackQuality } from '../../models/reading.ts';
import type { MetricView } from './metric.ts';
import { mirror } from './mirror.ts';
import type { Metric } from './view.ts';

/**
 * plain: as measured · estimated: estimated or modelled, or more than 10 % of the energy behind it is · stale: held
 * past twice its cadence · missing: no number · idle: its meters say that nothing flows, so there is nothing to colour
 * · unmetered: has no such quantity (a plot), not part of the accounts.
 */
export const marks = ['plain', 'estimated', 'stale', 'missing', 'idle', 'unmetered'] as const;
export type Mark = (typeof marks)[number];

/** Above this share of estimated energy a derived number carries the estimated mark. */
const estimatedLimit = 0.1;

/** The mark of a quality code and an estimated share, for a number that is known. */
export function markOfQuality(code: number, estimatedShare: number): Mark {
  if (!Number.isNaN(code)) {
    const quality = unpackQuality(code);
    // A number that is shown is not missing: a lost or bad reading behind it makes it an estimate.
    if (quality.freshness === 'missing' || quality.validity === 'bad') return 'estimated';
    if (quality.freshness === 'stale') return 'stale';
    if (quality.origin === 'estimated' || quality.origin === 'modelled') return 'estimated';
  }
  return estimatedShare > estimatedLimit ? 'estimated' : 'plain';
}

/** Nothing flows through the ports that its number is about: there is nothing to colour, and none is missing. */
export function isIdle(slots: AssetSlots, values: Float32Array): boolean {
  return slots.idle >= 0 && values[slots.idle] === 1;
}

/** An intensity of nothing is none, whatever it would be; that no power flows is a power, and no emissions are emissions. */
export function isShownIdle(metric: Metric, value: number, slots: AssetSlots, values: Float32Array): boolean {
  return (metric === 'intensity' || Number.isNaN(value)) && isIdle(slots, values);
}

export function markOf(view: MetricView, layout: Layout, id: string, values: Float32Array = mirror.values): Mark {
  const slots = layout.assets.get(id);
  if (!slots || !view.applies(id)) return 'unmetered';
  const at = (slot: number) => (slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));
  const value = view.valueOf(id);
  if (isShownIdle(view.metric, value, slots, values)) return 'idle';
  if (Number.isNaN(value)) return 'missing';
  // A junction has no meter that could be bad: only the share of what passes through it counts.
  const metered = Object.keys(slots.ports).length > 0;
  return markOfQuality(metered ? at(slots.quality) : Number.NaN, at(slots.estimatedShare));
}
