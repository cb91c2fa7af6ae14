import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { CsvFault, readCsv, readNumber } from '../../../models/park/csv-table.ts';
import { sampleGeoJson, sampleTexts, sampleYaml } from '../../sample-park.ts';

const cells = (text: string) => readCsv(text).rows.map((r) => r.cells);
const plain = [
  { a: '1', b: 'x' },
  { a: '2', b: 'y' },
];

describe('tables are read right', () => {
  test.each([
    ['commas', 'a,b\n1,x\n2,y\n'],
    ['semicolons', 'a;b\n1;x\n2;y\n'],
    ['tabs', 'a\tb\n1\tx\n2\ty'],
    ['a byte order mark', '\uFEFFa,b\n1,x\n2,y\n'],
    ['CRLF', 'a,b\r\n1,x\r\n2,y\r\n'],
    ['quoted cells', '"a","b"\n"1","x"\n"2","y"\n'],
    ['blank lines and spaces', 'a, b\n\n1 ,x\n2, y\n\n'],
  ])('%s', (_, text) => {
    expect(cells(text)).toEqual(plain);
  });

  test('a quoted cell may hold the separator, and line numbers stay those of the file', () => {
    const { rows } = readCsv('name,kW\n"Hall, south","1,702.85"\nOffice,3\n');
    expect(rows).toEqual([
      { line: 2, cells: { name: 'Hall, south', kW: '1,702.85' } },
      { line: 3, cells: { name: 'Office', kW: '3' } },
    ]);
  });

  test('a column may be called __proto__', () => {
    expect(cells('__proto__,b\n1,2\n')).toHaveLength(1);
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  });
});

describe('tables are refused with the row', () => {
  test.each([
    ['too few cells', 'a,b\n1,x\n2\n', /1 cells where the head has 2/, 3],
    ['too many cells', 'a,b\n1,x,9\n', /3 cells where the head has 2/, 2],
    ['duplicate columns', 'a,a\n1,2\n', /two columns "a"/, 1],
    ['a quote without end', 'a,b\n"1,x\n2,y\n', /./, undefined],
    ['a line of megabytes', `a,b\n${'x'.repeat(2_000_000)},1\n`, /Max Record Size/, undefined],
    ['nothing', '', /empty/, undefined],
  ])('%s', (_, text, says, row) => {
    let fault: unknown;
    try {
      readCsv(text);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(CsvFault);
    expect((fault as CsvFault).message).toMatch(says);
    if (row !== undefined) expect((fault as CsvFault).row).toBe(row);
  });

  test('no text at all breaks the reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          readCsv(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvFault);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a number in a cell', () => {
  test.each([
    ['1702.85', 1702.85],
    ['1,702.85', 1702.85],
    ['-1,234,567', -1234567],
    [' 3e-2 ', 0.03],
    ['0', 0],
    ['.5', 0.5],
  ])('"%s" is %d', (cell, value) => {
    expect(readNumber(cell)).toBe(value);
  });

  test.each(['', 'NaN', 'null', 'n/a', '-'])('"%s" is no value', (cell) => {
    expect(readNumber(cell)).toBeNull();
  });

  test.each(['12,5', '1.702,85', '1e400', '0x10', 'Infinity', '5 kW', '=1+1'])('"%s" is not taken for one', (cell) => {
    expect(readNumber(cell)).toBeUndefined();
  });
});

describe('a table with coordinates as a layer', () => {
  const layer = (text: string) =>
    buildPark({
      ...sampleTexts(),
      yaml: `${sampleYaml}layers:
  - {file: park.geojson}
  - {file: trees.csv, as: context, kind: tree, id: {prefix: t}, lon: x, lat: y, height_m: {property: class, map: {'1': 5, '2': 9}, default: 6}}\n`,
      files: new Map([
        ['park.geojson', sampleGeoJson],
        ['trees.csv', text],
      ]),
    });

  test('rows become points', () => {
    const { park } = layer('\uFEFFx;y;class;species\r\n120.7001;31.8501;2;oak\r\n120.7002;31.8502;;ash\r\n');
    expect(park?.context.filter((c) => c.id.startsWith('t') && c.kind === 'tree' && c.properties['species'] !== undefined)).toMatchObject([
      { id: 't1', geometry: { type: 'Point', coordinates: [120.7001, 31.8501] }, properties: { height_m: 9, species: 'oak' } },
      { id: 't2', properties: { height_m: 6, species: 'ash' } },
    ]);
  });

  test.each([
    ['a coordinate that is none', 'x,y,class\n120.7,abc,1\n', /y is "abc"/, 'row 2'],
    ['a decimal comma', 'x;y;class\n120,7;31,85;1\n', /x is "120,7"/, 'row 2'],
    ['no such column', 'lon,y,class\n1,2,3\n', /no column "x"/, 'row 1'],
    ['swapped columns', 'y,x,class\n120.7,31.85,1\n', /swapped/, 't1'],
  ])('%s is refused', (_, text, says, feature) => {
    const { park, problems } = layer(text);
    expect(park).toBeNull();
    expect(problems.find((p) => says.test(p.message))).toMatchObject({ file: 'trees.csv', feature });
  });
});
