/** Double-entry bookkeeping for flows.ts: energy brought to a carrier, taken from it, converted, and what closes each account. */
import { type Carrier, carrierRow } from '../carriers.ts';
import type { CarrierRest, FlowLink, FlowNode, Flows } from './flow-graph.ts';

type Named = Omit<FlowNode, 'id'>;

export interface Book {
  bring(from: Named, carrier: Carrier, Wh: number, mg: number): void;
  take(carrier: Carrier, to: Named, Wh: number, mg: number): void;
  convert(plant: string, carrier: Carrier, direction: 'in' | 'out', Wh: number, mg: number): void;
  carriers(): Carrier[];
  closeConversions(): void;
  closeCarrier(carrier: Carrier, slack: CarrierRest, lossesCarryCarbon: boolean): void;
  flows(): Pick<Flows, 'nodes' | 'links'>;
}

/** A rest smaller than this part of the throughput is rounding, and counts as lost. */
const rounding = 1e-4;

export function openBook(): Book {
  const nodes = new Map<string, FlowNode>();
  const links = new Map<string, FlowLink>();
  const plants = new Map<string, { in: Map<Carrier, Pair>; out: Map<Carrier, Pair> }>();
  const touched = new Set<Carrier>();

  const node = ({ kind, ref, name }: Named): string => {
    const id = `${kind}:${ref}`;
    if (!nodes.has(id)) nodes.set(id, { id, kind, ref, ...(name ? { name } : {}) });
    return id;
  };
  /** Carbon with an unknown factor (NaN) becomes part of the carrier's rest; the energy is still shown. */
  const link = (from: Named, to: Named, carrier: Carrier, Wh: number, given: number): void => {
    const mg = Number.isNaN(given) ? 0 : given;
    if (!(Wh > 0) && !(mg > 0)) return;
    const source = node(from);
    const target = node(to);
    const key = `${source} ${target} ${carrier}`;
    const found = links.get(key) ?? { source, target, carrier, Wh: 0, mg: 0 };
    found.Wh += Wh;
    found.mg += mg;
    if (Number.isNaN(given)) found.carbonUnknown = true;
    links.set(key, found);
  };
  const pool = (carrier: Carrier): Named => {
    touched.add(carrier);
    return { kind: 'carrier', ref: carrier };
  };
  const balanceOf = (id: string): Pair => {
    const rest = { Wh: 0, mg: 0 };
    for (const { source, target, Wh, mg } of links.values()) {
      if (target === id) add(rest, Wh, mg);
      if (source === id) add(rest, -Wh, -mg);
    }
    return rest;
  };
  const throughputOf = (id: string): number => {
    let Wh = 0;
    for (const one of links.values()) if (one.target === id) Wh += one.Wh;
    return Wh;
  };

  return {
    bring: (from, carrier, Wh, mg) => link(from, pool(carrier), carrier, Wh, mg),
    take: (carrier, to, Wh, mg) => link(pool(carrier), to, carrier, Wh, mg),
    convert: (plant, carrier, direction, Wh, mg) => {
      if (!(Wh > 0)) return;
      const sides = plants.get(plant) ?? { in: new Map(), out: new Map() };
      plants.set(plant, sides);
      const pair = sides[direction].get(carrier) ?? { Wh: 0, mg: 0 };
      sides[direction].set(carrier, add(pair, Wh, mg));
      touched.add(carrier);
    },
    carriers: () => [...touched],
    closeConversions: () => {
      const leads = new Map<Carrier, Set<Carrier>>();
      for (const [plant, sides] of plants) {
        // Power to gas to power would be a circle: such a plant appears twice, at its input and at its output.
        const circle = closesCircle(leads, sides.in.keys(), [...sides.out.keys()]);
        const at: Named = { kind: 'conversion', ref: circle ? `${plant}:input` : plant };
        const from: Named = circle ? { kind: 'conversion', ref: `${plant}:output` } : at;
        if (!circle) for (const a of sides.in.keys()) leads.set(a, new Set([...(leads.get(a) ?? []), ...sides.out.keys()]));
        for (const [carrier, { Wh, mg }] of sides.in) link(pool(carrier), at, carrier, Wh, mg);
        for (const [carrier, { Wh, mg }] of sides.out) link(from, pool(carrier), carrier, Wh, mg);
        if (circle) continue;
        const rest = balanceOf(`conversion:${plant}`);
        const main = largest(sides.in) ?? largest(sides.out);
        if (main === undefined) continue;
        // A chiller gives more cold than it takes power: the rest is heat lifted from (or to) the surroundings.
        link(at, { kind: 'losses', ref: 'conversion' }, main, Math.max(0, rest.Wh), Math.max(0, rest.mg));
        // For outputs that carry no heat (compressed air) the balance does not give the heat of the surroundings.
        if ([...sides.out.keys()].some((carrier) => carrierRow(carrier).heat === 'none')) continue;
        link({ kind: 'source', ref: 'surroundings' }, at, largest(sides.out) ?? main, Math.max(0, -rest.Wh), Math.max(0, -rest.mg));
      }
    },
    closeCarrier: (carrier, slack, lossesCarryCarbon) => {
      const id = `carrier:${carrier}`;
      const here = pool(carrier);
      const rest = balanceOf(id);
      const passes = Math.max(throughputOf(id), slack.source);
      let unexplained = rest.Wh + slack.source - slack.load - slack.losses;
      let losses = slack.losses;
      if (Math.abs(unexplained) <= rounding * passes && losses + unexplained >= 0) {
        losses += unexplained;
        unexplained = 0;
      }
      const sinks: Part[] = [
        { node: { kind: 'unmetered', ref: 'load' }, Wh: slack.load, weight: slack.load },
        { node: { kind: 'losses', ref: 'lines' }, Wh: losses, weight: lossesCarryCarbon ? losses : 0 },
        { node: { kind: 'unaccounted', ref: 'sink' }, Wh: Math.max(0, unexplained), weight: Math.max(0, unexplained) },
      ];
      const sources: Part[] = [
        { node: { kind: 'source', ref: 'unmetered' }, Wh: slack.source, weight: slack.source },
        { node: { kind: 'source', ref: 'unaccounted' }, Wh: Math.max(0, -unexplained), weight: Math.max(0, -unexplained) },
      ];
      const out = spread(sinks, Math.max(0, rest.mg), 1);
      const back = spread(sources, Math.max(0, -rest.mg), 1);
      sinks.forEach((part, i) => {
        link(here, part.node, carrier, part.Wh, out[i] as number);
      });
      sources.forEach((part, i) => {
        // Where unmetered loads are larger, the carbon of unmetered sources is netted with theirs.
        link(part.node, here, carrier, part.Wh, (back[i] as number) > 0 ? (back[i] as number) : Number.NaN);
      });
    },
    flows: () => ({ nodes: [...nodes.values()], links: [...links.values()] }),
  };
}

interface Pair {
  Wh: number;
  mg: number;
}

interface Part {
  node: Named;
  Wh: number;
  weight: number;
}

function add(pair: Pair, Wh: number, mg: number): Pair {
  pair.Wh += Wh;
  pair.mg += mg;
  return pair;
}

/** Splits a whole number into whole parts by weight, the rest to the largest; part `otherwise` takes all if none has a weight. */
function spread(parts: readonly Part[], whole: number, otherwise: number): number[] {
  const sum = parts.reduce((all, { weight }) => all + weight, 0);
  if (sum <= 0) return parts.map((_, i) => (i === otherwise ? whole : 0));
  const shares = parts.map(({ weight }) => Math.floor((whole * weight) / sum));
  const most = parts.reduce((best, { weight }, i) => (weight > (parts[best] as Part).weight ? i : best), 0);
  shares[most] = (shares[most] as number) + whole - shares.reduce((a, b) => a + b, 0);
  return shares;
}

function largest(side: ReadonlyMap<Carrier, Pair>): Carrier | undefined {
  return [...side].sort(([, a], [, b]) => b.Wh - a.Wh)[0]?.[0];
}

function closesCircle(leads: ReadonlyMap<Carrier, ReadonlySet<Carrier>>, inputs: Iterable<Carrier>, outputs: readonly Carrier[]): boolean {
  const reached = new Set<Carrier>(outputs);
  for (const at of reached) for (const next of leads.get(at) ?? []) reached.add(next);
  for (const input of inputs) if (reached.has(input)) return true;
  return false;
}
