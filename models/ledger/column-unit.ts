/** The unit of a column of the ledger. */
export const columnUnits = ['Wh', 'mg', 'count'] as const;
export type ColumnUnit = (typeof columnUnits)[number];

export function unitOf(column: string): ColumnUnit {
  if (column.endsWith('.Wh')) return 'Wh';
  return column.endsWith('.mg') ? 'mg' : 'count';
}
