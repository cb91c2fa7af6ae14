/** Every bad park file that TRUST names, and what it gets: refused with feature and hint, or accepted with a flag. */
import type { Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import type { Problem } from '../../../models/park/problems.ts';
import { sampleGeoJson, sampleTexts, sampleYaml } from '../../sample-park.ts';

type Feature = { type: string; id?: unknown; properties: Record<string, unknown>; geometry: unknown };

const square = [
  [120.7, 31.85],
  [120.701, 31.85],
  [120.701, 31.851],
  [120.7, 31.851],
  [120.7, 31.85],
];
const shed = (geometry: unknown, properties: Record<string, unknown> = {}, id = 'shed'): Feature => ({
  type: 'Feature',
  id,
  properties: { kind: 'building', height_m: 5, ports: [], ...properties },
  geometry,
});
const polygon = (...rings: unknown[]) => ({ type: 'Polygon', coordinates: rings });

/** The sample park with more features, other yaml, or its GeoJSON changed. */
function build(change: { add?: Feature[]; yaml?: string; geojson?: (text: string) => string; root?: Record<string, unknown> }) {
  const collection = JSON.parse(sampleGeoJson) as { features: Feature[] };
  const text = JSON.stringify({ ...collection, ...change.root, features: [...collection.features, ...(change.add ?? [])] });
  const geojson = change.geojson ? change.geojson(text) : text;
  return buildPark({ ...sampleTexts(), yaml: change.yaml ?? sampleYaml, files: new Map([['park.geojson', geojson]]) });
}

function found(problems: Problem[], severity: Problem['severity'], pattern: RegExp): Problem {
  const problem = problems.find((p) => p.severity === severity && pattern.test(`${p.message} ${p.mend}`));
  expect(problem, JSON.stringify(problems, null, 1)).toBeDefined();
  return problem as Problem;
}

/** Strings stand where JSON cannot hold the value. */
const refusedGeometry: [what: string, geometry: unknown, says: RegExp][] = [
  ['a coordinate of 1e308', polygon([[1e308, 31.85], ...square.slice(1, 4), [1e308, 31.85]]), /no place on Earth/],
  ['a null coordinate', polygon([[null, 31.85], ...square.slice(1)]), /not a position/],
  ['coordinates that are strings', { type: 'Point', coordinates: ['120.7', '31.85'] }, /without quotes/],
  ['a ring that is not closed', polygon(square.slice(0, 4)), /not closed/],
  ['a ring of three positions', polygon([square[0], square[1], square[0]]), /fewer than four/],
  [
    'a hole outside its ring',
    polygon(
      square,
      square.map(([x, y]) => [(x as number) + 0.01, y]),
    ),
    /hole lies outside/,
  ],
  ['projected metres', { type: 'Point', coordinates: [660_954, 3_525_012] }, /ogr2ogr -t_srs EPSG:4326/],
  [
    'a line across the antimeridian',
    {
      type: 'LineString',
      coordinates: [
        [179.99, 1],
        [-179.99, 1],
      ],
    },
    /antimeridian/,
  ],
  ['the pole', { type: 'Point', coordinates: [0, 90] }, /pole/],
  ['latitude and longitude swapped', { type: 'Point', coordinates: [31.85, 120.7] }, /swapped.*longitude, latitude/],
  ['an unknown geometry type', { type: 'Circle', coordinates: [120.7, 31.85] }, /unknown geometry type/],
  ['four numbers in a position', { type: 'Point', coordinates: [120.7, 31.85, 1, 2] }, /not a position/],
  ['a geometry that is a list', [], /geometry is \[\]/],
  ['a building drawn as several points', { type: 'MultiPoint', coordinates: [[120.7, 31.85]] }, /cannot be a MultiPoint/],
];

describe('geometry is refused, naming feature and mend', () => {
  test.each(refusedGeometry)('%s', (_, geometry, says) => {
    const { park, problems } = build({ add: [shed(geometry)] });
    expect(park).toBeNull();
    const problem = found(problems, 'error', says);
    expect(problem).toMatchObject({ file: 'park.geojson', feature: 'shed', field: 'geometry' });
    expect(problem.mend.length).toBeGreaterThan(5);
  });

  test('a number too large for JSON', () => {
    const { park, problems } = build({
      add: [shed({ type: 'Point', coordinates: ['BIG', 31.85] })],
      geojson: (text) => text.replace('"BIG"', '1e400'),
    });
    expect(park).toBeNull();
    found(problems, 'error', /not a position/);
  });

  test('10,000 collections inside each other', () => {
    const depth = 10_000;
    const open = '{"type":"GeometryCollection","geometries":[';
    const nested = `${open.repeat(depth)}{"type":"Point","coordinates":[120.7,31.85]}${']}'.repeat(depth)}`;
    const { park, problems } = build({ add: [shed('NESTED')], geojson: (text) => text.replace('"NESTED"', nested) });
    expect(park).toBeNull();
    found(problems, 'error', /GeometryCollection inside a GeometryCollection/);
  });

  test('coordinates 10,000 lists deep', () => {
    const nested = `{"type":"Polygon","coordinates":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const { park, problems } = build({ add: [shed('NESTED')], geojson: (text) => text.replace('"NESTED"', nested) });
    expect(park).toBeNull();
    expect(problems.some((p) => p.severity === 'error' && p.feature === 'shed')).toBe(true);
  });

  test('a coordinate system other than WGS84', () => {
    const { park, problems } = build({ root: { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } } });
    expect(park).toBeNull();
    found(problems, 'error', /EPSG::4490.*ogr2ogr/);
  });

  test('positions that are swapped but possible, recognised by where the park is', () => {
    const yaml = sampleYaml.replace('lon: 120.70, lat: 31.85', 'lon: 11.58, lat: 48.14');
    const { park, problems } = build({ yaml, add: [shed({ type: 'Point', coordinates: [48.14, 11.58] })] });
    expect(park).toBeNull();
    expect(found(problems, 'error', /swapped in shed/)).toMatchObject({ feature: 'shed' });
  });
});

test('WGS84 named in the old way is WGS84', () => {
  for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326']) {
    expect(build({ root: { crs: { type: 'name', properties: { name } } } }).park).not.toBeNull();
  }
});

test.each([
  ['one feature', 1],
  ['many features', 20],
])('a million vertices in %s are refused before anything is computed with them', (_, parts) => {
  const ring = `${'[120.7000001,31.8500001],'.repeat(Math.ceil(1_000_000 / parts))}[120.7000001,31.8500001]`;
  const one = (i: number) =>
    `{"type":"Feature","id":"s${i}","properties":{"kind":"building"},"geometry":{"type":"Polygon","coordinates":[[${ring}]]}}`;
  const text = `{"type":"FeatureCollection","features":[${Array.from({ length: parts }, (_, i) => one(i)).join(',')}]}`;
  const { park, problems } = build({ geojson: () => text });
  expect(park).toBeNull();
  found(problems, 'error', /more than 500000 vertices.*simplify/);
});

test('an outline of 20,000 vertices is refused, naming the feature', () => {
  const ring = Array.from({ length: 20_000 }, () => square[0]);
  expect(found(build({ add: [shed(polygon(ring))] }).problems, 'error', /more than 10000 vertices/)).toMatchObject({ feature: 'shed' });
});

test('an outline that crosses itself is drawn without its smaller part, and flagged', () => {
  // A bow tie: the western lobe three times as large as the eastern.
  const bow = [
    [120.7, 31.85],
    [120.7, 31.853],
    [120.704, 31.851],
    [120.704, 31.852],
    [120.7, 31.85],
  ];
  const { park, problems } = build({ add: [shed(polygon(bow))] });
  const problem = found(problems, 'warning', /crosses itself/);
  expect(problem.feature).toBe('shed');
  const asset = park?.assets.find((a) => a.id === 'shed');
  expect(asset?.geometry.type).toBe('Polygon');
  expect(asset?.area_m2).toBeGreaterThan(20_000);
  const outline = asset?.geometry as Polygon | undefined;
  expect(Math.max(...(outline?.coordinates ?? []).flat().map((p) => p[0] as number))).toBeLessThan(120.704);
});

test('clockwise rings are put right and positions lose their height', () => {
  const { park } = build({ add: [shed(polygon(square.toReversed().map((p) => [...p, 12])))] });
  expect(park?.assets.find((a) => a.id === 'shed')?.geometry).toEqual(polygon(square));
});

test('markup in a name stays literal text', () => {
  const name = '<img src=x onerror=alert(1)>';
  const { park } = build({ add: [shed(polygon(square), { name })] });
  expect(park?.assets.find((a) => a.id === 'shed')?.name).toEqual({ en: name });
});

test('a feature 13 km from the park is accepted with a flag', () => {
  const { park, problems } = build({ add: [shed({ type: 'Point', coordinates: [120.7, 31.967] })] });
  expect(found(problems, 'warning', /more than 10 km/)).toMatchObject({ feature: 'shed' });
  expect(park?.assets.find((a) => a.id === 'shed')?.properties['far']).toBe(true);
});

test('a missing height is assumed and flagged', () => {
  const { park, problems } = build({ add: [shed(polygon(square), { height_m: null })] });
  found(problems, 'warning', /neither height_m nor floors/);
  expect(park?.assets.find((a) => a.id === 'shed')).toMatchObject({ height_m: 8, assumed: ['height_m', 'floors'] });
});

test('a height that follows from given storeys is not assumed', () => {
  const { park } = build({ add: [shed(polygon(square), { height_m: null, floors: 4 })] });
  expect(park?.assets.find((a) => a.id === 'shed')).toMatchObject({ height_m: 14, floors: 4, assumed: [] });
});

const line = (from: string, to: string, carrier = 'electricity', id = 'new-line'): Feature => ({
  type: 'Feature',
  id,
  properties: { carrier, from, to },
  geometry: {
    type: 'LineString',
    coordinates: [
      [120.7, 31.85],
      [120.701, 31.85],
    ],
  },
});

const refusedFeatures: [what: string, add: Feature[], says: RegExp, feature: string][] = [
  ['a line to an unknown asset', [line('sub-1', 'nowhere')], /no asset "nowhere"/, 'new-line'],
  ['a line that leads to where it starts', [line('hall', 'hall')], /leads to where it starts/, 'new-line'],
  [
    'a line without a carrier',
    [{ ...line('sub-1', 'hall'), properties: { kind: 'line', from: 'sub-1', to: 'hall' } }],
    /known values/,
    'new-line',
  ],
  ['two assets with one id', [shed(polygon(square), {}, 'hall')], /two features have the id "hall"/, 'hall'],
  ['a line with the id of an asset', [line('sub-1', 'hall', 'electricity', 'hall')], /two features have the id "hall"/, 'hall'],
  ['an asset without an id', [{ type: 'Feature', properties: { kind: 'building' }, geometry: polygon(square) }], /asset has no id/, '#26'],
  ['an unknown kind', [shed(polygon(square), { kind: 'bulding' })], /"bulding" is not a kind.*building/, 'shed'],
  ['an asset without a place', [shed(null)], /no place/, 'shed'],
  ['a host that is not there', [shed(polygon(square), { at: 'nowhere' })], /no asset "nowhere"/, 'shed'],
  [
    'assets connected at each other',
    [shed(polygon(square), { at: 'shed-2' }), shed(polygon(square), { at: 'shed' }, 'shed-2')],
    /circle/,
    'shed',
  ],
  [
    'a boiler that gives more than its fuel',
    [shed(polygon(square), { kind: 'boiler', ports: undefined, conversion: { inputs: { gas: 1 }, outputs: { heat: 1.05 } } })],
    /efficiency of a fuel converter cannot be over 1/,
    'shed',
  ],
  [
    'a conversion that uses a port the asset does not have',
    [shed(polygon(square), { kind: 'boiler', ports: ['gas.in'], conversion: { inputs: { gas: 1 }, outputs: { heat: 0.9 } } })],
    /uses heat.out, which is not among its ports/,
    'shed',
  ],
  [
    'a cycle of conversion without a source',
    [
      shed(polygon(square), { kind: 'electrolyser', ports: undefined }, 'maker'),
      shed(polygon(square), { kind: 'fuelCell', ports: ['hydrogen.in', 'electricity.out'] }, 'cell'),
      line('maker', 'cell', 'hydrogen', 'l1'),
      line('cell', 'maker', 'electricity', 'l2'),
    ],
    /cycle of conversion without a source: maker, cell/,
    'maker',
  ],
  ['a battery without a storage', [shed(polygon(square), { kind: 'battery', ports: undefined })], /needs a storage/, 'shed'],
  ['a negative height', [shed(polygon(square), { height_m: -3 })], /./, 'shed'],
  ['a port that is none', [shed(polygon(square), { ports: ['electricity'] })], /<carrier>.in or <carrier>.out/, 'shed'],
];

describe('features are refused, naming themselves', () => {
  test.each(refusedFeatures)('%s', (_, add, says, feature) => {
    const { park, problems } = build({ add });
    expect(park).toBeNull();
    expect(found(problems, 'error', says)).toMatchObject({ file: 'park.geojson', feature });
  });
});

test('the same electrolyser and fuel cell are fine once a grid feeds them', () => {
  const { park } = build({
    add: [
      shed(polygon(square), { kind: 'electrolyser', ports: undefined }, 'maker'),
      shed(polygon(square), { kind: 'fuelCell', ports: ['hydrogen.in', 'electricity.out'] }, 'cell'),
      line('maker', 'cell', 'hydrogen', 'l1'),
      line('cell', 'maker', 'electricity', 'l2'),
      line('sub-1', 'maker', 'electricity', 'l3'),
    ],
  });
  expect(park).not.toBeNull();
});

test('a heat pump may give more than it takes', () => {
  const heatPump = { kind: 'heatPump', ports: undefined, conversion: { inputs: { electricity: 1 }, outputs: { heat: 4 } } };
  expect(build({ add: [shed(polygon(square), heatPump)] }).park).not.toBeNull();
});

test('an asset without a point is flagged, many of them in one warning', () => {
  const add = Array.from({ length: 30 }, (_, i) => shed(polygon(square), { ports: ['electricity.in'] }, `shed-${i}`));
  const { park, problems } = build({ add });
  expect(park).not.toBeNull();
  expect(problems.filter((p) => /no point measures/.test(p.message))).toHaveLength(1);
  found(problems, 'warning', /31 assets have ports that no point measures/);
});

test('a load that no source reaches is flagged', () => {
  const { problems } = build({ add: [shed(polygon(square), { ports: ['cooling.in'] })] });
  expect(found(problems, 'warning', /no source of cooling reaches shed/)).toMatchObject({ feature: 'shed' });
});

test('a line of fuel with a loss is flagged: what leaks is not accounted as a leak', () => {
  const leaking = (losses: string) =>
    build({
      yaml: sampleYaml.replace('carbon:', `carbon:\n  losses: ${losses}`),
      geojson: (text) => text.replace(/("carrier":"gas","from":"gas","to":"chp","loss":)0/, '$10.02'),
    }).problems;
  expect(found(leaking('toLoad'), 'warning', /the loss is booked as burnt: the line carries fuel \(g-chp\)/)).toMatchObject({
    feature: 'g-chp',
    field: 'loss',
  });
  found(leaking('separate'), 'warning', /the loss is booked in no scope/);
  // Losses of electricity and heat are real ones.
  expect(build({}).problems.filter(({ message }) => /the loss is booked/.test(message))).toEqual([]);
});

test('what is no JSON, no collection or no park file is refused with a hint', () => {
  for (const [text, says] of [
    ['{"type":"FeatureCollection","features":[', /not JSON/],
    ['null', /FeatureCollection/],
    ['{"type":"Polygon","coordinates":[]}', /wrap a bare geometry in a Feature/],
    ['{"type":"FeatureCollection","features":{}}', /not a list/],
  ] as const) {
    const { park, problems } = build({ geojson: () => text });
    expect(park).toBeNull();
    found(problems, 'error', says);
  }
  const { park, problems } = buildPark({ ...sampleTexts(), files: new Map() });
  expect(park).toBeNull();
  found(problems, 'error', /is not there/);
  // Not followed by a complaint about every point whose asset was in that file.
  expect(problems).toHaveLength(1);
});

test('thousands of mistakes become a list a person can read', () => {
  const { problems } = build({ add: Array.from({ length: 3000 }, (_, i) => shed({ type: 'Point', coordinates: [i, null] }, {}, `s${i}`)) });
  expect(problems.length).toBeLessThan(250);
  found(problems, 'error', /and 2900 more/);
});
