import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, toCsv } from '../../../client/charts/table-data.ts';

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', "'+1"],
  ['-cmd', "'-cmd"],
  ['@sum', "'@sum"],
  ['  =1', "'  =1"],
  ['a,b', '"a,b"'],
])('text %j is written so that no spreadsheet runs it', (text, written) => {
  expect(csvCell(text)).toBe(written);
});

test('numbers stay numbers, zero is 0, unknown is empty', () => {
  expect([-1.5, 0, null, Number.NaN].map(csvCell)).toEqual(['-1.5', '0', '', '']);
});

test('whatever is written reads back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
      const csv = toCsv({ columns: [{ name: 'Name' }, { name: 'Note' }], rows }, []);
      const [head, ...read] = parse(csv, { bom: true, relaxColumnCount: true, skipEmptyLines: false }) as string[][];
      expect(head).toEqual(['Name', 'Note']);
      expect(read).toEqual(rows.map((row) => row.map((cell) => (/^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))));
    }),
  );
});

test('a unit stands in the head, notes before it', () => {
  const csv = toCsv({ columns: [{ name: 'Energy', unit: 'kWh' }], rows: [[1]] }, ['Park, October']);
  expect(csv).toBe('\uFEFF"Park, October"\r\nEnergy (kWh)\r\n1\r\n');
});
