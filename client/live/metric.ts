/**
 * What the colours mean at this moment: the scale of the chosen metric and the value of each asset on it.
 * Scene, legend, table and plan all use this, so that a colour, a number and a scale always belong together.
 */

import type { Carrier } from '../../models/carriers.ts';
import { intensityScales, type Scale, scales, scaleTo } from '../../models/colour.ts';
import type { Meaning, Shown } from '../../models/kinds/meaning.ts';
import type { AssetSlots, Layout } from '../../models/wire/layout.ts';
import type { Metric } from './choices.ts';
import { mirror } from './mirror.ts';

export interface MetricView {
  metric: Metric;
  /** The scale the legend draws. */
  scale: Scale;
  /** The scale of one asset: heat, cooling and steam carry about half the carbon per kWh, so theirs ends at half. */
  scaleOf: (asset: string) => Scale;
  /** NaN: unknown, or kept from this audience. */
  valueOf: (asset: string) => number;
  /** Slot of an asset's value, −1 if none; null for metrics that are not one slot. A small integer, so it allocates nothing. */
  slotOf: ((asset: string) => number) | null;
  /** False for assets that have no such quantity at all (vacant land, the stack of a solar roof): neutral, not missing. */
  applies: (asset: string) => boolean;
}

export interface MetricPark {
  assets: readonly (Shown & { id: string })[];
}

/** The next 1, 2 or 5 times a power of ten; 1 when there is nothing to measure. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 5]) if (value <= step * unit * (1 + 1e-9)) return step * unit;
  return 10 * unit;
}

const both = ['in', 'out'] as const;
const directions: Partial<Record<Meaning, readonly ('in' | 'out')[]>> = { output: ['out'], consumption: ['in'] };

/** Power through the ports of a carrier: what a source gives, what a consumer takes, for all others the larger of both. */
function power(slots: AssetSlots, carrier: Carrier, meaning: Meaning, values: Float32Array): number {
  let best = Number.NaN;
  for (const direction of directions[meaning] ?? both) {
    const slot = slots.ports[`${carrier}.${direction}`]?.power;
    const value = slot === undefined || slot < 0 ? undefined : values[slot];
    if (value !== undefined && !Number.isNaN(value) && !(Math.abs(value) <= best)) best = Math.abs(value);
  }
  return best;
}

/** The end of a scale, kept steady while values vary: it grows at once and shrinks only when it is four times too long. */
const ends = new WeakMap<Layout, Map<Metric, number>>();
function endOf(layout: Layout, metric: Metric, values: number[]): number {
  const known = values.filter((v) => v > 0).sort((a, b) => a - b);
  // The scale ends at the 95th percentile, clamped above: one grid connection must not make all else look like zero.
  const wanted = roundUp(known[Math.floor(0.95 * (known.length - 1))] ?? 0);
  const kept = ends.get(layout) ?? new Map<Metric, number>();
  ends.set(layout, kept);
  const before = kept.get(metric);
  const end = before !== undefined && wanted <= before && wanted * 4 > before ? before : wanted;
  if (known.length > 0) kept.set(metric, end);
  return end;
}

/** Assets by id, collected once per park. */
const shown = new WeakMap<MetricPark, Map<string, Shown>>();
function shownById(park: MetricPark): Map<string, Shown> {
  const known = shown.get(park);
  if (known) return known;
  const made = new Map(park.assets.map((asset) => [asset.id, asset]));
  shown.set(park, made);
  return made;
}

/** Several callers ask once a second: for the same values they share one view of intensities. */
const intensities = new WeakMap<Layout, { park: MetricPark; values: Float32Array; view: MetricView }>();

export function metricOf(park: MetricPark, layout: Layout, metric: Metric, values: Float32Array = mirror.values): MetricView {
  const kept = metric === 'intensity' ? intensities.get(layout) : undefined;
  if (kept?.park === park && kept.values === values) return kept.view;
  const byId = shownById(park);
  const at = (slot: number) => (slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));

  const applies = (id: string): boolean => {
    const asset = byId.get(id);
    if (!asset) return false;
    // An asset without ports may be part of the network: it has the intensity of what passes, when that is known.
    if (asset.mainCarrier === null) {
      const slot = metric === 'intensity' ? slotOf(id) : -1;
      return slot >= 0 && !Number.isNaN(values[slot]);
    }
    if (metric === 'emissionRate') return asset.emissions !== null;
    return true;
  };

  const slotOf = (id: string): number => {
    const slots = layout.assets.get(id);
    if (!slots || !byId.has(id)) return -1;
    if (metric === 'intensity') return slots.intensity;
    const emissions = byId.get(id)?.emissions;
    return emissions ? slots[emissions] : -1;
  };

  const valueOfAsset = (id: string): number => {
    const slots = layout.assets.get(id);
    const asset = byId.get(id);
    if (!slots || !asset) return Number.NaN;
    if (metric !== 'power') return at(slotOf(id));
    const { mainCarrier } = asset;
    return mainCarrier ? power(slots, mainCarrier, asset.meaning, values) : Number.NaN;
  };

  if (metric === 'intensity') {
    const scaleOf = (id: string) => intensityScales[byId.get(id)?.scale ?? 'whole'];
    const view: MetricView = { metric, scale: scales.intensity, scaleOf, valueOf: valueOfAsset, slotOf, applies };
    intensities.set(layout, { park, values, view });
    return view;
  }
  const all = park.assets.map((a) => (applies(a.id) ? valueOfAsset(a.id) : Number.NaN));
  const scale = scaleTo(metric, metric === 'power' ? 'kW' : 'kgCO2e/h', endOf(layout, metric, all));
  return { metric, scale, scaleOf: () => scale, valueOf: valueOfAsset, slotOf: metric === 'power' ? null : slotOf, applies };
}
