import { describe, expect, test } from 'vitest';
import { matches, type Row, sorted } from '../../../../client/panels/table/rows.ts';

const rows = ['Hall 10', 'hall 2', 'Office'].map(
  (name) => ({ name, kind: 'Building', text: `${name} building works`.toLowerCase() }) as Row,
);

describe('the table', () => {
  test('finds by every word, in any order and case', () => {
    expect(rows.filter((row) => matches(row, ['WORKS', 'hall'])).map((row) => row.name)).toEqual(['Hall 10', 'hall 2']);
    expect(rows.filter((row) => matches(row, ['hall', 'nowhere']))).toEqual([]);
  });

  test('sorts names as people count', () => {
    const names = sorted(rows, { column: 'name', descending: false }, (row) => row.name, 'en').map((row) => row.name);
    expect(names).toEqual(['hall 2', 'Hall 10', 'Office']);
  });

  test('puts unknown numbers last in either direction, and zero where zero belongs', () => {
    const value: Record<string, number> = { 'Hall 10': Number.NaN, 'hall 2': 0, Office: 5 };
    const by = (descending: boolean) =>
      sorted(rows, { column: 'power', descending }, (row) => value[row.name] as number, 'en').map((r) => r.name);
    expect(by(false)).toEqual(['hall 2', 'Office', 'Hall 10']);
    expect(by(true)).toEqual(['Office', 'hall 2', 'Hall 10']);
  });
});
