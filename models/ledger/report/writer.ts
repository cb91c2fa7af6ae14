/** What every section of a report's document needs: words, formats, and the totals as they are shown everywhere. */

import type { Language } from '../../languages.ts';
import { locales } from '../../languages.ts';
import type { Text } from '../../park/park.ts';
import {
  type DocumentCell,
  type DocumentColumn,
  fixed,
  type Notes,
  type Precision,
  partSteps,
  precisionFor,
  shown,
  stepsOf,
} from './document-parts.ts';
import type { ReportPeriod } from './period.ts';
import { columnOf, coverageOf, type Sums, sumAll, sumKnown } from './range-sums.ts';
import type { Report } from './report-shape.ts';
import { reportWords } from './words.ts';
import type { ReportWords } from './words-en.ts';

/** Steps of the carbon precision; NaN: unknown. Parts sum to their totals. */
export interface CarbonSteps {
  scope1: number;
  scope2: number;
  total: number;
  market: number;
  totalMarket: number;
  /** stack, imported, other injected */
  enters: number[];
  /** attributed, unmetered, exported, storage change, losses */
  found: number[];
  /** Total of each of the two sides, if they are equal. */
  balance: number;
  attributed: number;
}

export interface ReportWriter {
  report: Report;
  language: Language;
  words: ReportWords;
  text(text: Text): string;
  /** Joins sentences to a paragraph. */
  join(sentences: readonly string[]): string;
  /** A number in words, with the language's separators. */
  number(value: number | null, digits: number): string;
  percent(fraction: number | null, digits?: number): string;
  t(steps: number): DocumentCell;
  /** With its unit, for sentences. */
  tonnes(steps: number): string;
  MWh(Wh: number | null): string;
  /** Unknown, with its reason in the notes. */
  orWhy(steps: number, notes: Notes, why: string): DocumentCell;
  periodName(period: Pick<ReportPeriod, 'id' | 'kind'>): string;
  /** A moment as text, in the park's own time zone. */
  moment(iso: string | number): string;
  carbon: Precision;
  energy: Precision;
  steps: CarbonSteps;
  column: {
    text(head: string): DocumentColumn;
    t(head: string): DocumentColumn;
    MWh(head: string): DocumentColumn;
    percent(head: string, signed?: boolean): DocumentColumn;
    g(head: string): DocumentColumn;
    number(head: string, digits: number, unit?: string): DocumentColumn;
  };
}

export function makeWriter(report: Report, language: Language): ReportWriter {
  const words = reportWords[language];
  const both = sumAll([columnOf(report.totals, 'scope1.mg'), columnOf(report.totals, 'scope2Location.mg')]);
  const carbon = precisionFor(both ?? columnOf(report.totals, 'attributed.mg'), 1e9);
  const energy = precisionFor(sumKnown(report.users.map((user) => user.energy_Wh)), 1e6);
  const formats = new Map<number, Intl.NumberFormat>();
  const number = (value: number | null, digits: number): string => {
    if (value === null || Number.isNaN(value)) return '–';
    const format =
      formats.get(digits) ??
      new Intl.NumberFormat(locales[language].formats, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
    return format.format(fixed(value, digits) ?? 0);
  };
  const clock = new Intl.DateTimeFormat(locales[language].formats, {
    timeZone: report.park.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const t = (steps: number): DocumentCell => shown(steps, carbon);
  return {
    report,
    language,
    words,
    text: (text) => text[language] ?? text.en,
    join: (sentences) => sentences.join(locales[language].space),
    number,
    percent: (fraction, digits = 1) => (fraction === null ? '–' : `${number(fraction * 100, digits)} %`),
    t,
    tonnes: (steps) => `${number(shown(steps, carbon), carbon.digits)} ${words.unit.t}`,
    MWh: (Wh) => `${number(Wh === null ? null : Wh / 1e6, Wh !== null && Math.abs(Wh) >= 1e9 ? 0 : energy.digits)} ${words.unit.MWh}`,
    orWhy: (steps, notes, why) => (Number.isNaN(steps) ? notes.missing(why) : t(steps)),
    periodName: ({ id, kind }) => words.period[kind](id),
    moment: (at) => clock.format(typeof at === 'number' ? at : Date.parse(at)),
    carbon,
    energy,
    steps: carbonSteps(report, carbon),
    column: {
      text: (head) => ({ head, digits: null }),
      t: (head) => ({ head, unit: words.unit.t, digits: carbon.digits }),
      MWh: (head) => ({ head, unit: words.unit.MWh, digits: energy.digits }),
      percent: (head, signed = false) => ({ head, unit: words.unit.percent, digits: 1, ...(signed && { signed }) }),
      g: (head) => ({ head, unit: words.unit.g, digits: 0 }),
      number: (head, digits, unit) => ({ head, digits, ...(unit !== undefined && { unit }) }),
    },
  };
}

/** Both scopes of a range, rounded so that they sum. */
export function scopeSteps(sums: Sums, precision: Precision): { scope1: number; scope2: number; total: number } {
  const [scope1 = Number.NaN, scope2 = Number.NaN] = partSteps(
    [columnOf(sums, 'scope1.mg'), columnOf(sums, 'scope2Location.mg')],
    precision,
  );
  return { scope1, scope2, total: scope1 + scope2 };
}

function carbonSteps(report: Report, precision: Precision): CarbonSteps {
  const of = (name: string) => columnOf(report.totals, name);
  const { scope1, scope2, total } = scopeSteps(report.totals, precision);
  const market = stepsOf(report.market.value, precision);
  const enters = ['stack.mg', 'imported.mg', 'otherInjected.mg'].map(of);
  const found = ['attributed.mg', 'unmetered.mg', 'exported.mg', 'storageChange.mg', 'losses.mg'].map(of);
  const balance = stepsOf(sumAll(enters), precision);
  // The two sides are equal only where both are known.
  const equal = sumAll(enters) !== null && sumAll(enters) === sumAll(found);
  const foundSteps = partSteps(found, precision, equal ? balance : Number.NaN);
  return {
    scope1,
    scope2,
    total,
    market,
    totalMarket: scope1 + market,
    enters: partSteps(enters, precision, balance),
    found: foundSteps,
    balance: equal ? balance : Number.NaN,
    attributed: foundSteps[0] ?? Number.NaN,
  };
}

/** Coverage such as "99.8 %"; less than all is never shown as 100 %. */
export function coverageText(writer: ReportWriter, sums: Pick<Sums, 'intervals' | 'expected'>): string {
  const coverage = coverageOf(sums);
  return coverage < 1 ? writer.percent(Math.min(coverage, 0.999)) : writer.percent(1, 0);
}

/** Change in per cent; null where there is nothing to compare. */
export function changeInWords(now: number, before: number): number | null {
  if (Number.isNaN(now) || Number.isNaN(before) || before === 0) return null;
  return fixed(((now - before) / before) * 100, 1);
}
