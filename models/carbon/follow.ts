/** Follows the carbon: upstream to where an asset's energy comes from, downstream to where the energy it gives goes. */
import { type DeliveryUse, deliveryOf } from './delivery.ts';
import type { FollowedLine, FollowedTotal } from './followed.ts';
import type { Compiled, Step } from './step.ts';
import { type SupplySource, supplyOf } from './supply.ts';

export const directions = ['upstream', 'downstream'] as const;
export type FollowDirection = (typeof directions)[number];

export interface Followed {
  /** null where nothing is known to come or go. */
  total: FollowedTotal | null;
  /** Upstream; their shares sum to 1. */
  sources: SupplySource[];
  /** Downstream; their shares and `lost` sum to 1. */
  uses: DeliveryUse[];
  lost: number;
  lines: FollowedLine[];
  /** Ids of all assets on the way, both ends included. */
  through: string[];
}

const nothing: Followed = { total: null, sources: [], uses: [], lost: 0, lines: [], through: [] };

export function follow(compiled: Compiled, step: Step, asset: number, direction: FollowDirection): Followed {
  const found = direction === 'upstream' ? supplyOf(compiled, step, asset) : deliveryOf(compiled, step, asset);
  return { ...nothing, ...found };
}
