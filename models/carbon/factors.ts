/** Which carbon and which origin a source has at a moment: by the park's binding, else its carrier's fallback. */
import { type Factor, type Park, type SourceKind, sourceKinds } from '../park/park.ts';
import { type Carrier, carrierOf } from '../units.ts';
import { remembered } from './remembered.ts';
import { isRenewable } from './renewable.ts';
import type { Compiled, CompiledPort } from './step.ts';

export interface SourceFactor {
  /** NaN where there is no factor and no fallback. */
  gPerKwh: number;
  kind: SourceKind;
  /** 0…1 of it that counts as renewable electricity. */
  renewable: number;
  /** Only the carrier's fallback. */
  estimated: boolean;
}

/** The same of all ports, by port. */
export interface SourceFactors {
  gPerKwh: Float64Array;
  /** Index into sourceKinds. */
  kind: Uint8Array;
  renewable: Float64Array;
  estimated: Uint8Array;
}

interface Bound extends SourceFactors {
  /** Its hour of the day. */
  hour: number;
  factor: (Factor | null)[];
  /** Where a point tells the intensity: of the bound factor only. */
  renewableTold: Float64Array;
}

const boundOf = remembered((compiled): Bound => {
  const { ports, park } = compiled;
  const bound = ports.map((port) => park.sources[port.source]?.factor ?? null);
  const factor = ports.map((port, p) => bound[p] ?? park.fallback[carrierOf(port.port)] ?? null);
  const kinds = ports.map((port) => park.sources[port.source]?.sourceKind ?? kindOf(compiled, port));
  const renewable = (of: Factor | null | undefined, p: number) => (isRenewable(kinds[p] as SourceKind) ? 1 : (of?.renewableShare ?? 0));
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

/** Of each port by its binding in its hourly shape, else by the fallback. What is returned changes with the next call. */
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

/** Renewable part of a port's source where a point tells its intensity. */
export function renewableTold(compiled: Compiled, p: number): number {
  return boundOf(compiled).renewableTold[p] as number;
}

/** What an unmetered source is taken to be: its carrier's factor of last resort. */
export function unmeteredFactor(park: Park, carrier: Carrier, hour: number): SourceFactor {
  const factor = park.fallback[carrier];
  const gPerKwh = factor ? valueAt(factor, hour) : Number.NaN;
  return { gPerKwh, kind: 'unmetered', renewable: factor?.renewableShare ?? 0, estimated: true };
}

function valueAt(factor: Factor, hour: number): number {
  return factor.value * (factor.hourly?.[hour] ?? 1);
}

function kindOf(compiled: Compiled, port: CompiledPort): SourceKind {
  const carrier = carrierOf(port.port);
  const kind = compiled.park.assets[port.asset]?.kind;
  if (kind === 'pv') return 'solar';
  if (kind === 'wind') return 'wind';
  if (carrier === 'gas') return 'gas';
  if (carrier === 'biomass') return 'biomass';
  if (carrier === 'wasteHeat') return 'recoveredHeat';
  return port.role === 'import' ? 'grid' : 'other';
}
