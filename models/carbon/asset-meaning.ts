/** What the number of each asset of a compiled park describes: its meaning, and the ports and the node it comes from. */
import { type Meaning, meaningOf, meantPorts } from '../kinds/meaning.ts';
import type { Asset } from '../park/park.ts';
import { oncePerPark } from './once-per-park.ts';
import type { CompiledPort } from './step.ts';

export interface Meant {
  meaning: Meaning;
  /** Ports of its end use. */
  loads: number[];
  /** Ports that its number describes, where the asset gives energy. */
  outs: number[];
  /** The one of these ports that represents the asset at rest (electricity, for an end use that has it); −1 for none. */
  main: number;
  /** The node that represents an asset through which energy only passes: its electricity, else any; −1 for none. */
  node: number;
}

/** By asset. */
export const meantOf = oncePerPark((compiled): Meant[] => {
  const anyNode = new Map<string, number>();
  for (const [node, { asset }] of compiled.nodes.entries()) if (!anyNode.has(asset)) anyNode.set(asset, node);
  return compiled.park.assets.map((asset: Asset, a) => {
    const port = (p: number) => compiled.ports[p] as CompiledPort;
    const own = compiled.assetPorts[a] ?? [];
    const meaning = meaningOf(asset);
    const loads = own.filter((p) => port(p).role === 'load');
    const about = new Set(meaning === 'consumption' ? [] : meantPorts(asset, meaning));
    const outs = own.filter((p) => about.has(port(p).port));
    const electric = loads.find((p) => port(p).port === 'electricity.in') ?? loads[0];
    const main = meaning === 'consumption' ? electric : outs[0];
    const node = compiled.nodeIndex.get(`${asset.id}/electricity`) ?? anyNode.get(asset.id) ?? -1;
    return { meaning, loads, outs, main: main ?? -1, node };
  });
});
