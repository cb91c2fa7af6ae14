/** Compiles a park: everything is looked up once, and ports, nodes, lines and assets become indices. */

import type { Carrier } from '../carriers.ts';
import { roleOf } from '../kinds/roles.ts';
import type { Asset, Park } from '../park/park.ts';
import { carrierOf } from '../units.ts';
import type { Compiled, CompiledConverter, CompiledNode, CompiledPort } from './step.ts';

/** Throws when a line, host or unmetered rest names an asset that does not exist (park/check.ts reports it earlier). */
export function compile(park: Park): Compiled {
  const assetIndex = new Map(park.assets.map((asset, i) => [asset.id, i]));
  const bindings = new Map(park.sources.map((binding, i) => [`${binding.asset}/${binding.port}`, i]));
  const host = hosts(park.assets);
  const nodes: CompiledNode[] = [];
  const nodeIndex = new Map<string, number>();
  const nodeOf = (asset: string, carrier: Carrier): number => {
    const at = host.get(asset);
    if (at === undefined) throw new Error(`there is no asset "${asset}"`);
    const key = `${at}/${carrier}`;
    let node = nodeIndex.get(key);
    if (node === undefined) {
      node = nodes.push({ asset: at, carrier }) - 1;
      nodeIndex.set(key, node);
    }
    nodeIndex.set(`${asset}/${carrier}`, node);
    return node;
  };

  const ports: CompiledPort[] = [];
  const portIndex = new Map<string, number>();
  const stores: number[] = [];
  const assetStore = new Int32Array(park.assets.length).fill(-1);
  const converters: CompiledConverter[] = [];
  const assetConverter = new Int32Array(park.assets.length).fill(-1);
  const assetPorts = park.assets.map((asset, i) => {
    const own = asset.ports.map((port) => {
      const key = `${asset.id}/${port}`;
      const node = nodeOf(asset.id, carrierOf(port));
      const at = ports.push({ asset: i, port, node, role: roleOf(asset, port), source: bindings.get(key) ?? -1 }) - 1;
      portIndex.set(key, at);
      return at;
    });
    if (asset.storage) assetStore[i] = stores.push(i) - 1;
    const inputs = own.filter((p) => ports[p]?.role === 'input');
    const products = own.filter((p) => ports[p]?.role === 'product');
    if (inputs.length > 0 && products.length > 0) {
      assetConverter[i] = converters.push({ asset: i, inputs, products }) - 1;
    }
    return own;
  });
  return {
    park,
    ports,
    portIndex,
    assetIndex,
    lineIndex: new Map(park.lines.map((line, i) => [line.id, i])),
    nodes,
    nodeIndex,
    assetPorts,
    lineFrom: Int32Array.from(park.lines, (line) => nodeOf(line.from, line.carrier)),
    lineTo: Int32Array.from(park.lines, (line) => nodeOf(line.to, line.carrier)),
    stores,
    assetStore,
    converters,
    assetConverter,
    unmeteredNode: Int32Array.from(park.unmetered, (rest) => nodeOf(rest.asset, rest.carrier)),
  };
}

/** Asset → the asset at whose node it is connected, through any chain of hosts. */
function hosts(assets: readonly Asset[]): Map<string, string> {
  const at = new Map(assets.map((asset) => [asset.id, asset.at]));
  const host = new Map<string, string>();
  for (const { id } of assets) {
    let end = id;
    for (let steps = 0; ; steps++) {
      const next = at.get(end);
      if (next === undefined) break;
      if (!at.has(next)) throw new Error(`asset "${end}" is at "${next}", which does not exist`);
      if (steps > assets.length) throw new Error(`asset "${id}" is hosted in a circle`);
      end = next;
    }
    host.set(id, end);
  }
  return host;
}
