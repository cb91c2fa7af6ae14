/** Mixtures of energy (intensity and origin) at a node, of an output or in a storage, and means over several of them. */
import { type SourceKind, sourceKinds } from '../energy-sources.ts';
import { f64 } from '../typed-arrays.ts';
import type { PortResults } from './port-results.ts';
import type { Traced } from './traced.ts';

const kinds = sourceKinds.length;

export interface Mixture {
  gPerKwh: number;
  /** Primary kWh per kWh. */
  primary: number;
  estimated: number;
  /** By source kind. */
  shares: Float64Array;
}

export function mixture(): Mixture {
  return { gPerKwh: Number.NaN, primary: Number.NaN, estimated: Number.NaN, shares: new Float64Array(kinds) };
}

/** Sums for a mean over several ports. Energy by kind is summed as primary energy, so that the shares still sum to 1. */
export interface Mixer {
  energy: number;
  carbon: number;
  estimated: number;
  primary: Float64Array;
}

export function mixer(): Mixer {
  return { energy: 0, carbon: 0, estimated: 0, primary: new Float64Array(kinds) };
}

export function clearMixer(sum: Mixer): void {
  sum.energy = 0;
  sum.carbon = 0;
  sum.estimated = 0;
  sum.primary.fill(0);
}

/** Adds `kW` of the mixture `of`, whose shares may be NaN (no energy reaches the node). */
export function addMixture(sum: Mixer, kW: number, of: Mixture): void {
  const { primary } = sum;
  const { shares } = of;
  const primary_kW = kW * of.primary;
  sum.energy += kW;
  sum.carbon += kW * of.gPerKwh;
  sum.estimated += primary_kW * of.estimated;
  for (let k = 0; k < kinds; k++) primary[k] = f64(primary, k) + primary_kW * f64(shares, k);
}

/** False where nothing was added. */
export function meanOf(sum: Mixer, into: Mixture): boolean {
  if (!(sum.energy > 0)) return false;
  const { primary } = sum;
  let all = 0;
  for (let k = 0; k < kinds; k++) all += f64(primary, k);
  into.gPerKwh = sum.carbon / sum.energy;
  into.primary = all / sum.energy;
  into.estimated = sum.estimated / all;
  for (let k = 0; k < kinds; k++) into.shares[k] = f64(primary, k) / all;
  return true;
}

/**
 * Writes the mix at a node; where nothing flows now (an idle charger at the end of its cable), the nearest mix on its lines.
 * Returns false where there is none.
 */
export function nodeMixture(t: Traced, ports: PortResults, at: number, into: Mixture): boolean {
  const node = t.standIn[at] ?? -1;
  if (node < 0) return false;
  const { shares } = into;
  const primary = f64(t.primary, node);
  into.gPerKwh = f64(ports.nodeIntensity_gPerKwh, node);
  into.primary = primary;
  into.estimated = Math.min(1, Math.max(0, 1 - f64(t.measured, node) / primary));
  for (let k = 0; k < kinds; k++) shares[k] = f64(ports.nodeShares, node * kinds + k);
  return true;
}

/** What a store holds (an index into compiled.stores). */
export function storedMixture(t: Traced, store: number, into: Mixture): boolean {
  const content = t.contents[store];
  if (!content) return false;
  let all = 0;
  for (let k = 0; k < kinds; k++) all += content.byKind[sourceKinds[k] as SourceKind] ?? 0;
  into.gPerKwh = content.stored_gPerKwh;
  into.primary = all;
  into.estimated = content.estimated ? 1 : 0;
  for (let k = 0; k < kinds; k++) into.shares[k] = all > 0 ? (content.byKind[sourceKinds[k] as SourceKind] ?? 0) / all : Number.NaN;
  return true;
}
