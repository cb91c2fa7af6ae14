/** The demo park: complete, connected, drawn without collisions, told in both languages. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { area, bbox, booleanPointInPolygon, feature, featureCollection, intersect } from '@turf/turf';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Asset, type Context, type Line, type Park, projector } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import { summary } from '../../models/park/summary.ts';
import { carrierOf } from '../../models/units.ts';
import { loadParkFolder } from '../../server/twin/park-folder.ts';

const folder = fileURLToPath(new URL('../../data/parks/demo', import.meta.url));
let park: Park;
let problems: Problem[];

beforeAll(async () => {
  const loaded = await loadParkFolder(folder, {});
  problems = loaded.problems;
  if (!loaded.park) throw new Error(JSON.stringify(problems.slice(0, 5), null, 1));
  park = loaded.park;
});

/** What stands on the ground with a footprint of its own. */
function standing(): (Asset & { geometry: Polygon | MultiPolygon })[] {
  return park.assets.filter(
    (a): a is Asset & { geometry: Polygon | MultiPolygon } => a.at === undefined && /Polygon$/.test(a.geometry.type),
  );
}

function collide(a: Polygon | MultiPolygon, b: Polygon | MultiPolygon): number {
  const [ax0, ay0, ax1, ay1] = bbox(a) as [number, number, number, number];
  const [bx0, by0, bx1, by1] = bbox(b) as [number, number, number, number];
  if (ax0 >= bx1 || bx0 >= ax1 || ay0 >= by1 || by0 >= ay1) return 0;
  const shared = intersect(featureCollection([feature(a), feature(b)]));
  return shared === null ? 0 : area(shared);
}

describe('the demo park', () => {
  test('passes its check without errors and says that it is invented', () => {
    expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
    expect(park.fictional).toBe(true);
  });

  test('has 90 to 140 buildings and plants, besides roof panels, tanks and the boxes where lines branch', () => {
    const small = new Set(['ringMainUnit', 'transferStation', 'roofPv']);
    const counted = park.assets.filter((a) => !small.has(a.use ?? '') && !['tank', 'plot', 'coolingTower'].includes(a.kind));
    expect(counted.length).toBeGreaterThanOrEqual(90);
    expect(counted.length).toBeLessThanOrEqual(140);
    expect(park.assets.length).toBeLessThanOrEqual(180);
  });

  test('houses at least 25 tenants of at least 20 different uses', () => {
    const known = new Set(park.tenants.map((t) => t.id));
    const buildings = park.assets.filter((a) => a.kind === 'building');
    expect(new Set(buildings.map((a) => a.tenant)).size).toBeGreaterThanOrEqual(25);
    expect(new Set(buildings.map((a) => a.use)).size).toBeGreaterThanOrEqual(20);
    expect(park.assets.filter((a) => a.tenant !== undefined && !known.has(a.tenant)).map((a) => a.id)).toEqual([]);
  });

  test('knows the height of everything, and leaves nothing to be assumed', () => {
    expect(park.assets.filter((a) => a.assumed.length > 0).map((a) => `${a.id} ${a.assumed}`)).toEqual([]);
  });

  test('has every plant an eco-industrial park is made of', () => {
    const kinds = new Set(park.assets.map((a) => a.kind));
    for (const kind of [
      'gridConnection',
      'gasConnection',
      'substation',
      'chp',
      'boiler',
      'heatPump',
      'thermalStore',
      'chiller',
      'coolingTower',
      'battery',
      'pv',
      'wind',
      'evCharger',
      'tank',
      'plot',
    ] as const) {
      expect(kinds).toContain(kind);
    }
    expect(park.assets.filter((a) => a.kind === 'wind')).toHaveLength(2);
    expect(park.assets.filter((a) => a.use === 'mainSubstation')).toHaveLength(2);
    expect(park.lines.filter((l) => l.open)).toHaveLength(2);
  });

  test('reaches every load on every carrier from a source', () => {
    expect(new Set(park.lines.map((l) => l.carrier))).toEqual(new Set(['electricity', 'heat', 'cooling', 'gas', 'wasteHeat']));
    for (const network of summary(park).networks)
      expect([network.carrier, network.loads.filter((l) => !l.reachable)]).toEqual([network.carrier, []]);
  });

  test('loses something in cables and pipes, and nothing in gas mains', () => {
    for (const line of park.lines) {
      if (line.carrier === 'gas') expect(line.loss).toBe(0);
      expect(line.loss).toBeLessThan(0.03);
    }
    expect(park.lines.filter((l) => l.carrier === 'electricity' && l.loss > 0).length).toBeGreaterThan(100);
  });

  test('leaves two rests unmetered and two ports to follow from the balance', () => {
    expect(park.unmetered.map((u) => u.carrier).toSorted()).toEqual(['electricity', 'heat']);
    const told = new Set([
      ...[...park.points, ...park.virtualPoints].map((p) => `${p.asset}/${p.port}`),
      ...park.spreads.flatMap((s) => [...s.weights.keys()].map((id) => `${id}/${s.port}`)),
    ]);
    const untold = park.assets.flatMap((a) =>
      a.conversion || a.storage ? [] : a.ports.filter((p) => !told.has(`${a.id}/${p}`)).map((p) => `${a.id}/${p}`),
    );
    expect(untold.filter((p) => !p.startsWith('grid/')).toSorted()).toEqual(['bus-depot/electricity.in', 'drives/heat.in']);
  });

  test('measures in many units, ways and cadences, all simulated', () => {
    expect(park.points.length).toBeGreaterThan(240);
    for (const unit of ['kW', 'MW', 'kWh', 'MWh', 'GJ', 'GJ/h', 'm3', 'm3/h', '%', 'degC'] as const) {
      expect(park.points.map((p) => p.unit)).toContain(unit);
    }
    expect(new Set(park.points.map((p) => p.measure))).toEqual(new Set(['instant', 'mean', 'energy', 'register']));
    expect(Math.min(...park.points.map((p) => p.cadence_s))).toBe(1);
    expect(park.points.every((p) => p.source.type === 'simulator' && p.origin === 'simulated')).toBe(true);
  });

  test('binds every port that consumes to a peak the simulator can read', () => {
    const loads = park.assets.filter((a) => ['building', 'plant'].includes(a.kind));
    for (const asset of loads) {
      const peak = asset.properties['peak'] as Record<string, number>;
      const carriers = asset.ports.filter((p) => p.endsWith('.in')).map((p) => carrierOf(p));
      expect([asset.id, Object.keys(peak).toSorted()]).toEqual([asset.id, carriers.toSorted()]);
    }
  });

  test('lets no two footprints overlap, and none stand in water', () => {
    const all = standing();
    const found: string[] = [];
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) if (collide(a.geometry, b.geometry) > 1) found.push(`${a.id} on ${b.id}`);
      for (const w of park.context.filter((c) => c.kind === 'water')) {
        if (collide(a.geometry, w.geometry as Polygon) > 1) found.push(`${a.id} in ${w.id}`);
      }
    }
    expect(found).toEqual([]);
  });

  test('keeps roof panels on their roofs', () => {
    const byId = new Map(park.assets.map((a) => [a.id, a]));
    for (const panel of park.assets.filter((a) => a.use === 'roofPv')) {
      const roof = byId.get(panel.at ?? '');
      const on = collide(panel.geometry as Polygon, roof?.geometry as Polygon);
      expect([panel.id, on / panel.area_m2]).toEqual([panel.id, expect.closeTo(1, 2)]);
    }
  });

  test('plants no tree in a building, in water or in a street', () => {
    const project = projector(park.place);
    const solids = [
      ...standing().filter((a) => a.kind !== 'plot' && a.use !== 'fieldPv'),
      ...park.context.filter((c) => c.kind === 'water').map((c) => c as Context & { geometry: Polygon }),
    ].map((s) => ({ id: s.id, geometry: s.geometry, box: bbox(s.geometry) }));
    const streets = park.context.filter((c) => c.kind === 'road' && c.properties['class'] === 'street');
    const trees = park.context.filter((c) => c.kind === 'tree');
    expect(trees.length).toBeGreaterThan(1400);
    const bad: string[] = [];
    for (const tree of trees) {
      const at = (tree.geometry as { coordinates: Position }).coordinates as [number, number];
      for (const { id, geometry, box } of solids) {
        if (at[0] < (box[0] as number) || at[0] > (box[2] as number) || at[1] < (box[1] as number) || at[1] > (box[3] as number)) continue;
        if (booleanPointInPolygon(at, geometry)) bad.push(`${tree.id} in ${id}`);
      }
      for (const street of streets) {
        const [a, b] = (street.geometry as { coordinates: Position[] }).coordinates.map((p) => project(p[0] as number, p[1] as number));
        if (distanceTo(project(...at), a as Metres, b as Metres) < (street.properties['width_m'] as number) / 2)
          bad.push(`${tree.id} in ${street.id}`);
      }
    }
    expect(bad).toEqual([]);
  });

  test('draws every line from the door of one asset to the door of the other', () => {
    const project = projector(park.place);
    const byId = new Map(park.assets.map((a) => [a.id, a]));
    const far: string[] = [];
    for (const line of park.lines) {
      const course = (line.geometry as NonNullable<Line['geometry']>).coordinates;
      for (const [id, end] of [
        [line.from, course[0]],
        [line.to, course.at(-1)],
      ] as const) {
        const away = awayFrom(byId.get(id) as Asset, end as Position, project);
        if (away > 3) far.push(`${line.id} ends ${away.toFixed(1)} m from ${id}`);
      }
    }
    expect(far).toEqual([]);
  });

  test('says everything a person reads in English and Chinese', async () => {
    const missing: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        const here = `${path}.${key}`;
        if (['name', 'title', 'body', 'note', 'description', 'remarks', 'zoning'].includes(key)) {
          const text = inner as { en?: string; zh?: string };
          if (!text.en || !/[㐀-鿿]/.test(text.zh ?? '')) missing.push(here);
        } else look(inner, here);
      }
    };
    look(parse(await readFile(`${folder}/park.yaml`, 'utf8')), 'park.yaml');
    look(JSON.parse(await readFile(`${folder}/park.geojson`, 'utf8')), 'park.geojson');
    expect(missing).toEqual([]);
    for (const asset of park.assets) expect([asset.id, asset.name.zh]).not.toEqual([asset.id, undefined]);
  });

  test('stays small enough to read and to send', async () => {
    expect((await readFile(`${folder}/park.geojson`)).length).toBeLessThan(1_000_000);
  });
});

type Metres = [number, number];

function distanceTo([x, y]: Metres, [ax, ay]: Metres, [bx, by]: Metres): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Metres from an end of a line to the outline of an asset, 0 inside. */
function awayFrom(asset: Asset, end: Position, project: ReturnType<typeof projector>): number {
  const p = project(end[0] as number, end[1] as number);
  const { geometry } = asset;
  if (geometry.type === 'Point') {
    const [x, y] = project(geometry.coordinates[0] as number, geometry.coordinates[1] as number);
    return Math.hypot(p[0] - x, p[1] - y);
  }
  if (geometry.type === 'LineString') return 0;
  if (booleanPointInPolygon(end, geometry)) return 0;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const distances = polygons.flatMap((rings) =>
    rings.flatMap((ring) => {
      const metres = ring.map((q) => project(q[0] as number, q[1] as number));
      return metres.slice(1).map((q, i) => distanceTo(p, metres[i] as Metres, q));
    }),
  );
  return Math.min(...distances);
}
