/** What following the carbon of an asset tells besides its ends: the total, the lines and the assets on the way. */
import type { FlowNetwork } from './flow-network.ts';
import type { Compiled, CompiledNode } from './step.ts';

export interface FollowedTotal {
  /** What it takes, or gives; 0 where it is at rest and the shares say what would be. */
  power_kW: number;
  intensity_gPerKwh: number | null;
  carbon_kgPerH: number | null;
}

export interface FollowedLine {
  id: string;
  /** Ids of the assets at its ends, in the direction of flow. */
  from: string;
  to: string;
  /** Of the whole; more than 1 only where it flows in a circle. */
  share: number;
  /** Of what flows there the part that belongs to it. */
  power_kW: number;
  carbon_kgPerH: number | null;
  /** Nobody knows what flows there: tracing went by a placeholder. */
  assumed: boolean;
}

/** Shares below this are not told. */
export const least = 1e-6;
/** So many of the largest ends are told with the way to them. */
export const ways = 32;

export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** By edge of the network. */
export interface EdgeFlow {
  share: number;
  kW: number;
  gPerH: number;
}

/** Lines that carry a share worth telling, largest first, and the assets they meet and plants they go through. */
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
    const l = line[e] as number;
    if (l < 0) {
      through.add(park.assets[plant[e] as number]?.id as string);
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
