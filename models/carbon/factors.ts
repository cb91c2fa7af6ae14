/** Which carbon and which origin a source has at a moment: by the park's binding, else its carrier's fallback. */
import type { Factor, Park, SourceKind } from '../park/park.ts';
import { type Carrier, carrierOf } from '../units.ts';
import type { Compiled, CompiledPort, Inputs } from './step.ts';

export interface SourceFactor {
  /** NaN where there is no factor and no fallback. */
  gPerKwh: number;
  kind: SourceKind;
  /** 0…1 of it that counts as renewable electricity. */
  renewable: number;
  /** Only the carrier's fallback. */
  estimated: boolean;
}

const renewableKinds: ReadonlySet<SourceKind> = new Set(['solar', 'wind', 'biomass']);

export function isRenewable(kind: SourceKind): boolean {
  return renewableKinds.has(kind);
}

/** Factor of a port that injects: what a point says, else the bound factor in its hourly shape, else the fallback. */
export function factorOf(compiled: Compiled, inputs: Inputs, p: number, hour: number): SourceFactor {
  const port = compiled.ports[p] as CompiledPort;
  const binding = compiled.park.sources[port.source];
  const kind = binding?.sourceKind ?? kindOf(compiled, port);
  const told = inputs.portIntensity_gPerKwh[p] as number;
  const factor = binding?.factor ?? null;
  const renewable = (of: Factor | null) => (renewableKinds.has(kind) ? 1 : (of?.renewableShare ?? 0));
  if (!Number.isNaN(told)) return { gPerKwh: told, kind, renewable: renewable(factor), estimated: false };
  if (factor) {
    const gPerKwh = valueAt(factor, hour);
    return { gPerKwh, kind, renewable: renewable(factor), estimated: binding?.estimated ?? false };
  }
  const last = compiled.park.fallback[carrierOf(port.port)] ?? null;
  const gPerKwh = last ? valueAt(last, hour) : Number.NaN;
  return { gPerKwh, kind, renewable: renewable(last), estimated: true };
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

const formats = new Map<string, Intl.DateTimeFormat>();

/** Hour of the day, 0…23, that `time` (ms since 1970) falls in where the park is. */
export function localHour(timeZone: string, time: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return Number(format.format(time));
}
