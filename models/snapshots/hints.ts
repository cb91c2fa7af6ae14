/** Which slots of a park follow nearly from others: makes snapshots much smaller and does not change their numbers. */
import type { Park } from '../park/park.ts';
import { carrierOf, directionOf, type PortId } from '../units.ts';
import type { Layout } from '../wire/layout.ts';
import type { SnapshotHint } from './predictor-choice.ts';
import type { Term } from './predictors.ts';

type HintPark = Pick<Park, 'assets' | 'lines' | 'unmetered'>;

/** Carbon attributed to an end use = its intensity × the power it takes; flow of a line = the flows of what it feeds. */
export function snapshotHints(park: HintPark, layout: Layout): SnapshotHint[] {
  return [...charges(layout), ...flows(park, layout)];
}

function charges(layout: Layout): SnapshotHint[] {
  return [...layout.assets.values()].flatMap(({ attributed, intensity, ports }): SnapshotHint[] => {
    const sum = Object.entries(ports).flatMap(([port, { power }]) =>
      directionOf(port as PortId) === 'in' && power >= 0 ? [plus(power)] : [],
    );
    return attributed >= 0 && sum.length > 0 ? [{ slot: attributed, factor: intensity, sum }] : [];
  });
}

const plus = (slot: number): Term => ({ slot, sign: 1 });
const minus = (slot: number): Term => ({ slot, sign: -1 });

function flows(park: HintPark, layout: Layout): SnapshotHint[] {
  const { assets, lines, unmetered } = park;
  const hosts = new Map(assets.map(({ id, at }) => [id, at ?? id]));
  const node = (asset: string, carrier: string) => `${hosts.get(asset) ?? asset}/${carrier}`;
  const demand = new Map<string, Term[]>();
  const add = (key: string, term: Term) => {
    const terms = demand.get(key);
    if (terms) terms.push(term);
    else demand.set(key, [term]);
  };
  for (const { id } of assets) {
    for (const [port, { power }] of Object.entries(layout.assets.get(id)?.ports ?? {})) {
      if (power < 0) continue;
      const key = node(id, carrierOf(port as PortId));
      add(key, directionOf(port as PortId) === 'in' ? plus(power) : minus(power));
    }
  }
  for (const { asset, carrier } of unmetered) {
    const power = layout.unmetered.get(`${asset}/${carrier}`)?.power ?? -1;
    if (power >= 0) add(node(asset, carrier), plus(power));
  }
  const closed = lines.filter(({ open, id }) => !open && (layout.lines.get(id)?.power ?? -1) >= 0);
  const into = grouped(closed, (line) => node(line.to, line.carrier));
  const outOf = grouped(closed, (line) => node(line.from, line.carrier));
  return closed.flatMap((line): SnapshotHint[] => {
    const slot = slotOf(layout, line.id);
    const [end, start] = [node(line.to, line.carrier), node(line.from, line.carrier)];
    // A line that is alone at one end carries what that end takes or gives. Lines in meshes get no hint.
    if (into.get(end)?.length === 1) {
      const sum = [...(demand.get(end) ?? []), ...(outOf.get(end) ?? []).map(({ id }) => plus(slotOf(layout, id)))];
      return sum.length > 0 ? [{ slot, factor: null, sum }] : [];
    }
    if (outOf.get(start)?.length === 1 && !into.has(start)) {
      const sum = (demand.get(start) ?? []).map((term): Term => ({ ...term, sign: term.sign === 1 ? -1 : 1 }));
      return sum.length > 0 ? [{ slot, factor: null, sum }] : [];
    }
    return [];
  });
}

function slotOf(layout: Layout, line: string): number {
  return layout.lines.get(line)?.power ?? -1;
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
