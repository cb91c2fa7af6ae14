/** The networks of a park as sets of joined assets, and which of them a source reaches. Flows are computed in models/carbon. */

import type { Carrier } from '../carriers.ts';
import { isSource, roleOf } from '../kinds/roles.ts';
import { carrierOf, directionOf, type PortId } from '../units.ts';
import type { Asset, Line, Park } from './park.ts';

type Wiring = Pick<Park, 'assets' | 'lines'>;

/** Assets of one carrier that are joined by lines. */
export interface Component {
  carrier: Carrier;
  /** Ids of the host assets, which are the nodes. */
  nodes: string[];
  lines: string[];
  ports: { asset: Asset; port: PortId }[];
}

/** Asset → the asset at whose node it is connected, through any chain of hosts. In a circular chain: the asset itself. */
export function hostsOf(assets: readonly Asset[]): Map<string, string> {
  const at = new Map(assets.map((a) => [a.id, a.at]));
  return new Map(
    assets.map(({ id }) => {
      const seen = new Set([id]);
      let host = id;
      for (let next = at.get(host); next !== undefined && at.has(next); next = at.get(host)) {
        if (seen.has(next)) return [id, id];
        seen.add(next);
        host = next;
      }
      return [id, host];
    }),
  );
}

/** Components that are joined by lines for which `joins` is true; open lines never join. */
export function componentsOf({ assets, lines }: Wiring, joins: (line: Line) => boolean = () => true): Component[] {
  const host = hostsOf(assets);
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    let root = key;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let next = key; next !== root; ) {
      const up = parent.get(next) as string;
      parent.set(next, root);
      next = up;
    }
    return root;
  };
  const key = (asset: string, carrier: Carrier) => {
    const k = `${carrier} ${host.get(asset) ?? asset}`;
    if (!parent.has(k)) parent.set(k, k);
    return k;
  };
  for (const line of lines) {
    const [a, b] = [key(line.from, line.carrier), key(line.to, line.carrier)];
    if (!line.open && joins(line)) parent.set(find(a), find(b));
  }
  for (const asset of assets) for (const port of asset.ports) key(asset.id, carrierOf(port));
  const components = new Map<string, Component>();
  for (const k of parent.keys()) {
    const [carrier, ...node] = k.split(' ');
    const root = find(k);
    const component = components.get(root) ?? { carrier: carrier as Carrier, nodes: [], lines: [], ports: [] };
    components.set(root, component);
    component.nodes.push(node.join(' '));
  }
  for (const line of lines) components.get(find(key(line.from, line.carrier)))?.lines.push(line.id);
  for (const asset of assets)
    for (const port of asset.ports) components.get(find(key(asset.id, carrierOf(port))))?.ports.push({ asset, port });
  return [...components.values()];
}

/** Which components a source reaches: directly, or through converters all of whose inputs are reached. */
export function networkReachOf(components: readonly Component[]): { fed: Set<Component>; unfed: Converter[] } {
  const fed = new Set(components.filter((c) => c.ports.some(({ asset, port }) => isSource(asset, port))));
  let unfed = convertersOf(components);
  for (let before = -1; before !== unfed.length; ) {
    before = unfed.length;
    for (const converter of unfed) if (converter.inputs.every((c) => fed.has(c))) for (const out of converter.outputs) fed.add(out);
    unfed = unfed.filter((converter) => !converter.inputs.every((c) => fed.has(c)));
  }
  return { fed, unfed };
}

export interface Converter {
  asset: Asset;
  inputs: Component[];
  outputs: Component[];
}

function convertersOf(components: readonly Component[]): Converter[] {
  const converters = new Map<string, Converter>();
  for (const component of components) {
    for (const { asset, port } of component.ports) {
      const conversion = asset.conversion;
      if (conversion === undefined) continue;
      const converter = converters.get(asset.id) ?? { asset, inputs: [], outputs: [] };
      converters.set(asset.id, converter);
      if (directionOf(port) === 'in' && conversion.inputs[component.carrier] !== undefined) converter.inputs.push(component);
      if (directionOf(port) === 'out' && conversion.outputs[component.carrier] !== undefined) converter.outputs.push(component);
    }
  }
  return [...converters.values()];
}

/** The unfed converters that feed each other in a circle, or are fed by such a circle. */
export function circleOf(unfed: readonly Converter[]): Converter[] {
  let left = [...unfed];
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const made = new Set(left.flatMap((c) => c.outputs));
    left = left.filter((c) => c.inputs.some((input) => made.has(input)));
  }
  return left;
}

export function loadsOf(component: Component): string[] {
  return component.ports.filter(({ asset, port }) => roleOf(asset, port) === 'load').map(({ asset }) => asset.id);
}
