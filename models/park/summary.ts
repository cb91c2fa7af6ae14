/** Summary of a park folder, printed by `twin check`. */
import { area } from '@turf/turf';
import { type Carrier, carriers } from '../carriers.ts';
import { kindRow } from '../kinds/kinds.ts';
import { componentsOf, loadsOf, networkReachOf } from './networks.ts';
import type { Park } from './park.ts';
import { meteredPorts } from './tellings.ts';

export interface Summary {
  id: string;
  name: string;
  /** Only kinds that occur. */
  assets: { total: number; byKind: Record<string, number> };
  context: Record<string, number>;
  /** Of the boundary, if one is drawn. */
  area_m2: number | null;
  footprint_m2: number;
  floorArea_m2: number;
  points: {
    total: number;
    /** Points that measure a port or a line of the park. */
    bound: number;
    /** Points that only serve computations, or measure weather. */
    unbound: string[];
    virtual: number;
    bySource: Record<string, number>;
  };
  ports: { total: number; metered: number; spread: number };
  networks: {
    carrier: Carrier;
    nodes: number;
    lines: number;
    /** Number of separate parts: not joined, or only by open lines. */
    parts: number;
    loads: { asset: string; reachable: boolean }[];
  }[];
}

export function summary(park: Park): Summary {
  const components = componentsOf(park);
  const { fed } = networkReachOf(components);
  const boundary = park.context.filter((c) => c.kind === 'boundary');
  const metered = new Set(meteredPorts(park.points, park.virtualPoints));
  const spread = new Set(park.spreads.flatMap((s) => [...s.weights.keys()].map((id) => `${id}/${s.port}`)));
  const ports = park.assets.flatMap((a) => a.ports.map((p) => `${a.id}/${p}`));
  const unbound = park.points.filter((p) => p.asset === undefined && p.line === undefined);
  return {
    id: park.id,
    name: park.name.en,
    assets: { total: park.assets.length, byKind: countBy(park.assets, (a) => a.kind) },
    context: countBy(park.context, (c) => c.kind),
    area_m2: boundary.length === 0 ? null : Math.round(total(boundary.map((b) => area(b.geometry)))),
    footprint_m2: Math.round(total(park.assets.filter(hasFloors).map((a) => a.area_m2))),
    floorArea_m2: Math.round(total(park.assets.filter(hasFloors).map((a) => a.floorArea_m2))),
    points: {
      total: park.points.length,
      bound: park.points.length - unbound.length,
      unbound: unbound.map((p) => p.id),
      virtual: park.virtualPoints.length,
      bySource: countBy(park.points, (p) => p.source.type),
    },
    ports: {
      total: ports.length,
      metered: ports.filter((p) => metered.has(p)).length,
      spread: ports.filter((p) => spread.has(p)).length,
    },
    networks: carriers
      .map((carrier) => ({ carrier, parts: components.filter((c) => c.carrier === carrier) }))
      .filter(({ parts }) => parts.length > 0)
      .map(({ carrier, parts }) => ({
        carrier,
        nodes: total(parts.map((c) => c.nodes.length)),
        lines: total(parts.map((c) => c.lines.length)),
        parts: parts.length,
        loads: parts.flatMap((c) => loadsOf(c).map((asset) => ({ asset, reachable: fed.has(c) }))),
      })),
  };
}

const hasFloors = ({ kind }: Park['assets'][number]) => kindRow(kind).floors !== undefined;

function total(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const count: Record<string, number> = {};
  for (const item of items) count[key(item)] = (count[key(item)] ?? 0) + 1;
  return count;
}
