/** Makes cells for spreadsheets. Text that a spreadsheet would take for a formula is escaped. */
import { type DocumentColumn, type DocumentRow, type DocumentTable, readCell } from '../../models/ledger/report/document-parts.ts';

/** `=HYPERLINK(…)` in a name must stay a name, also when a person saves the sheet as text and opens it again. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** A head with its unit, so that cells are bare numbers. */
function headOf({ head, unit }: DocumentColumn): string {
  return harmless(unit === undefined || unit === '' ? head : `${head} (${unit})`);
}

/** Column heads; a repeated head gets a number, because two periods may both be followed by "Change (%)". */
export function headsOf({ columns }: DocumentTable): string[] {
  const heads = columns.map(headOf);
  return heads.map((head, i) => {
    const earlier = heads.slice(0, i).filter((other) => other === head).length;
    return earlier === 0 ? head : `${head} ${earlier + 1}`;
  });
}

export type Spelt = { text: string } | { value: number; digits: number } | null;

/** A row as long as the table has columns: text, a number with its digits, or null for unknown. */
export function spellRow({ columns }: DocumentTable, { cells }: DocumentRow): Spelt[] {
  return columns.map((column, c) => {
    const { value, digits } = readCell(cells[c] ?? null);
    if (value === null || value === '') return null;
    return typeof value === 'string' ? { text: harmless(value) } : { value, digits: digits ?? column.digits ?? 0 };
  });
}
