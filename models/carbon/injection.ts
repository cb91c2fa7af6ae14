/** What a source brings into the mix. */
import { sourceKinds } from '../park/park.ts';
import { isRenewable, type SourceFactor } from './factors.ts';
import type { Compiled } from './step.ts';
import type { Content } from './storage.ts';

/** What a source injects, per kWh. */
export interface Injection {
  gPerKwh: number;
  renewable: number;
  /** Index of the source kind and primary kWh of it. */
  byKind: [number, number][];
  estimated: number;
  /** Neither brought in nor stored nor unmetered. */
  other: boolean;
}

export function injectionOf(factor: SourceFactor, portEstimated: number, other: boolean): Injection {
  return {
    gPerKwh: factor.gPerKwh,
    renewable: factor.renewable,
    byKind: [[sourceKinds.indexOf(factor.kind), 1]],
    estimated: factor.estimated ? 1 : portEstimated,
    other,
  };
}

export function storedInjection(compiled: Compiled, content: Content, portEstimated: number): Injection {
  const gridShare = gridRenewableShare(compiled);
  const byKind: [number, number][] = [];
  let renewable = 0;
  for (const [k, kind] of sourceKinds.entries()) {
    const share = content.byKind[kind];
    if (share === undefined) continue;
    byKind.push([k, share]);
    renewable += share * (isRenewable(kind) ? 1 : kind === 'grid' ? gridShare : 0);
  }
  if (byKind.length === 0) byKind.push([sourceKinds.indexOf('storage'), 1]);
  return {
    gPerKwh: content.delivered_gPerKwh,
    renewable,
    byKind,
    estimated: content.estimated ? 1 : portEstimated,
    other: false,
  };
}

/** Renewable share of what a storage took from the grid: of the first grid source that states one. */
function gridRenewableShare({ park }: Compiled): number {
  const stated = park.sources.find((s) => s.sourceKind === 'grid' && s.factor?.renewableShare !== undefined);
  return stated?.factor?.renewableShare ?? 0;
}
