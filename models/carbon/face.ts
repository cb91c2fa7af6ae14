/** Which of its faces an asset shows in the scene, and the ports it shows it by. */
import type { AssetKind } from '../park/park.ts';
import { directionOf } from '../units.ts';
import { remembered } from './remembered.ts';
import type { Compiled, CompiledPort } from './step.ts';

export type Face = 'endUse' | 'output' | 'storage' | 'node' | 'none';

export interface Facing {
  face: Face;
  /** Ports of its end use. */
  loads: number[];
  /** Ports that give. */
  outs: number[];
  /** The one of them that stands for it while it rests: electricity where it has it; −1 for none. */
  main: number;
  /** The node an asset without a use of its own stands for: its electricity, else any; −1 for none. */
  node: number;
}

const generators: ReadonlySet<AssetKind> = new Set(['pv', 'wind', 'gridConnection', 'gasConnection']);

/** By asset. */
export const facings = remembered((compiled): Facing[] => {
  const anyNode = new Map<string, number>();
  for (const [node, { asset }] of compiled.nodes.entries()) if (!anyNode.has(asset)) anyNode.set(asset, node);
  return compiled.park.assets.map(({ id }, a) => {
    const port = (p: number) => compiled.ports[p] as CompiledPort;
    const own = compiled.assetPorts[a] ?? [];
    const face = faceOf(compiled, a);
    const loads = own.filter((p) => port(p).role === 'load');
    const outs = own.filter((p) => directionOf(port(p).port) === 'out');
    const electric = loads.find((p) => port(p).port === 'electricity.in') ?? loads[0];
    const main = face === 'endUse' ? electric : outs[0];
    return { face, loads, outs, main: main ?? -1, node: compiled.nodeIndex.get(`${id}/electricity`) ?? anyNode.get(id) ?? -1 };
  });
});

function faceOf(compiled: Compiled, asset: number): Face {
  const kind = compiled.park.assets[asset]?.kind as AssetKind;
  const roles = (compiled.assetPorts[asset] ?? []).map((p) => compiled.ports[p]?.role);
  if ((compiled.assetStore[asset] as number) >= 0) return 'storage';
  const gives = roles.some((role) => role === 'import' || role === 'generation' || role === 'product');
  if (gives && (generators.has(kind) || (compiled.assetConverter[asset] as number) >= 0)) return 'output';
  if (roles.includes('load')) return 'endUse';
  if (gives) return 'output';
  return kind === 'substation' || roles.length > 0 ? 'node' : 'none';
}
