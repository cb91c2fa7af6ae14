/** Flows as they are drawn: small uses are pooled, very thin flows left out. The table keeps them all. */
import type { FlowLink, FlowNode } from '../../models/ledger/flow-graph.ts';

export type FlowMeasure = 'energy' | 'carbon';

export interface DrawnLink extends Omit<FlowLink, 'source' | 'target'> {
  source: string;
  target: string;
  value: number;
}

export interface DrawnFlows {
  nodes: FlowNode[];
  links: DrawnLink[];
  /** Number of uses that share one node. */
  pooled: number;
}

export const othersId = 'use:others';
/** A flow below this part of all that comes in is not drawn. */
const hair = 0.0005;

export function flowValue(link: Pick<FlowLink, 'Wh' | 'mg'>, measure: FlowMeasure): number {
  return measure === 'energy' ? link.Wh : link.mg;
}

/** Keeps at most `most` uses, and one link for each pair of nodes and carrier. */
export function drawnFlows(nodes: readonly FlowNode[], links: readonly FlowLink[], measure: FlowMeasure, most: number): DrawnFlows {
  const into = new Map<string, number>();
  for (const link of links) into.set(link.target, (into.get(link.target) ?? 0) + flowValue(link, measure));
  const uses = nodes.filter(({ kind }) => kind === 'use').sort((a, b) => (into.get(b.id) ?? 0) - (into.get(a.id) ?? 0));
  const pooled = new Set(uses.length > most ? uses.slice(most - 1).map(({ id }) => id) : []);
  const merged = new Map<string, DrawnLink>();
  for (const link of links) {
    const target = pooled.has(link.target) ? othersId : link.target;
    const key = `${link.source} ${target} ${link.carrier}`;
    const known = merged.get(key) ?? { ...link, target, Wh: 0, mg: 0, value: 0 };
    known.Wh += link.Wh;
    known.mg += link.mg;
    known.value += flowValue(link, measure);
    if (link.carbonUnknown) known.carbonUnknown = true;
    merged.set(key, known);
  }
  const sources = links.filter(({ source }) => !into.has(source)).reduce((sum, link) => sum + flowValue(link, measure), 0);
  const drawn = [...merged.values()].filter(({ value }) => value > hair * sources);
  const there = new Set(drawn.flatMap(({ source, target }) => [source, target]));
  const others: FlowNode[] = pooled.size > 0 ? [{ id: othersId, kind: 'use', ref: 'others' }] : [];
  return {
    nodes: [...nodes.filter(({ id }) => !pooled.has(id)), ...others].filter(({ id }) => there.has(id)),
    links: drawn,
    pooled: pooled.size,
  };
}
