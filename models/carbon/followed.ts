/** Results that following carbon upstream and downstream have in common: the total, the lines and the assets on the way. */

import { i32 } from '../typed-arrays.ts';
import type { FlowNetwork } from './flow-network.ts';
import type { Compiled, CompiledNode } from './step.ts';

export interface FollowedTotal {
  /** What the asset takes or gives; 0 where it is at rest, and then the shares say what would flow. */
  power_kW: number;
  intensity_gPerKwh: number | null;
  carbon_kgPerH: number | null;
}

export interface FollowedLine {
  id: string;
  /** Ids of the assets at its ends, in the direction of flow. */
  from: string;
  to: string;
  /** Fraction of the total; more than 1 only where energy flows in a circle. */
  share: number;
  /** The part of the line's flow that belongs to the followed asset. */
  power_kW: number;
  carbon_kgPerH: number | null;
  /** True where the line's flow is unknown: tracing used a placeholder. */
  assumed: boolean;
}

/** Shares below this are left out. */
export const least = 1e-6;
/** Number of the largest ends for which the path is given. */
export const ways = 32;

export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The followed part of one edge's flow. */
export interface EdgeFlow {
  share: number;
  kW: number;
  gPerH: number;
}

/** Lines that carry a share of `least` or more, largest first, and the assets at their ends and plants on the way. */
export function linesAndAssets(
  compiled: Compiled,
  { graph, line, plant, assumed }: FlowNetwork,
  flow: (edge: number) => EdgeFlow,
  own: Iterable<string>,
): { lines: FollowedLine[]; through: string[] } {
  const { park, nodes } = compiled;
  const through = new Set(own);
  const lines: FollowedLine[] = [];
  for (let e = 0; e < line.length; e++) {
    const { share, kW, gPerH } = flow(e);
    if (!(share >= least)) continue;
    const [from, to] = [graph.from[e], graph.to[e]].map((n) => (nodes[n as number] as CompiledNode).asset) as [string, string];
    through.add(from).add(to);
    const l = i32(line, e);
    if (l < 0) {
      through.add(park.assets[i32(plant, e)]?.id as string);
      continue;
    }
    lines.push({
      id: park.lines[l]?.id as string,
      from,
      to,
      share,
      power_kW: kW,
      carbon_kgPerH: orNull(gPerH / 1000),
      assumed: assumed[l] === 1,
    });
  }
  return { lines: lines.sort((a, b) => b.share - a.share), through: [...through] };
}
