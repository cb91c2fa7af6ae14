/**
 * A report as a document: sections, tables, a figure, already rounded and worded in one language. The page, the
 * spreadsheet and the text file all show this, so that a figure is the same in each.
 */
import type { Language } from '../../languages.ts';
import { roundParts, roundTo } from '../../rounding.ts';

/** Text, a number in the column's unit, or null: unknown. */
export type Plain = string | number | null;
/** `note`: number of the table's note that explains it, from 1. `digits`: for tables whose rows differ in unit. */
export type DocumentCell = Plain | { value: Plain; note?: number; digits?: number };

export interface DocumentColumn {
  head: string;
  unit?: string;
  /** Digits after the point; null: text. */
  digits: number | null;
  /** A change: its sign is always shown. */
  signed?: boolean;
}

export interface DocumentRow {
  cells: DocumentCell[];
  /** heading: names the rows under it · total: their sum · memo: beside the sums */
  role?: 'heading' | 'total' | 'memo';
}

export interface DocumentTable {
  /** For links and file names. */
  id: string;
  title: string;
  columns: DocumentColumn[];
  rows: DocumentRow[];
  notes: string[];
  /** Index of the column that is also drawn as a bar. */
  bar?: number;
}

export interface DocumentFigure {
  title: string;
  unit: string;
  digits: number;
  series: string[];
  /** One value per series; null: unknown. */
  bars: { label: string; values: (number | null)[] }[];
}

export interface Section {
  id: string;
  title: string;
  /** On pages of its own, after the report proper. */
  annex: boolean;
  paragraphs: string[];
  figure?: DocumentFigure;
  tables: DocumentTable[];
}

export interface KeyFigure {
  label: string;
  value: number | null;
  digits: number;
  unit: string;
  note: string;
}

export interface ReportDocument {
  language: Language;
  title: string;
  park: string;
  period: string;
  range: string;
  /** What must not be overlooked: fictional, simulated, preliminary. */
  marks: string[];
  facts: { label: string; value: string }[];
  keyFigures: KeyFigure[];
  summary: string[];
  sections: Section[];
  credits: string[];
}

/** The value of a cell, the number of its note and its digits. */
export function readCell(cell: DocumentCell): { value: Plain; note: number | null; digits: number | null } {
  if (typeof cell !== 'object' || cell === null) return { value: cell, note: null, digits: null };
  return { value: cell.value, note: cell.note ?? null, digits: cell.digits ?? null };
}

/** How a quantity is shown: so many digits after the point, of `unit` Wh or mg each. */
export interface Precision {
  digits: number;
  /** Wh or mg of the last digit shown. */
  step: number;
}

/** About five digits for the total, so that a part of one hundredth still shows some digits. */
export function precisionFor(total: number | null, unit: number): Precision {
  const size = total === null ? 0 : Math.abs(total) / unit;
  const digits = size >= 1000 ? 1 : size >= 100 ? 2 : 3;
  return { digits, step: unit / 10 ** digits };
}

/** Steps as the number that is shown; null for unknown. */
export function shown(steps: number, { digits }: Precision): number | null {
  return Number.isNaN(steps) ? null : Number((steps / 10 ** digits).toFixed(digits));
}

/** Steps of a quantity on its own. */
export function stepsOf(value: number | null, { step }: Precision): number {
  return value === null ? Number.NaN : roundTo(value, step);
}

/** Steps of parts that sum to `total` steps where that is known. */
export function partSteps(parts: readonly (number | null)[], { step }: Precision, total = Number.NaN): number[] {
  const exact = parts.map((part) => part ?? Number.NaN);
  return roundParts(exact, step, Number.isNaN(total) ? undefined : total);
}

/** Per cent of parts with one digit; they sum to 100.0. */
export function shares(parts: readonly (number | null)[]): (number | null)[] {
  const known = parts.filter((part): part is number => part !== null);
  const sum = known.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) return parts.map(() => null);
  const steps = roundParts(
    parts.map((part) => (part === null ? Number.NaN : (part / sum) * 1000)),
    1,
    1000,
  );
  return steps.map((tenth) => (Number.isNaN(tenth) ? null : tenth / 10));
}

/** A value on its own with so many digits; null where it is no number. */
export function fixed(value: number | null, digits: number): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : rounded;
}

export interface Notes {
  texts: string[];
  /** The number of a note; the same text has the same one. */
  of(text: string): number;
  /** Unknown, with its reason. */
  missing(text: string): DocumentCell;
}

export function makeNotes(): Notes {
  const texts: string[] = [];
  const of = (text: string) => {
    const at = texts.indexOf(text);
    return at === -1 ? texts.push(text) : at + 1;
  };
  return { texts, of, missing: (text) => ({ value: null, note: of(text) }) };
}
