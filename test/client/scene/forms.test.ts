import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../../client/scene/build/model.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { formOf as kindForm } from '../../../client/scene/kinds/forms.ts';
import { facade } from '../../../client/scene/shape/character.ts';
import { Mesh, type MeshData, part } from '../../../client/scene/shape/mesh.ts';
import { type Area, cleanArea, frameOf, signedArea, type Vec } from '../../../client/scene/shape/ring.ts';
import { flatBody, gableStrips, sawtoothStrips, shedStrips, slopingBody } from '../../../client/scene/shape/roofs.ts';
import { baysAlong, matter } from '../../../client/scene/shape/solids.ts';
import { treeFormOf } from '../../../client/scene/shape/tree-form.ts';
import { habits, treesOf } from '../../../client/scene/shape/trees.ts';
import { assetKinds } from '../../../models/kinds/kinds.ts';
import { parkOf, square } from './park-view.ts';

/** An outline that never crosses itself: a star around the origin, from thin to bulging, with 3 to 14 corners. */
const outline = fc
  .array(fc.double({ min: 6, max: 60, noNaN: true }), { minLength: 3, maxLength: 14 })
  .map((radii) =>
    radii.map((r, i): Vec => [Math.cos((i / radii.length) * 2 * Math.PI) * r, Math.sin((i / radii.length) * 2 * Math.PI) * r]),
  );

interface Triangle {
  corners: [number, number, number][];
  kind: number;
  /** Of the triangle itself, not of its vertices: x east, y up, z south. */
  normal: [number, number, number];
  stored: [number, number, number];
}

function trianglesOf({ position, normal, paint, index }: MeshData): Triangle[] {
  const found: Triangle[] = [];
  for (let i = 0; i < index.length; i += 3) {
    const ids = [index[i], index[i + 1], index[i + 2]] as [number, number, number];
    const corners = ids.map((v) => [...position.slice(3 * v, 3 * v + 3)] as [number, number, number]);
    const [a, b, c] = corners as [[number, number, number], [number, number, number], [number, number, number]];
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
    const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as [number, number, number];
    const first = ids[0];
    found.push({
      corners,
      kind: paint[4 * first + 3] as number,
      normal: n,
      stored: [normal[4 * first] as number, normal[4 * first + 1] as number, normal[4 * first + 2] as number],
    });
  }
  return found;
}
const doubleArea = (t: Triangle) => Math.hypot(...t.normal);
const facesAsStored = (t: Triangle) => t.normal[0] * t.stored[0] + t.normal[1] * t.stored[1] + t.normal[2] * t.stored[2] > 0;

/** Coloured roof as seen from above: m² of the plan. */
const roofPlan = (triangles: Triangle[]) =>
  triangles.filter((t) => t.kind === part.metric && t.normal[1] > 0).reduce((sum, t) => sum + t.normal[1] / 2, 0);

describe('a body with a roof, on any outline', () => {
  const bodies: [string, (mesh: Mesh, area: Area) => void][] = [
    ['flat', (mesh, area) => void flatBody(mesh, area, 0, 9, matter(0xffffff))],
    ...([gableStrips, shedStrips, sawtoothStrips] as const).map((strips): [string, (mesh: Mesh, area: Area) => void] => [
      strips.name.replace('Strips', ''),
      (mesh, area) => {
        const made = strips(frameOf(area[0] ?? []), strips === sawtoothStrips ? 9 : 0.12);
        slopingBody(mesh, area, 0, 9, made.axis, made.strips, matter(0xffffff));
      },
    ]),
  ];
  test.each(bodies)('the %s roof covers it once, faces up, and stays over it', (_, body) => {
    fc.assert(
      fc.property(outline, (ring) => {
        const area = cleanArea([ring]);
        fc.pre(area !== null);
        const mesh = new Mesh();
        body(mesh, area as Area);
        const triangles = trianglesOf(mesh.finish());
        const reach = Math.max(...ring.map((p) => Math.hypot(...p)));
        const corners = triangles.flatMap((t) => t.corners);
        expect(corners.flat().every(Number.isFinite)).toBe(true);
        expect(triangles.filter((t) => doubleArea(t) > 1e-3 && !facesAsStored(t))).toHaveLength(0);
        // Copings lie a little outside; a mitre at a needle's point at most 1.5 m.
        expect(Math.max(...corners.map(([x, , z]) => Math.hypot(x, z)))).toBeLessThan(reach + 1.5);
        expect(roofPlan(triangles) / Math.abs(signedArea((area as Area)[0] ?? []))).toBeCloseTo(1, 2);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test('along each façade runs a whole number of bays, also where it bends gently', () => {
    fc.assert(
      fc.property(outline, fc.double({ min: 1.5, max: 8, noNaN: true }), (ring, bay) => {
        const area = cleanArea([ring]);
        fc.pre(area !== null);
        const places = baysAlong(area?.[0] ?? [], bay);
        expect(places.every(([a, b]) => Number.isFinite(a) && b > a)).toBe(true);
        // Where a façade ends and the next begins, both stand on the edge of a bay.
        const starts = places.map(([a]) => a);
        for (const [i, [, end]] of places.entries()) {
          const next = starts[(i + 1) % starts.length] as number;
          if (Math.abs(next - end) > 1e-6) expect(Math.abs(next / bay - Math.round(next / bay))).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});

test('every kind stays within its outline and its height on any outline, and its faces look outwards', { timeout: 60_000 }, () => {
  // What may stand out: the grid's pylon, rotors and chimneys, and what stands on roofs.
  const above = (kind: (typeof assetKinds)[number]) => {
    const { chimney, rotor } = kindForm({ kind });
    return kind === 'gridConnection' ? 25 : rotor ? 200 : (chimney?.above_m ?? 0) + (chimney ? 8 : 0);
  };
  const metre = 1 / 111_320;
  fc.assert(
    fc.property(outline, fc.constantFrom(...assetKinds), fc.integer({ min: 3, max: 40 }), (ring, kind, height_m) => {
      const coordinates = [[...ring, ring[0] as Vec].map((p) => [p[0] * metre, p[1] * metre])];
      const asset = square('a', 0, 0, 10, { kind, height_m, geometry: { type: 'Polygon', coordinates } });
      const sites = sitesOf(parkOf([asset]));
      const [block] = modelOf(sites);
      const triangles = trianglesOf(block as MeshData);
      const { length, width, centre } = sites[0]?.frame ?? { length: 0, width: 0, centre: [0, 0] };
      // Yards and vessels are laid out in the rectangle around an outline.
      const reach = Math.hypot(length, width) / 2 + (kindForm({ kind }).rotor ? 12 : kind === 'gridConnection' ? 7 : 3);
      const corners = triangles.flatMap((t) => t.corners);
      const heights = corners.map(([, y]) => y);
      expect(corners.every(([x, y, z]) => Number.isFinite(x + y + z))).toBe(true);
      expect(Math.min(...heights), kind).toBeGreaterThan(-1.5);
      expect(Math.max(...heights), kind).toBeLessThan(Math.max(height_m, 8) + 6 + above(kind));
      expect(Math.max(...corners.map(([x, , z]) => Math.hypot(x - centre[0], -z - centre[1]))), kind).toBeLessThan(reach);
      expect(triangles.filter((t) => doubleArea(t) > 1e-3 && !facesAsStored(t)).length, kind).toBe(0);
    }),
    { numRuns: 150, seed: 5 },
  );
});

describe('trees', () => {
  test.each(habits)('a %s is closed ground to top, one metre high, with unit normals and few triangles', (habit) => {
    for (const simple of [true, false]) {
      const { position, normal, index } = treeFormOf(habit, simple);
      expect(position.every(Number.isFinite)).toBe(true);
      const ys = [...position].filter((_, i) => i % 3 === 1);
      expect(Math.max(...ys)).toBeLessThan(1.12);
      expect(Math.max(...ys)).toBeGreaterThan(0.85);
      expect(Math.min(...ys)).toBeGreaterThanOrEqual(-0.01);
      for (let i = 0; i < normal.length; i += 3)
        expect(Math.hypot(normal[i] as number, normal[i + 1] as number, normal[i + 2] as number)).toBeCloseTo(1, 4);
      expect(Math.max(...index)).toBeLessThan(position.length / 3);
      expect(index.length / 3).toBeLessThan(simple ? 120 : 230);
    }
  });

  test('keep their species; what is low is a shrub; palms are guessed at only where winters are mild', () => {
    const points = Array.from({ length: 400 }, (_, i) => [(i % 20) * 0.001, Math.floor(i / 20) * 0.001]);
    const grove = (lat: number, properties: Record<string, unknown>) =>
      treesOf(
        {
          ...parkOf([]),
          metadata: { place: { lon: 0, lat, country: 'XX' } } as ReturnType<typeof parkOf>['metadata'],
          context: [{ id: 'g', feature: 'context', kind: 'tree', geometry: { type: 'MultiPoint', coordinates: points }, properties }],
        },
        (x, y) => [x * 111_320, y * 111_320],
      ).map((t) => t.habit);
    expect(new Set(grove(50, { species: 'Pinus pine' }))).toEqual(new Set(['cone']));
    expect(new Set(grove(50, { height_m: 2 }))).toEqual(new Set(['shrub']));
    expect(new Set(grove(50, {})).has('palm')).toBe(false);
    expect(new Set(grove(30, {})).has('palm')).toBe(true);
    expect(new Set(grove(50, {})).size).toBeGreaterThan(2);
  });
});

test('every style of façade that a character may have is drawn by the shader', () => {
  const source = readFileSync(new URL('../../../client/scene/shaders/facade.ts', import.meta.url), 'utf8');
  const last = Math.max(...Object.values(facade));
  for (let style = 0; style < last; style++) expect(source).toContain(`style < ${style}.5`);
});
