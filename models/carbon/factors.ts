/** Intensity and origin of a source at a moment: by the park's binding, else by its carrier's fallback. */

import type { Carrier } from '../carriers.ts';
import { type SourceKind, sourceKindRow, sourceKinds } from '../energy-sources.ts';
import { sourceKindOf } from '../kinds/import-source.ts';
import type { Asset, Factor, Park } from '../park/park.ts';
import { f64 } from '../typed-arrays.ts';
import { carrierOf } from '../units.ts';
import { oncePerPark } from './once-per-park.ts';
import type { Compiled } from './step.ts';

export interface SourceFactor {
  /** NaN where there is no factor and no fallback. */
  gPerKwh: number;
  kind: SourceKind;
  /** Fraction 0…1 that counts as renewable electricity. */
  renewable: number;
  /** True where the factor is only the carrier's fallback. */
  estimated: boolean;
}

/** The same for all ports, indexed by port. */
export interface SourceFactors {
  gPerKwh: Float64Array;
  /** Index into sourceKinds. */
  kind: Uint8Array;
  renewable: Float64Array;
  estimated: Uint8Array;
}

interface Bound extends SourceFactors {
  /** Hour of the day for which `gPerKwh` is filled; −1 before the first call. */
  hour: number;
  factor: (Factor | null)[];
  /** Renewable fraction where a point measures the intensity: from the bound factor only, never from the fallback. */
  renewableTold: Float64Array;
}

const boundOf = oncePerPark((compiled): Bound => {
  const { ports, park } = compiled;
  const bound = ports.map((port) => park.sources[port.source]?.factor ?? null);
  const factor = ports.map((port, p) => bound[p] ?? park.fallback[carrierOf(port.port)] ?? null);
  const kinds = ports.map((port) => park.sources[port.source]?.sourceKind ?? sourceKindOf(park.assets[port.asset] as Asset, port.port));
  const renewable = (of: Factor | null | undefined, p: number) =>
    sourceKindRow(kinds[p] as SourceKind).renewable ? 1 : (of?.renewableShare ?? 0);
  return {
    hour: -1,
    factor,
    gPerKwh: new Float64Array(ports.length),
    kind: Uint8Array.from(kinds, (kind) => sourceKinds.indexOf(kind)),
    renewable: Float64Array.from(factor, renewable),
    renewableTold: Float64Array.from(bound, renewable),
    estimated: Uint8Array.from(bound, (of, p) => (of === null || park.sources[ports[p]?.source as number]?.estimated === true ? 1 : 0)),
  };
});

/** Factors of all ports at an hour, by binding, else by fallback, with hourly shapes. The next call changes the result. */
export function factorsAt(compiled: Compiled, hour: number): SourceFactors {
  const bound = boundOf(compiled);
  if (bound.hour !== hour) {
    for (let p = 0; p < bound.factor.length; p++) {
      const factor = bound.factor[p] as Factor | null;
      bound.gPerKwh[p] = factor ? valueAt(factor, hour) : Number.NaN;
    }
    bound.hour = hour;
  }
  return bound;
}

/** Renewable fraction of a port's source where a point measures its intensity. */
export function renewableTold(compiled: Compiled, p: number): number {
  return f64(boundOf(compiled).renewableTold, p);
}

/** The factor assumed for an unmetered source: its carrier's factor of last resort. */
export function unmeteredFactor(park: Park, carrier: Carrier, hour: number): SourceFactor {
  const factor = park.fallback[carrier];
  const gPerKwh = factor ? valueAt(factor, hour) : Number.NaN;
  return { gPerKwh, kind: 'unmetered', renewable: factor?.renewableShare ?? 0, estimated: true };
}

function valueAt(factor: Factor, hour: number): number {
  return factor.value * (factor.hourly?.[hour] ?? 1);
}
