import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import type { Terrain } from '../../../models/park/park.ts';
import type { Problem } from '../../../models/park/problems.ts';
import { heightAt, type Relief, reliefOf } from '../../../models/park/relief.ts';
import { sampleTexts, sampleYaml } from '../../sample-park.ts';

const bbox = [120.68, 31.83, 120.72, 31.87];

/** The sample park on a terrain of this text and these fields. */
function build(text: unknown, fields = '', file = 'dem.json') {
  const yaml = `${sampleYaml}\nterrain: { file: ${file}${fields === '' ? '' : `, ${fields}`} }\n`;
  const files = new Map([...sampleTexts().files, [file, typeof text === 'string' ? text : JSON.stringify(text)]]);
  return buildPark({ ...sampleTexts(), yaml, files });
}

/** Height of the file at a fraction of the box, east and north. */
function read(result: { park: { terrain?: Terrain } | null; problems: Problem[] }, east: number, north: number): number {
  const terrain = result.park?.terrain;
  if (terrain === undefined) throw new Error(JSON.stringify(result.problems));
  const [w, s, e, n] = terrain.bbox;
  const relief: Relief = reliefOf(terrain, (lon, lat) => [lon, lat], []);
  return heightAt(relief, w + (e - w) * east, s + (n - s) * north) + relief.datum_m;
}

describe('a grid of heights is read', () => {
  const rows = [
    [30, 40],
    [10, 20],
  ];

  test('as rows from the north, with the box in the file', () => {
    const result = build({ bbox, heights: rows });
    expect([read(result, 0, 0), read(result, 1, 0), read(result, 0, 1), read(result, 1, 1)]).toEqual([10, 20, 30, 40]);
  });

  test('by the names its file uses, the box from park.yaml', () => {
    const result = build({ elev: rows }, `heights: elev, bbox: [${bbox.join(', ')}]`);
    expect(read(result, 0.5, 0)).toBeCloseTo(15, 1);
  });

  test('as one long list, with the number of columns in the file', () => {
    expect(read(build({ bbox, heights: rows.flat(), nx: 2 }, 'columns: nx'), 1, 1)).toBe(40);
  });

  test('from the south, in feet', () => {
    const result = build({ bbox, heights: rows }, 'firstRow: south, scale: 0.3048');
    expect(read(result, 0, 0)).toBeCloseTo(30 * 0.3048, 1);
  });

  test('as the middles of cells: the outermost heights lie half a cell inside', () => {
    const result = build({ bbox, heights: rows }, 'heightsAre: cells');
    [120.69, 31.84, 120.71, 31.86].forEach((edge, i) => {
      expect(result.park?.terrain?.bbox[i]).toBeCloseTo(edge, 9);
    });
  });

  test('as an Esri ASCII grid, gaps marked in its header', () => {
    const asc = 'ncols 3\nnrows 2\nxllcorner 120.68\nyllcorner 31.83\ncellsize 0.02\nNODATA_value -9999\n30 -9999 40\n10 15 20\n';
    const result = build(asc, '', 'dem.asc');
    expect(read(result, 0.5, 0)).toBe(15);
    expect(read(result, 0.5, 1)).toBeCloseTo((30 + 40 + 15) / 3, 1);
    expect(result.problems).toContainEqual(expect.objectContaining({ severity: 'warning', message: expect.stringContaining('1 of 6') }));
  });

  test('thinned when it is large, and still the same land', () => {
    const size = 400;
    const height = (c: number, r: number) => 50 + 30 * Math.sin(c / 60) + 20 * Math.cos(r / 45);
    const result = build({ bbox, heights: [...Array(size).keys()].map((r) => [...Array(size).keys()].map((c) => height(c, r))) });
    const terrain = result.park?.terrain;
    expect((terrain?.columns ?? 1e9) * (terrain?.rows ?? 1e9)).toBeLessThanOrEqual(20_000);
    for (const [c, r] of [
      [0, 0],
      [399, 399],
      [133, 77],
      [250, 311],
    ] as const)
      expect(Math.abs(read(result, c / 399, 1 - r / 399) - height(c, r))).toBeLessThan(0.3);
  });

  test('a park without one has none', () => {
    expect(buildPark(sampleTexts()).park).not.toHaveProperty('terrain');
  });
});

describe('a grid is refused, naming file, field and mend', () => {
  const good = [
    [1, 2],
    [3, 4],
  ];
  const refused: [what: string, text: unknown, fields: string, file: string, says: RegExp][] = [
    ['no JSON', '{', '', 'dem.json', /no JSON/],
    ['no such member', { bbox, elev: good }, '', 'park.yaml', /no list "heights".*it has bbox, elev.*Name its member/],
    ['no box', { heights: good }, '', 'park.yaml', /no box of four numbers "bbox"/],
    ['rows of unequal length', { bbox, heights: [[1, 2], [3]] }, '', 'dem.json', /a row of 2 heights belongs/],
    [
      'text among the heights',
      {
        bbox,
        heights: [
          [1, '2'],
          [3, 4],
        ],
      },
      '',
      'dem.json',
      /"2" is not a number/,
    ],
    [
      'a gap without its mark',
      {
        bbox,
        heights: [
          [1, -32768],
          [3, 4],
        ],
      },
      '',
      'dem.json',
      /no height in metres.*terrain\.noData/,
    ],
    [
      'nothing known',
      {
        bbox,
        heights: [
          [null, null],
          [null, null],
        ],
      },
      '',
      'dem.json',
      /no height at all/,
    ],
    ['one row', { bbox, heights: [[1, 2, 3]] }, '', 'dem.json', /3 × 1 heights/],
    ['projected metres', { bbox: [477_000, 3_630_000, 478_000, 3_631_000], heights: good }, '', 'dem.json', /gdalwarp -t_srs EPSG:4326/],
    ['another place', { bbox: [10, 50, 11, 51], heights: good }, '', 'dem.json', /does not cover the park.*west, south, east, north/],
    ['a long list without columns', { bbox, heights: [1, 2, 3, 4] }, '', 'park.yaml', /how many are in a row/],
    ['a long list that does not fill its rows', { bbox, heights: [1, 2, 3] }, 'columns: 2', 'dem.json', /do not fill rows of 2/],
  ];
  test.each(refused)('%s', (_, text, fields, file, says) => {
    const { park, problems } = build(text, fields);
    expect(park).toBeNull();
    const problem = problems.find((p) => says.test(`${p.message} ${p.mend}`));
    expect(problem, JSON.stringify(problems, null, 1)).toMatchObject({ severity: 'error', file });
    expect(problem?.mend.length).toBeGreaterThan(5);
  });

  test('an ASCII grid with a header that lacks its cells', () => {
    const { park, problems } = build('ncols 2\nnrows 2\n1 2\n3 4\n', '', 'dem.asc');
    expect(park).toBeNull();
    expect(problems[0]).toMatchObject({ file: 'dem.asc', field: 'cellsize', mend: expect.stringContaining('ncols, nrows') });
  });

  test('a file that is not there', () => {
    const { problems } = buildPark({ ...sampleTexts(), yaml: `${sampleYaml}\nterrain: { file: lost.json }\n` });
    expect(problems[0]).toMatchObject({ severity: 'error', file: 'lost.json', mend: expect.stringContaining('terrain') });
  });

  test('a misspelt field', () => {
    const { problems } = build({ bbox, heights: good }, 'nodata: -1');
    expect(problems[0]).toMatchObject({ severity: 'error', file: 'park.yaml', field: 'terrain.nodata' });
  });
});
