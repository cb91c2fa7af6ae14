/** Which points, virtual points and spreads measure each port, line and storage. Looked up once. */
import type { Compiled } from '../carbon/step.ts';
import { zonesOf } from '../carbon/zones.ts';
import { factorSetOf, type Park, type VirtualPoint } from '../park/park.ts';
import { isCount, tellingsOf } from '../park/tellings.ts';
import type { PortId } from '../units.ts';
import { type Meter, meterOf } from './point-value.ts';

/**
 * A point or virtual point that measures a port or line. `value` is an index into the values of a moment: points in the
 * park's order, then virtual points. `sign` −1: only the values below zero belong to the port.
 */
export interface Speaker {
  value: number;
  sign: 1 | -1;
}

export interface VirtualBinding {
  virtual: VirtualPoint;
  /** Index of its value. */
  value: number;
  terms: { value: number; weight: number; optional: boolean }[];
  /** The longest cadence of its terms, at least 1 s. */
  cadence_s: number;
}

export interface SpreadBinding {
  value: number;
  parts: { port: number; share: number }[];
}

export interface Bindings {
  meters: Meter[];
  /** Point or virtual point id → index of its value. */
  valueIndex: Map<string, number>;
  /** Sorted so that every virtual point comes after its terms. */
  virtuals: VirtualBinding[];
  /** Points that measure the power of each port, the preferred ones first: for live values powers, for whole intervals counts. */
  ports: Speaker[][];
  portsOverIntervals: Speaker[][];
  /** Points that measure the intensity at each port. */
  intensities: Speaker[][];
  /** Intensities of the other factor set: reported beside the park's own set, never used in its balance and trace. */
  otherIntensities: Speaker[][];
  lines: Speaker[][];
  spreads: SpreadBinding[];
  /** Index of the value that measures each storage's level, in the order of compiled.stores; −1 for none. */
  levels: Int32Array;
  /** Node → zone of unmetered lines: a derived number is derived from the measurements of its zone. */
  zoneOfNode: Int32Array;
  zones: number;
  /** Asset without ports (a substation) → the node that flows pass through there, electricity first; −1 for others. */
  passedNode: Int32Array;
}

export function bind(compiled: Compiled): Bindings {
  const { park } = compiled;
  const valueIndex = new Map<string, number>();
  for (const [i, point] of park.points.entries()) valueIndex.set(point.id, i);
  for (const [i, virtual] of park.virtualPoints.entries()) valueIndex.set(virtual.id, park.points.length + i);

  const ports: Speaker[][] = compiled.ports.map(() => []);
  const intensities: Speaker[][] = compiled.ports.map(() => []);
  const otherIntensities: Speaker[][] = compiled.ports.map(() => []);
  const set = factorSetOf(park);
  const lines: Speaker[][] = park.lines.map(() => []);
  const levels = new Int32Array(compiled.stores.length).fill(-1);
  const speak = (to: Speaker[][], index: number | undefined, value: number, sign: 1 | -1) => {
    if (index !== undefined) to[index]?.push({ value, sign });
  };
  const portOf = (asset: string | undefined, port: PortId | undefined) => compiled.portIndex.get(`${asset}/${port}`);
  const indexOf = (of: { id: string }) => valueIndex.get(of.id) as number;
  for (const { asset, port, of, sign } of tellingsOf(park.points, park.virtualPoints, 'power')) {
    speak(ports, portOf(asset, port), indexOf(of), sign);
  }
  for (const { asset, port, of } of tellingsOf(park.points, park.virtualPoints, 'intensity')) {
    const own = 'set' in of && of.set !== undefined ? of.set : 'direct';
    speak(own === set ? intensities : otherIntensities, portOf(asset, port), indexOf(of), 1);
  }
  for (const point of [...park.points, ...park.virtualPoints]) {
    const value = indexOf(point);
    if (point.quantity === 'stateOfCharge') {
      const store = compiled.assetStore[compiled.assetIndex.get(point.asset ?? '') ?? -1];
      if (store !== undefined && store >= 0 && levels[store] === -1) levels[store] = value;
    }
    if (point.quantity !== 'power') continue;
    if ('line' in point && point.line !== undefined) speak(lines, compiled.lineIndex.get(point.line), value, 1);
  }

  const counts = (s: Speaker) =>
    isCount(park.points[s.value] ?? (park.virtualPoints[s.value - park.points.length] as VirtualPoint)) ? 1 : 0;
  const unmetered = Uint8Array.from(park.lines, (line, l) => (!line.open && lines[l]?.length === 0 ? 1 : 0));
  const zones = zonesOf(compiled, unmetered, new Uint8Array(compiled.nodes.length));
  return {
    meters: park.points.map(meterOf),
    valueIndex,
    virtuals: inOrder(park, valueIndex),
    ports: ports.map((speakers) => speakers.toSorted((a, b) => counts(a) - counts(b))),
    portsOverIntervals: ports.map((speakers) => speakers.toSorted((a, b) => counts(b) - counts(a))),
    intensities,
    otherIntensities,
    lines,
    spreads: park.spreads.flatMap((spread) => {
      const value = valueIndex.get(spread.of);
      const all = [...spread.weights.values()].reduce((a, b) => a + b, 0);
      if (value === undefined || !(all > 0)) return [];
      const parts = [...spread.weights].flatMap(([asset, weight]) => {
        const port = portOf(asset, spread.port);
        return port === undefined ? [] : [{ port, share: weight / all }];
      });
      return [{ value, parts }];
    }),
    levels,
    zoneOfNode: zones.ofNode,
    zones: zones.list.length,
    passedNode: passedNodes(compiled),
  };
}

function passedNodes(compiled: Compiled): Int32Array {
  const passed = new Int32Array(compiled.park.assets.length).fill(-1);
  for (const [n, node] of compiled.nodes.entries()) {
    const asset = compiled.assetIndex.get(node.asset);
    if (asset === undefined || (compiled.assetPorts[asset] as number[]).length > 0) continue;
    if (passed[asset] === -1 || node.carrier === 'electricity') passed[asset] = n;
  }
  return passed;
}

/** Virtual points may be made of virtual points. Throws on one that is made of itself, or of a point that does not exist. */
function inOrder(park: Park, valueIndex: Map<string, number>): VirtualBinding[] {
  const byId = new Map(park.virtualPoints.map((virtual) => [virtual.id, virtual]));
  const cadence = new Map(park.points.map((point) => [point.id, point.cadence_s]));
  const ordered: VirtualBinding[] = [];
  const visiting = new Set<string>();
  const visit = (virtual: VirtualPoint) => {
    if (cadence.has(virtual.id)) return;
    if (visiting.has(virtual.id)) throw new Error(`virtual point "${virtual.id}" is made of itself`);
    visiting.add(virtual.id);
    for (const { point } of virtual.terms) {
      const inner = byId.get(point);
      if (inner) visit(inner);
    }
    const terms = virtual.terms.map(({ point, weight, optional }) => {
      const value = valueIndex.get(point);
      if (value === undefined) throw new Error(`virtual point "${virtual.id}": there is no point "${point}"`);
      return { value, weight, optional };
    });
    const cadence_s = Math.max(1, ...virtual.terms.map(({ point }) => cadence.get(point) as number));
    cadence.set(virtual.id, cadence_s);
    ordered.push({ virtual, value: valueIndex.get(virtual.id) as number, terms, cadence_s });
  };
  for (const virtual of park.virtualPoints) visit(virtual);
  return ordered;
}
