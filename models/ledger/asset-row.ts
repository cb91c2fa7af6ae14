/** What one interval's step says of each port and asset, in whole Wh and mg. */
import type { ClosedInterval } from '../carbon/interval.ts';
import { sourceKinds } from '../source-kinds.ts';
import type { AssetPlaces, LedgerPlan } from './plan.ts';
import { splitWhole } from './portions.ts';

/** Wh of a mean power; NaN stays NaN, and nothing is −0. */
export function wholeWh(kW: number, hours: number): number {
  return Math.round(kW * hours * 1000) + 0;
}

/** mg that a mean power of an intensity carried; nothing carries nothing, whatever its intensity. */
export function wholeMg(kW: number, gPerKwh: number, hours: number): number {
  return kW === 0 ? 0 : Math.round(kW * gPerKwh * hours * 1000) + 0;
}

export function writeAssets(plan: LedgerPlan, { step, levels, residual_kWh }: ClosedInterval, row: Float64Array): void {
  const { portAt, assets, hours, kinds, compiled } = plan;
  for (let p = 0; p < portAt.length; p++) {
    const at = portAt[p] as number;
    const kW = step.port_kW[p] as number;
    row[at] = wholeWh(kW, hours);
    row[at + 1] = wholeMg(kW, step.portIntensity_gPerKwh[p] as number, hours);
  }
  for (let a = 0; a < assets.length; a++) {
    const { energy, energyPorts, attributed, loads, stack, level } = assets[a] as AssetPlaces;
    if (energy >= 0) {
      const Wh = sumOfPorts(plan, row, energyPorts, 0);
      row[energy] = Wh;
      row[energy + 1] = sumOfPorts(plan, row, energyPorts, 1);
      row[energy + 2] = Wh === 0 ? 0 : Math.round(Wh * (step.assetEstimatedShare[a] as number)) + 0;
      splitWhole(Wh, step.assetShares, a * sourceKinds.length, kinds, row, energy + 3);
    }
    if (attributed >= 0) row[attributed] = sumOfPorts(plan, row, loads, 1);
    if (stack >= 0) row[stack] = Math.round((step.assetStack_kgPerH[a] as number) * hours * 1e6) + 0;
    if (level < 0) continue;
    const store = compiled.assetStore[a] as number;
    row[level] = Math.round((levels[store]?.energy_kWh ?? Number.NaN) * 1000) + 0;
    row[level + 1] = Math.round((levels[store]?.carbon_g ?? Number.NaN) * 1000) + 0;
    row[level + 2] = Math.round((residual_kWh[store] ?? Number.NaN) * 1000) + 0;
  }
}

/**
 * Over the ports whose energy is known: `of` 0 their Wh, 1 their mg. NaN where none is known, or where one that carries
 * energy carries unknown carbon. What flows through a port that is not known is in the unmetered rest.
 */
export function sumOfPorts({ portAt }: LedgerPlan, row: Float64Array, ports: ArrayLike<number>, of: 0 | 1): number {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < ports.length; i++) {
    const at = portAt[ports[i] as number] as number;
    if (Number.isNaN(row[at])) continue;
    known++;
    sum += row[at + of] as number;
  }
  return known > 0 || ports.length === 0 ? sum : Number.NaN;
}
