/** The park at a moment as JSON, for `GET /api/v1/parks/{park}/state`: the same slots that the live connection sends, by name. */
import { sees } from '../access/permissions.ts';
import type { AssetState, StateDocument } from '../api/state.ts';
import { totalNames } from '../carbon/step.ts';
import { unpackQuality } from '../quality.ts';
import { f32 } from '../typed-arrays.ts';
import type { PortId } from '../units.ts';
import type { AssetSlots, Layout } from './layout.ts';

export interface StateMeta {
  park: string;
  /** Park time and the base of `sampled` slots, ms since 1970. */
  time: number;
  base: number;
  seq: number;
  epoch: number;
  preliminary: boolean;
}

/** Unknown is null. Whatever the layout's audience may not see is absent. */
export function stateDocument(layout: Layout, values: Float32Array, meta: StateMeta): StateDocument {
  const at = (slot: number) => plain(values[slot]);
  const assets: StateDocument['assets'] = {};
  for (const [id, slots] of layout.assets) assets[id] = assetState(layout, id, slots, values, meta);
  const lines: StateDocument['lines'] = {};
  for (const [id, slots] of layout.lines) {
    lines[id] = { ...(slots.power >= 0 && { power_kW: at(slots.power) }), intensity_gPerKwh: at(slots.intensity) };
  }
  return {
    park: meta.park,
    time: new Date(meta.time).toISOString(),
    seq: meta.seq,
    epoch: meta.epoch,
    preliminary: meta.preliminary,
    totals: Object.fromEntries(totalNames.map((name) => [name, at(layout.totals[name])])) as StateDocument['totals'],
    assets,
    lines,
  };
}

function assetState(layout: Layout, id: string, slots: AssetSlots, values: Float32Array, meta: StateMeta): AssetState {
  const at = (slot: number) => plain(values[slot]);
  const full = sees(layout.audience, 'figures:read');
  const idle = at(slots.idle);
  const ports: AssetState['ports'] = {};
  let oldest_s = Number.POSITIVE_INFINITY;
  for (const [port, { power, sampled }] of Object.entries(slots.ports)) {
    ports[port as PortId] = at(power);
    const sampled_s = f32(values, sampled);
    if (sampled_s < oldest_s) oldest_s = sampled_s;
  }
  const age_s = (meta.time - meta.base) / 1000 - oldest_s;
  return {
    ...(full && { ports }),
    intensity_gPerKwh: at(slots.intensity),
    ...(slots.idle >= 0 && { idle: idle === null ? null : idle === 1 }),
    ...(full && { attributed_kgPerH: at(slots.attributed), stack_kgPerH: at(slots.stack) }),
    estimatedShare: at(slots.estimatedShare),
    ...(layout.network.has(id) ? unpackQuality(f32(values, slots.quality)) : noQuality),
    age_s: Number.isFinite(age_s) ? Math.max(0, Math.round(age_s)) : null,
  };
}

const noQuality = { origin: null, validity: null, freshness: null };

/** Slots are float32, which holds about seven digits. */
function plain(value: number | undefined): number | null {
  if (value === undefined || !Number.isFinite(value)) return null;
  return Number(value.toPrecision(7));
}
