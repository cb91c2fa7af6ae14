import { compile } from '../../../models/carbon/compile.ts';
import type { Compiled, Inputs, Step } from '../../../models/carbon/step.ts';
import { startLevels } from '../../../models/carbon/storage.ts';
import type { Carrier } from '../../../models/carriers.ts';
import type { SourceKind } from '../../../models/energy-sources.ts';
import type { Asset, Factor, Line, Park, SourceBinding } from '../../../models/park/park.ts';
import type { PortId } from '../../../models/units.ts';

/** Parks for tests: only what the engine reads, in few words. */

export { asset } from '../tiny-park.ts';

export function line(id: string, carrier: Carrier, from: string, to: string, more: Partial<Line> = {}): Line {
  return { id, carrier, from, to, loss: 0, length_m: 100, open: false, implied: false, geometry: null, ...more };
}

export function factor(value: number, more: Partial<Factor> = {}): Factor {
  return {
    id: `f${value}`,
    name: { en: `${value}` },
    value,
    unit: 'gCO2e/kWh',
    set: 'direct',
    validFrom: '2024-01-01',
    source: 'test',
    verified: false,
    ...more,
  };
}

export function source(assetId: string, port: PortId, sourceKind: SourceKind, of: Factor | null): SourceBinding {
  return { asset: assetId, port, sourceKind, factor: of, estimated: false };
}

export function park(assets: Asset[], more: Partial<Park> = {}): Park {
  return {
    id: 'test',
    name: { en: 'Test' },
    fictional: true,
    place: { lon: 120, lat: 31, country: 'CN' },
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    interval_s: 900,
    tick_s: 1,
    losses: 'toLoad',
    cogeneration: {
      method: 'ghgProtocolEfficiency',
      electricReference: 0.35,
      heatReference: 0.8,
      supply_C: 90,
      ambient_C: 10,
    },
    assets,
    lines: [],
    context: [],
    points: [],
    virtualPoints: [],
    spreads: [],
    sources: [],
    fallback: {},
    unmetered: [],
    credits: [],
    tenants: [],
    stories: [],
    simulation: null,
    replay: null,
    ...more,
  };
}

export interface Said {
  /** `${asset}/${port}` → kW. */
  ports?: Record<string, number>;
  /** Relative standard uncertainty of every port, unless given by `sigmas`. */
  accuracy?: number;
  sigmas?: Record<string, number>;
  estimated?: string[];
  lines?: Record<string, number>;
  lineSigmas?: Record<string, number>;
  intensities?: Record<string, number>;
  levels?: Inputs['levels'];
  time?: number;
}

export function inputsOf(compiled: Compiled, said: Said): Inputs {
  const n = compiled.ports.length;
  const inputs: Inputs = {
    time: said.time ?? Date.UTC(2025, 5, 2, 4),
    port_kW: new Float64Array(n).fill(Number.NaN),
    portSigma_kW: new Float64Array(n),
    portEstimated: new Uint8Array(n),
    line_kW: new Float64Array(compiled.park.lines.length).fill(Number.NaN),
    lineSigma_kW: new Float64Array(compiled.park.lines.length),
    portIntensity_gPerKwh: new Float64Array(n).fill(Number.NaN),
    levels: said.levels ?? startLevels(compiled),
  };
  const at = (key: string) => {
    const p = compiled.portIndex.get(key);
    if (p === undefined) throw new Error(`no port ${key}`);
    return p;
  };
  for (const [key, kW] of Object.entries(said.ports ?? {})) {
    inputs.port_kW[at(key)] = kW;
    inputs.portSigma_kW[at(key)] = said.sigmas?.[key] ?? (said.accuracy ?? 0) * kW;
  }
  for (const key of said.estimated ?? []) inputs.portEstimated[at(key)] = 1;
  for (const [key, g] of Object.entries(said.intensities ?? {})) inputs.portIntensity_gPerKwh[at(key)] = g;
  for (const [id, kW] of Object.entries(said.lines ?? {})) {
    const l = compiled.lineIndex.get(id) as number;
    inputs.line_kW[l] = kW;
    inputs.lineSigma_kW[l] = said.lineSigmas?.[id] ?? 0;
  }
  return inputs;
}

/** Reading a step by names. */
export function reading(compiled: Compiled, step: Step) {
  const port = (key: string) => compiled.portIndex.get(key) as number;
  const place = (id: string) => compiled.assetIndex.get(id) as number;
  const node = (key: string) => compiled.nodeIndex.get(key) as number;
  return {
    kW: (key: string) => step.port_kW[port(key)] as number,
    how: (key: string) => step.portHow[port(key)] as number,
    portIntensity: (key: string) => step.portIntensity_gPerKwh[port(key)] as number,
    intensity: (id: string) => step.assetIntensity_gPerKwh[place(id)] as number,
    attributed: (id: string) => step.assetAttributed_kgPerH[place(id)] as number,
    stack: (id: string) => step.assetStack_kgPerH[place(id)] as number,
    estimated: (id: string) => step.assetEstimatedShare[place(id)] as number,
    node: (key: string) => step.nodeIntensity_gPerKwh[node(key)] as number,
    line: (id: string) => step.line_kW[compiled.lineIndex.get(id) as number] as number,
    modelled: (id: string) => step.lineModelled[compiled.lineIndex.get(id) as number] as number,
    slack: (key: string) => step.slacks.find((s) => s.node === node(key)),
  };
}

export function compiled(assets: Asset[], more: Partial<Park> = {}): Compiled {
  return compile(park(assets, more));
}
