/** The park in one line, and the identity that its figures must obey (METHODS 1). */
import { sourceKinds } from '../park/park.ts';
import { carrierOf } from '../units.ts';
import { unmeteredFactor } from './factors.ts';
import { carbonOf, type PortResults } from './port-results.ts';
import type { CompiledNode, CompiledPort, PortRole, Step, Totals } from './step.ts';
import { columns, isBurnt, renewableColumn, type Traced } from './traced.ts';

export function totalsOf(t: Traced, r: PortResults): { totals: Totals; parkShares: Float64Array } {
  const { compiled, balance } = t;
  const portsOf = (role: PortRole, electric = false) =>
    [...compiled.ports.keys()].filter((p) => {
      const port = compiled.ports[p] as CompiledPort;
      return port.role === role && (!electric || carrierOf(port.port) === 'electricity');
    });
  const known = (which: readonly number[]) => which.filter((p) => !Number.isNaN(balance.port_kW[p]));
  const kg = (which: readonly number[]) => carbonOf(t, r, which);

  // An unknown load is in the slack's figure. Where the grid's own meter is unknown, so is the import.
  const all_kW = (which: readonly number[]) => which.reduce((sum, p) => sum + (balance.port_kW[p] as number), 0);
  const some_kW = (which: readonly number[]) => (which.length > 0 && known(which).length === 0 ? Number.NaN : all_kW(known(which)));

  const loads = portsOf('load');
  const injected = [...portsOf('generation'), ...portsOf('product').filter((p) => t.factors[p])];
  const burnt = burntOf(t, r);
  let unmetered = 0;
  for (const { node, power_kW } of balance.slacks) {
    if (power_kW === 0) continue;
    const { carrier } = compiled.nodes[node] as CompiledNode;
    const gives = power_kW < 0;
    const x = gives ? unmeteredFactor(compiled.park, carrier, t.hour).gPerKwh : r.nodeIntensity_gPerKwh[node];
    unmetered += (power_kW * (x as number)) / 1000;
  }
  const { intensity, renewable, shares } = electricityUsed(t, r, known(portsOf('load', true)));
  const imported = kg(known(portsOf('import')));
  const totals: Totals = {
    import_kW: all_kW(portsOf('import', true)),
    export_kW: all_kW(portsOf('export', true)),
    onsite_kW: some_kW([...portsOf('generation', true), ...portsOf('product', true)]),
    consumption_kW: some_kW(portsOf('load', true)),
    renewableShare: renewable,
    intensity_gPerKwh: intensity,
    stack_kgPerH: burnt.all,
    imported_kgPerH: without(imported, burnt.all - burnt.other),
    otherInjected_kgPerH: without(kg(known(injected)), burnt.other),
    attributed_kgPerH: kg(known(loads)),
    unmetered_kgPerH: unmetered,
    exported_kgPerH: kg(known(portsOf('export'))),
    storageChange_kgPerH: kg(known(portsOf('charge'))) - kg(known(portsOf('discharge'))),
    losses_kgPerH: t.lost_gPerH / 1000,
  };
  return { totals, parkShares: shares };
}

/** a − b where b is a part of a: what rounding leaves of equal numbers is nothing. */
function without(a: number, b: number): number {
  const rest = a - b;
  return Math.abs(rest) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : rest;
}

/** Carbon of fuel burnt in plants, kg/h, and the part of it that was produced here rather than brought in or stored. */
function burntOf(t: Traced, r: PortResults): { all: number; other: number } {
  let all = 0;
  let other = 0;
  for (const converter of t.compiled.converters) {
    for (const p of converter.inputs) {
      const { node, port } = t.compiled.ports[p] as CompiledPort;
      const kW = t.balance.port_kW[p] as number;
      if (!isBurnt(carrierOf(port)) || !(kW > 0)) continue;
      if (!Number.isFinite(r.portIntensity_gPerKwh[p])) return { all: Number.NaN, other: Number.NaN };
      all += (kW * (t.fuel[node] as number)) / 1000;
      other += (kW * (t.fuelOther[node] as number)) / 1000;
    }
  }
  return { all, other };
}

/** Means over the electricity that end uses take; places that nothing is known of do not blank the rest. */
function electricityUsed(t: Traced, r: PortResults, loads: readonly number[]) {
  const kinds = sourceKinds.length;
  const byKind = new Float64Array(kinds);
  let energy = 0;
  let carbon = 0;
  let mixed = 0;
  let renewable = 0;
  for (const p of loads) {
    const { node } = t.compiled.ports[p] as CompiledPort;
    const kW = t.balance.port_kW[p] as number;
    if (!(kW > 0) || t.known[node] !== 1) continue;
    mixed += kW;
    renewable += (kW * (t.values[node * columns + renewableColumn] as number)) / (t.primary[node] as number);
    for (let k = 0; k < kinds; k++) byKind[k] = (byKind[k] as number) + kW * (r.nodeShares[node * kinds + k] as number);
    const x = r.nodeIntensity_gPerKwh[node] as number;
    if (Number.isNaN(x)) continue;
    energy += kW;
    carbon += kW * x;
  }
  return {
    intensity: energy > 0 ? carbon / energy : Number.NaN,
    renewable: mixed > 0 ? renewable / mixed : Number.NaN,
    shares: byKind.map((kW) => (mixed > 0 ? kW / mixed : Number.NaN)),
  };
}

/**
 * How far a step is from stack + imported + other injected = attributed + unmetered + exported + Δstorage + losses,
 * relative to the largest of them. NaN where one of them is unknown.
 */
export function identityGap({ totals }: Pick<Step, 'totals'>): number {
  const comesIn = [totals.stack_kgPerH, totals.imported_kgPerH, totals.otherInjected_kgPerH];
  const goesOut = [
    totals.attributed_kgPerH,
    totals.unmetered_kgPerH,
    totals.exported_kgPerH,
    totals.storageChange_kgPerH,
    totals.losses_kgPerH,
  ];
  const sum = (terms: number[]) => terms.reduce((a, b) => a + b, 0);
  const gap = Math.abs(sum(comesIn) - sum(goesOut));
  return gap === 0 ? 0 : gap / Math.max(...comesIn.map(Math.abs), ...goesOut.map(Math.abs));
}
