import { readdirSync, readFileSync } from 'node:fs';
import { booleanDisjoint } from '@turf/turf';
import fc from 'fast-check';
import type { Feature, Polygon } from 'geojson';
import { expect, it } from 'vitest';
import { identityGap } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { generatePark } from '../../../models/generate/generate.ts';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import { apply, createState, learnInterval, step } from '../../../models/telemetry/state.ts';

const factors = new Map(readdirSync('data/factors').map((name) => [`data/factors/${name}`, readFileSync(`data/factors/${name}`, 'utf8')]));

function build(files: Map<string, string>) {
  return buildPark({ yaml: files.get('park.yaml') as string, files, factorFiles: factors });
}

function parkOf(assets: number, seed = 1): Park {
  const { park, problems } = build(generatePark({ assets, seed }));
  if (!park || problems.length > 0) throw new Error(problems.map((p) => `${p.feature}: ${p.message}`).join('\n'));
  return park;
}

it('makes a park of any size and seed with exactly so many assets, and nothing for check to say', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 240 }), fc.integer({ min: 0, max: 2 ** 31 }), (assets, seed) => {
      const { park, problems } = build(generatePark({ assets, seed }));
      expect(problems).toEqual([]);
      expect(park?.assets).toHaveLength(assets);
    }),
    { numRuns: 12 },
  );
}, 60_000);

it('makes the same park from the same seed to the last byte, and another from another', () => {
  const first = generatePark({ assets: 150, seed: 7 });
  expect(generatePark({ assets: 150, seed: 7 })).toEqual(first);
  expect(generatePark({ assets: 150, seed: 8 }).get('park.geojson')).not.toBe(first.get('park.geojson'));
});

it('refuses sizes that no park folder could hold', () => {
  for (const assets of [9, 30_001, 12.5, Number.NaN]) expect(() => generatePark({ assets, seed: 1 })).toThrow(RangeError);
});

it('sets no two footprints into each other', () => {
  const { assets } = parkOf(220, 3);
  const ground = assets.filter((a) => a.at === undefined && (a.geometry.type === 'Polygon' || a.geometry.type === 'MultiPolygon'));
  const features = ground.map((a): Feature => ({ type: 'Feature', properties: { id: a.id }, geometry: a.geometry }));
  const boxes = ground.map((a) => {
    const points = (
      a.geometry.type === 'Polygon'
        ? [a.geometry]
        : (a.geometry as { coordinates: number[][][][] }).coordinates.map((c) => ({ coordinates: c }) as Polygon)
    ).flatMap((p) => p.coordinates.flat()) as [number, number][];
    return [
      Math.min(...points.map((p) => p[0])),
      Math.max(...points.map((p) => p[0])),
      Math.min(...points.map((p) => p[1])),
      Math.max(...points.map((p) => p[1])),
    ];
  }) as [number, number, number, number][];
  const overlaps: string[] = [];
  for (const [i, a] of boxes.entries()) {
    for (let j = i + 1; j < boxes.length; j++) {
      const b = boxes[j] as (typeof boxes)[number];
      if (a[1] < b[0] || b[1] < a[0] || a[3] < b[2] || b[3] < a[2]) continue;
      if (!booleanDisjoint(features[i] as Feature, features[j] as Feature)) overlaps.push(`${ground[i]?.id} ${ground[j]?.id}`);
    }
  }
  expect(overlaps).toEqual([]);
});

it('has all kinds of buildings, carriers and plants from a few hundred assets on', () => {
  const { assets, lines, context } = parkOf(600);
  const kinds = new Set(assets.map((a) => a.kind));
  for (const kind of [
    'building',
    'substation',
    'gridConnection',
    'gasConnection',
    'pv',
    'battery',
    'chp',
    'boiler',
    'thermalStore',
    'chiller',
    'coolingTower',
    'evCharger',
    'tank',
    'plot',
  ])
    expect(kinds, kind).toContain(kind);
  expect(new Set(lines.map((l) => l.carrier))).toEqual(new Set(['electricity', 'heat', 'gas', 'cooling']));
  expect(new Set(context.map((c) => c.kind))).toEqual(new Set(['land', 'green', 'tree', 'road', 'boundary', 'water', 'parking']));
  expect(lines.some((l) => l.open)).toBe(true);
  expect(
    new Set(assets.map((a) => JSON.stringify(a.geometry).split('],[').length)).size,
    'outlines with different numbers of corners',
  ).toBeGreaterThan(4);
});

it('keeps the identity of emissions through a simulated day, every user with a colour to show', () => {
  const park = parkOf(200);
  const compiled = compile(park);
  const simulator = createSimulator(compiled, park.simulation);
  const state = createState(compiled);
  const range = new Map(park.points.map((p) => [p.id, p.range]));
  const quarter = 900_000;
  const start = Date.parse('2026-04-30T06:00+08:00');
  let beyond = 0;
  for (let q = 0; q <= 48; q++) {
    const to = start + q * quarter;
    const readings = simulator.readings(to - 1000, to);
    const good = readings.filter(({ point, value }) => {
      const [low, high] = range.get(point) as [number, number];
      return value === null || (value >= low && value <= high);
    });
    beyond += readings.length - good.length;
    apply(state, good);
    learnInterval(state, to - quarter, to);
    if (q < 2) continue;
    const live = step(state, to);
    expect(identityGap(live)).toBeLessThan(1e-9);
    expect(live.totals.import_kW).toBeGreaterThan(0);
    if (q < 48) continue;
    const dark = park.assets.filter((a, i) => a.kind === 'building' && !((live.assetIntensity_gPerKwh[i] as number) >= 0));
    expect(dark.map((a) => a.id)).toEqual([]);
  }
  // The simulator's planted faults are the only readings that nobody would believe.
  expect(beyond).toBeLessThan(40);
}, 60_000);

it('makes 1,000 assets that balance as well', () => {
  const park = parkOf(1000);
  const compiled = compile(park);
  const simulator = createSimulator(compiled, park.simulation);
  const state = createState(compiled);
  const to = Date.parse('2026-04-30T12:00+08:00');
  for (const t of [to - 900_000, to]) apply(state, simulator.readings(t - 1000, t));
  expect(identityGap(step(state, to))).toBeLessThan(1e-9);
}, 60_000);
