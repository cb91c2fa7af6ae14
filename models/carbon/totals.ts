/** Totals of the park, and the identity that they must fulfil (METHODS 1). */
import { sourceKinds } from '../energy-sources.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { unmeteredFactor } from './factors.ts';
import type { PortResults } from './port-results.ts';
import { type CompiledNode, type Step, type Totals, totalNames } from './step.ts';
import { releasedShare, type Traced } from './traced.ts';
import { columns, renewableColumn } from './traced-columns.ts';

export function totalsOf(t: Traced, r: PortResults): { totals: Totals; parkShares: Float64Array } {
  const { byRole, electricByRole } = t.arrays;
  const { port_kW } = t.balance;
  const burnt = burntOf(t, r);
  const { intensity, renewable, shares } = electricityUsed(t, r);
  const totals: Totals = {
    import_kW: allOf(port_kW, electricByRole.import),
    export_kW: allOf(port_kW, electricByRole.export),
    onsite_kW: someOf(port_kW, electricByRole.generation, electricByRole.product),
    consumption_kW: someOf(port_kW, electricByRole.load),
    renewableShare: renewable,
    intensity_gPerKwh: intensity,
    stack_kgPerH: burnt.all,
    imported_kgPerH: without(carbonThrough(t, r, byRole.import), burnt.all - burnt.other),
    otherInjected_kgPerH: without(carbonThrough(t, r, byRole.generation) + carbonThrough(t, r, byRole.product, t.isSource), burnt.other),
    attributed_kgPerH: carbonThrough(t, r, byRole.load),
    unmetered_kgPerH: unmeteredOf(t, r),
    exported_kgPerH: carbonThrough(t, r, byRole.export),
    storageChange_kgPerH: carbonThrough(t, r, byRole.charge) - carbonThrough(t, r, byRole.discharge),
    losses_kgPerH: t.lost_gPerH / 1000,
  };
  // Before the first reading nothing is known; the totals are then unknown, not zero.
  if (port_kW.length > 0 && port_kW.every(Number.isNaN)) for (const name of totalNames) totals[name] = Number.NaN;
  return { totals, parkShares: shares };
}

/** Sum that is unknown as soon as one port is: without the grid's own meter the import is unknown. */
function allOf(port_kW: Float64Array, which: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < which.length; i++) sum += f64(port_kW, i32(which, i));
  return sum;
}

/** Sum of the known ports, NaN only where all are unknown: an unknown load is included in the slack. */
function someOf(port_kW: Float64Array, ...lists: readonly Int32Array[]): number {
  let sum = 0;
  let all = 0;
  let known = 0;
  for (const which of lists) {
    all += which.length;
    for (let i = 0; i < which.length; i++) {
      const kW = f64(port_kW, i32(which, i));
      if (Number.isNaN(kW)) continue;
      known++;
      sum += kW;
    }
  }
  return all > 0 && known === 0 ? Number.NaN : sum;
}

/** kgCO2e/h through those of the ports whose power is known; `only`: counts ports where it is 1 (products that are sources). */
function carbonThrough(t: Traced, r: PortResults, which: Int32Array, only?: Uint8Array): number {
  const { port_kW } = t.balance;
  let kg = 0;
  for (let i = 0; i < which.length; i++) {
    const p = i32(which, i);
    const kW = f64(port_kW, p);
    if (Number.isNaN(kW) || kW === 0) continue;
    if (only !== undefined && only[p] === 0) continue;
    kg += (kW * f64(r.portIntensity_gPerKwh, p)) / 1000;
  }
  return kg;
}

function unmeteredOf({ compiled, balance, hour }: Traced, r: PortResults): number {
  let kg = 0;
  for (const { node, power_kW } of balance.slacks) {
    if (power_kW === 0) continue;
    const { carrier } = compiled.nodes[node] as CompiledNode;
    const gives = power_kW < 0;
    const x = gives ? unmeteredFactor(compiled.park, carrier, hour).gPerKwh : r.nodeIntensity_gPerKwh[node];
    kg += (power_kW * (x as number)) / 1000;
  }
  return kg;
}

/** a − b where b is a part of a; a difference that is only rounding counts as 0. */
function without(a: number, b: number): number {
  const rest = a - b;
  return Math.abs(rest) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : rest;
}

/** Carbon of fuel burnt in plants, kg/h, and the part of it that was produced here rather than brought in or stored. */
function burntOf(t: Traced, r: PortResults): { all: number; other: number } {
  const { portNode, nodeBurnt } = t.arrays;
  let all = 0;
  let other = 0;
  for (const [c, { inputs }] of t.compiled.converters.entries()) {
    const released = releasedShare(t, c);
    for (const p of inputs) {
      const node = i32(portNode, p);
      const kW = f64(t.balance.port_kW, p);
      if (nodeBurnt[node] === 0 || !(kW > 0)) continue;
      if (!Number.isFinite(r.portIntensity_gPerKwh[p])) return { all: Number.NaN, other: Number.NaN };
      all += (released * kW * f64(t.fuel, 2 * node)) / 1000;
      other += (released * kW * f64(t.fuel, 2 * node + 1)) / 1000;
    }
  }
  return { all, other };
}

/** Means over the electricity that end uses take; nodes with an unknown mix are left out. */
function electricityUsed(t: Traced, r: PortResults) {
  const loads = t.arrays.electricByRole.load;
  const kinds = sourceKinds.length;
  const byKind = new Float64Array(kinds);
  let energy = 0;
  let carbon = 0;
  let mixed = 0;
  let renewable = 0;
  for (let i = 0; i < loads.length; i++) {
    const p = i32(loads, i);
    const node = i32(t.arrays.portNode, p);
    const kW = f64(t.balance.port_kW, p);
    if (!(kW > 0) || t.known[node] !== 1) continue;
    mixed += kW;
    renewable += (kW * f64(t.values, node * columns + renewableColumn)) / f64(t.primary, node);
    for (let k = 0; k < kinds; k++) byKind[k] = f64(byKind, k) + kW * f64(r.nodeShares, node * kinds + k);
    const x = f64(r.nodeIntensity_gPerKwh, node);
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
