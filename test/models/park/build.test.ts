/** A good folder becomes a park: layers mapped, defaults filled in and flagged, wildcards and weights resolved. */
import { describe, expect, test } from 'vitest';
import { toDocument, viewOf } from '../../../models/api/park-view.ts';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import { summary } from '../../../models/park/summary.ts';
import { sampleGeoJson, samplePark, sampleTexts, sampleYaml } from '../../sample-park.ts';

const asset = (park: Park | null, id: string) => park?.assets.find((a) => a.id === id);

function built(yaml: string, files: Record<string, unknown> = {}): Park {
  const texts = Object.entries(files).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const { park, problems } = buildPark({ ...sampleTexts(), yaml, files: new Map([['park.geojson', sampleGeoJson], ...texts]) });
  if (park === null) throw new Error(JSON.stringify(problems, null, 1));
  return park;
}

describe('the sample park', () => {
  const park = samplePark();

  test('keeps measures of footprints: area, centroid, storeys', () => {
    expect(asset(park, 'hall')?.area_m2).toBeCloseTo(1200, -1);
    expect(asset(park, 'hall')?.centroid[0]).toBeCloseTo(120.7 + 20 / 94_500, 6);
    expect(asset(park, 'office')).toMatchObject({ floors: 6, height_m: 21, assumed: [] });
    expect(asset(park, 'office')?.floorArea_m2).toBeCloseTo((asset(park, 'office')?.area_m2 as number) * 6, 6);
  });

  test('gives each kind its usual ports and proportions, and says what is assumed', () => {
    expect(asset(park, 'boiler')).toMatchObject({
      ports: ['gas.in', 'heat.out'],
      conversion: { inputs: { gas: 1 }, outputs: { heat: 0.92 } },
      assumed: ['conversion'],
    });
    expect(asset(park, 'chp')?.ports).toEqual(['gas.in', 'electricity.out', 'heat.out']);
    expect(asset(park, 'battery')?.ports).toEqual(['electricity.in', 'electricity.out']);
  });

  test('binds every source port to a factor, by what it is', () => {
    expect(park.sources.map((s) => [s.asset, s.port, s.sourceKind, s.factor?.id, s.estimated])).toEqual([
      ['grid', 'electricity.out', 'grid', 'grid-test', false],
      ['hall-pv', 'electricity.out', 'solar', 'solar-direct', false],
      ['gas', 'gas.out', 'gas', 'gas-test', false],
    ]);
  });

  test('keeps what drawing and simulation read', () => {
    expect(asset(park, 'hall')?.properties).toMatchObject({ roof: 'sawtooth', shift: 'two', peak: { electricity: 1200, heat: 800 } });
    expect(park.simulation).toMatchObject({ seed: 7 });
    expect(park.context.map((c) => c.kind)).toEqual(['boundary', 'road', 'water', 'tree']);
  });

  test('has simulated origin where the simulator speaks', () => {
    expect(new Set(park.points.map((p) => p.origin))).toEqual(new Set(['simulated']));
  });

  test('is told by its summary', () => {
    const facts = summary(park);
    expect(facts.assets).toEqual({
      total: 10,
      byKind: { gridConnection: 1, substation: 2, building: 2, pv: 1, battery: 1, gasConnection: 1, chp: 1, boiler: 1 },
    });
    expect(facts.points).toMatchObject({ total: 16, bound: 14, unbound: ['weather.temperature', 'weather.irradiance'] });
    expect(facts.networks.map((n) => [n.carrier, n.parts, n.loads.every((l) => l.reachable)])).toEqual([
      ['electricity', 1, true],
      ['heat', 1, true],
      ['gas', 1, true],
    ]);
  });

  test('comes back from its document', () => {
    const document = toDocument(park, { mode: 'live', audience: 'full', warnings: [], revision: 'first' });
    const view = viewOf(JSON.parse(JSON.stringify(document)));
    expect(view.assets.map((a) => a.id)).toEqual(park.assets.map((a) => a.id));
    expect(view.lines.map((l) => l.id)).toEqual(park.lines.map((l) => l.id));
  });
});

const roof = [
  [120.7005, 31.85],
  [120.7009, 31.85],
  [120.7009, 31.8503],
  [120.7005, 31.8503],
  [120.7005, 31.85],
];
const osm = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 'way/1',
      properties: { building: 'yes', 'building:levels': '3', height: '12 m', addr: 'A' },
      geometry: { type: 'Polygon', coordinates: [roof] },
    },
    {
      type: 'Feature',
      id: 'way/2',
      properties: { building: 'industrial', 'building:levels': null },
      geometry: { type: 'Polygon', coordinates: [roof] },
    },
    { type: 'Feature', id: 'way/3', properties: { building: 'ruins' }, geometry: { type: 'Polygon', coordinates: [roof] } },
    { type: 'Feature', id: 'way/4', properties: { building: 'yes', demolished: true }, geometry: { type: 'Polygon', coordinates: [roof] } },
  ],
};

describe('a raw layer is mapped to our words', () => {
  const park = built(
    `${sampleYaml}
layers:
  - {file: park.geojson}
  - file: osm.geojson
    as: assets
    kind: {property: building, map: {yes: building, industrial: plant}}
    name: addr
    use: {property: building, map: {industrial: workshop}, default: unknown}
    height_m: height
    floors: {property: 'building:levels', default: 2}
    where: {building: ['yes', industrial, ruins]}
    defaults: {ports: [], roof: flat}
    set: {way-2: {name: {en: Workshop, zh: 车间}, ports: [electricity.in]}}
`,
    { 'osm.geojson': osm },
  );

  test('kinds, names, heights in words and numbers, storeys', () => {
    expect(asset(park, 'way-1')).toMatchObject({
      kind: 'building',
      name: { en: 'A' },
      use: 'unknown',
      height_m: 12,
      floors: 3,
      assumed: [],
    });
    expect(asset(park, 'way-2')).toMatchObject({
      kind: 'plant',
      name: { en: 'Workshop', zh: '车间' },
      use: 'workshop',
      floors: 2,
      height_m: 7,
    });
  });

  test('a kind that maps to nothing is left out', () => {
    expect(asset(park, 'way-3')).toBeUndefined();
  });

  test('set beats the file, the file beats defaults', () => {
    expect(asset(park, 'way-1')?.ports).toEqual([]);
    expect(asset(park, 'way-2')?.ports).toEqual(['electricity.in']);
    expect(asset(park, 'way-2')?.properties['roof']).toBe('flat');
  });

  test('set for an id that is not there is a mistake', () => {
    const yaml = `${sampleYaml}layers: [{file: park.geojson, set: {hal: {floors: 2}}}]\n`;
    const { park, problems } = buildPark({ ...sampleTexts(), yaml });
    expect(park).toBeNull();
    expect(problems.find((p) => p.severity === 'error')?.message).toMatch(/no feature has the id hal/);
  });

  test('heights scaled into storeys are rounded', () => {
    const storeys = built(
      `${sampleYaml}layers: [{file: park.geojson}, {file: osm.geojson, as: assets, kind: building, floors: {property: m, scale: 0.25}, height_m: m}]\n`,
      {
        'osm.geojson': {
          type: 'FeatureCollection',
          features: [{ type: 'Feature', id: 'x', properties: { m: 17 }, geometry: { type: 'Polygon', coordinates: [roof] } }],
        },
      },
    );
    expect(asset(storeys, 'x')).toMatchObject({ height_m: 17, floors: 4 });
  });
});

describe('park.yaml adds to what is drawn', () => {
  const park = built(
    `${sampleYaml}
assets:
  - {id: hall, tenant: works, note: Hello}
  - {id: charger, kind: evCharger, position: [120.7003, 31.8501]}
  - {id: heat-pump, kind: heatPump, at: hall, ports: [electricity.in, wasteHeat.in, heat.out]}
lines:
  - {id: e-charger, carrier: electricity, from: sub-1, to: charger, loss: 0.01}
connect:
  - {carrier: electricity, hub: sub-1, kinds: [boiler, battery, evCharger, building]}
  - {carrier: electricity, hub: sub-1, ids: [charger]}
`,
  );

  test('assets by id, by position, or at a host', () => {
    expect(asset(park, 'hall')).toMatchObject({ note: { en: 'Hello' }, height_m: 11 });
    expect(asset(park, 'charger')?.geometry).toEqual({ type: 'Point', coordinates: [120.7003, 31.8501] });
    expect(asset(park, 'heat-pump')).toMatchObject({
      at: 'hall',
      conversion: { inputs: { electricity: 1, wasteHeat: 2.5 }, outputs: { heat: 3.5 } },
    });
    expect(asset(park, 'heat-pump')?.centroid[0]).toBeCloseTo(asset(park, 'hall')?.centroid[0] as number, 9);
  });

  test('lines without a course have their straight length', () => {
    const line = park.lines.find((l) => l.id === 'e-charger');
    expect(line).toMatchObject({ implied: true, geometry: null, loss: 0.01 });
    expect(line?.length_m).toBeGreaterThan(150);
  });

  test('connect joins what has the carrier and is not joined yet', () => {
    expect(park.lines.filter((l) => l.id.startsWith('sub-1--'))).toEqual([]);
    const more = built(
      `${sampleYaml}\nassets: [{id: c1, kind: evCharger, position: [120.7, 31.85]}, {id: c2, kind: evCharger, at: c1}]\nconnect: [{carrier: electricity, hub: sub-1, kinds: [evCharger, boiler]}]\n`,
    );
    expect(more.lines.filter((l) => l.implied).map((l) => l.id)).toEqual(['sub-1--c1:electricity']);
  });
});

test('a line drawn the other way round is turned', () => {
  const collection = JSON.parse(sampleGeoJson) as { features: { id: string; geometry: { coordinates: number[][] } }[] };
  const feeder = collection.features.find((f) => f.id === 'feeder');
  const drawn = feeder?.geometry.coordinates as number[][];
  (feeder as { geometry: { coordinates: number[][] } }).geometry.coordinates = drawn.toReversed();
  const park = built(sampleYaml, { 'park.geojson': collection });
  expect(park.lines.find((l) => l.id === 'feeder')?.geometry?.coordinates).toEqual(drawn);
});

describe('virtual points', () => {
  const park = built(`${sampleYaml}
virtual:
  - {id: rest, sum: {used: 1, chp.power: -1}, min: 0, origin: modelled}
  - {id: used, asset: office, port: electricity.in, sum: {"hall.*": 1, hall.heat: 0.5, pv.power: -1}, optional: [pv.power], note: {en: Why, zh: 为什么}}
`);

  test('resolve wildcards; a name written out beats them', () => {
    expect(park.virtualPoints.find((v) => v.id === 'used')).toMatchObject({
      terms: [
        { point: 'hall.power', weight: 1, optional: false },
        { point: 'hall.heat', weight: 0.5, optional: false },
        { point: 'pv.power', weight: -1, optional: true },
      ],
      origin: 'calculated',
      note: { en: 'Why', zh: '为什么' },
    });
  });

  test('come after those they are computed from', () => {
    expect(park.virtualPoints.map((v) => v.id)).toEqual(['used', 'rest']);
    expect(park.virtualPoints[1]).toMatchObject({ min: 0, origin: 'modelled' });
  });
});

describe('spreads', () => {
  const houses = `
assets:
  - {id: h1, kind: building, position: [120.7, 31.85], floorArea_m2: 1000, use: office}
  - {id: h2, kind: building, position: [120.7, 31.85], floorArea_m2: 1000, use: laboratory}
  - {id: h3, kind: building, position: [120.7, 31.85], floorArea_m2: 4000, use: parking}
`;
  const spread = (rest: string) =>
    built(`${sampleYaml}${houses}spread: [{id: s, of: grid.power, port: electricity.in, among: {kinds: [building]}, ${rest}}]\n`)
      .spreads[0];

  test('weights are floor area by use, sum to 1, and leave out what is declared, with the reason', () => {
    const s = spread(
      'useWeights: {laboratory: 3}, exclude: [{metered: true, reason: {en: Metered, zh: 有表}}, {uses: [parking], reason: No load}]',
    );
    expect([...(s?.weights ?? [])]).toEqual([
      ['h1', 0.25],
      ['h2', 0.75],
    ]);
    expect(s?.exclusions).toEqual([
      { asset: 'hall', reason: { en: 'Metered', zh: '有表' } },
      { asset: 'office', reason: { en: 'Metered', zh: '有表' } },
      { asset: 'h3', reason: { en: 'No load' } },
    ]);
  });

  test('can be equal', () => {
    const s = spread('by: equal, exclude: [{metered: true, reason: m}]');
    expect([...(s?.weights.values() ?? [])]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
});

test('life-cycle parks do not get direct zeros for their own sun', () => {
  const factor = (id: string) =>
    `{id: ${id}, name: F, value: 500, unit: gCO2e/kWh, set: lifecycle, validFrom: "2020", source: s, verified: false}`;
  const yaml = sampleYaml
    .replaceAll('grid-test', 'grid-life')
    .replaceAll('gas-test', 'gas-life')
    .concat(`factors: [${factor('grid-life')}, ${factor('gas-life')}]\n`);
  const park = built(yaml);
  expect(park.sources.find((s) => s.asset === 'hall-pv')).toMatchObject({ factor: { id: 'grid-life' }, estimated: true });
});

test('the fuel register of a plant may count more than its capacity, which is of what it gives', () => {
  // 1,000 kW at 40 %: 2,500 kW of gas, and twice that is beyond doubt a jump.
  expect(built(sampleYaml).points.find(({ id }) => id === 'chp.gas')?.maxPower_kW).toBeCloseTo(5000, 9);
});

test('a line lies where its carrier’s usually do, unless the folder says so of the line', () => {
  const line = (id: string, carrier: string, more = '') => `  - { id: ${id}, carrier: ${carrier}, from: grid, to: hall${more} }`;
  const park = built(
    [
      sampleYaml,
      'lines:',
      line('air', 'compressedAir'),
      line('air-below', 'compressedAir', ', overhead: false'),
      line('water', 'heat'),
    ].join('\n'),
  );
  expect(['air', 'air-below', 'water'].map((id) => park.lines.find((one) => one.id === id)?.overhead)).toEqual([
    true,
    undefined,
    undefined,
  ]);
});
