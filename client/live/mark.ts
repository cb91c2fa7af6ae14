/** The three facts about an asset's number (METHODS 8) as the one mark it is drawn with. */
import type { AssetSlots } from '../../models/protocol.ts';
import { unpackQuality } from '../../models/reading.ts';
import { valueAt } from './mirror.ts';

/**
 * plain: as measured · estimated: estimated or modelled, or more than 10 % of the energy behind it is · stale: held
 * past twice its cadence · missing: no number · idle: its meters say that nothing flows, so there is nothing to colour
 * · unmetered: an asset without ports (a plot), not part of the accounts.
 */
export const marks = ['plain', 'estimated', 'stale', 'missing', 'idle', 'unmetered'] as const;
export type Mark = (typeof marks)[number];

/** Above this share of estimated energy a derived number carries the estimated mark. */
const estimatedLimit = 0.1;

/** `value` is the number shown (of the chosen metric); NaN when there is none. */
export function markOf(slots: AssetSlots | undefined, value: number): Mark {
  if (slots === undefined) return 'unmetered';
  const ports = Object.values(slots.ports);
  if (ports.length === 0) return 'unmetered';
  if (Number.isNaN(value)) {
    const nothingFlows = ports.every((port) => valueAt(port.power) === 0);
    return nothingFlows ? 'idle' : 'missing';
  }
  const quality = unpackQuality(valueAt(slots.quality));
  if (quality.origin === 'estimated' || quality.origin === 'modelled') return 'estimated';
  if (valueAt(slots.estimatedShare) > estimatedLimit) return 'estimated';
  return quality.freshness === 'fresh' ? 'plain' : 'stale';
}
