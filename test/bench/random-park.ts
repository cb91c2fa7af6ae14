/** Parks of any size for benchmarks: a grid connection, rings of substations, feeders of buildings with PV, some cogeneration. */
import { compile } from '../../models/carbon/compile.ts';
import type { Compiled, Inputs } from '../../models/carbon/step.ts';
import { startLevels } from '../../models/carbon/storage.ts';
import type { Carrier } from '../../models/carriers.ts';
import type { Asset, Factor, Line, Park, SourceBinding } from '../../models/park/park.ts';
import { asset } from '../models/tiny-park.ts';

const factor = (id: string, value: number): Factor => ({
  id,
  name: { en: id },
  value,
  unit: 'gCO2e/kWh',
  set: 'direct',
  validFrom: '2023-01-01',
  source: 'bench',
  verified: false,
});

const line = (from: string, to: string, carrier: Carrier, loss: number): Line => ({
  id: `${from}-${to}-${carrier}`,
  carrier,
  from,
  to,
  loss,
  length_m: 100,
  open: false,
  implied: true,
  geometry: null,
});

/** A park with about `count` assets; the same count gives the same park. */
export function randomPark(count: number): Park {
  const substations = Math.max(2, Math.round(count / 50));
  const assets: Asset[] = [
    asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
    asset('gas', 'gasConnection', ['gas.out']),
    asset('chp', 'chp', ['gas.in', 'electricity.out', 'heat.out'], {
      conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.4, heat: 0.45 } },
    }),
  ];
  const lines: Line[] = [line('gas', 'chp', 'gas', 0)];
  for (let s = 0; s < substations; s++) {
    assets.push(asset(`s${s}`, 'substation', []));
    lines.push(line(s === 0 ? 'grid' : `s${s - 1}`, `s${s}`, 'electricity', 0.005));
  }
  lines.push(line(`s${substations - 1}`, 'grid', 'electricity', 0.005), line('chp', 's0', 'electricity', 0.002));
  for (let b = 0; assets.length < count; b++) {
    const heated = b % 5 === 0;
    assets.push(asset(`b${b}`, 'building', heated ? ['electricity.in', 'heat.in'] : ['electricity.in']));
    lines.push(line(`s${b % substations}`, `b${b}`, 'electricity', 0.01));
    if (heated) lines.push(line('chp', `b${b}`, 'heat', 0.05));
    if (b % 4 === 0) assets.push(asset(`pv${b}`, 'pv', ['electricity.out'], { at: `b${b}` }));
  }
  const sources: SourceBinding[] = assets.flatMap((a): SourceBinding[] => {
    if (a.kind === 'gridConnection')
      return [{ asset: a.id, port: 'electricity.out', sourceKind: 'grid', factor: factor('grid', 550), estimated: false }];
    if (a.kind === 'gasConnection')
      return [{ asset: a.id, port: 'gas.out', sourceKind: 'gas', factor: factor('gas', 202.166), estimated: false }];
    if (a.kind === 'pv')
      return [{ asset: a.id, port: 'electricity.out', sourceKind: 'solar', factor: factor('solar', 0), estimated: false }];
    return [];
  });
  return {
    id: 'bench',
    name: { en: 'Bench' },
    fictional: true,
    place: { lon: 0, lat: 0, country: 'XX' },
    timeZone: 'UTC',
    currency: 'EUR',
    interval_s: 900,
    tick_s: 1,
    losses: 'toLoad',
    cogeneration: { method: 'ghgProtocolEfficiency', electricReference: 0.35, heatReference: 0.8, supply_C: 90, ambient_C: 10 },
    assets,
    lines,
    context: [],
    points: [],
    virtualPoints: [],
    spreads: [],
    sources,
    fallback: { electricity: factor('fallback', 550) },
    unmetered: [{ asset: 'chp', carrier: 'heat', name: { en: 'rest' } }],
    credits: [],
    tenants: [],
    stories: [],
    simulation: null,
    replay: null,
  };
}

/** Every building and array metered, the grid and the gas left to the balance. */
export function benchInputs(compiled: Compiled): Inputs {
  const ports = compiled.ports.length;
  const inputs: Inputs = {
    time: 1_750_000_000_000,
    port_kW: new Float64Array(ports).fill(Number.NaN),
    portSigma_kW: new Float64Array(ports).fill(0.5),
    portEstimated: new Uint8Array(ports),
    line_kW: new Float64Array(compiled.lineFrom.length).fill(Number.NaN),
    lineSigma_kW: new Float64Array(compiled.lineFrom.length),
    portIntensity_gPerKwh: new Float64Array(ports).fill(Number.NaN),
    levels: startLevels(compiled),
  };
  for (const [p, { asset: a, port }] of compiled.ports.entries()) {
    const kind = compiled.park.assets[a]?.kind;
    if (kind === 'building') inputs.port_kW[p] = port === 'heat.in' ? 40 : 100 + (p % 17);
    if (kind === 'pv') inputs.port_kW[p] = 60 + (p % 7);
    if (kind === 'chp' && port === 'electricity.out') inputs.port_kW[p] = 900;
    if (kind === 'gridConnection' && port === 'electricity.in') inputs.port_kW[p] = 0;
  }
  return inputs;
}

export const compiledPark = (count: number): Compiled => compile(randomPark(count));
