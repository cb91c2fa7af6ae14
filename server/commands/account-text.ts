/** An account as JSON for programs and as tables for people. */

import type { LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import { monthOf } from '../../models/time/calendar.ts';
import type { AccountRange, AccountRequest } from './account-range.ts';
import { type AccountSums, marketBasedOf, totalOf, unknownIn } from './account-sums.ts';

export interface Account {
  request: AccountRequest;
  schema: LedgerSchema;
  sums: AccountSums;
  range: AccountRange;
  /** Whether the requested set could be accounted; if not, only energies and the life-cycle import are given. */
  available: boolean;
}

/** The account as JSON; null = the value is unknown or not available. */
export interface AccountAnswer {
  from: string;
  to: string;
  intervals: number;
  flagged: number;
  scope1_t: number | null;
  scope2_locationBased_t: number | null;
  scope2_marketBased_t: number | null;
  importLifecycle_t: number | null;
  import_MWh: number | null;
  export_MWh: number | null;
  netLoad_MWh: number | null;
  grossLoad_MWh: number | null;
  days: { date: string; intervals: number; scope2_locationBased_t: number | null }[];
  factors: string;
  method: string;
}

const tonnes = (mg: number | null): number | null => (mg === null ? null : mg / 1e9);
const MWh = (Wh: number | null): number | null => (Wh === null ? null : Wh / 1e6);

export function accountAnswer({ request, schema, sums, available }: Account): AccountAnswer {
  // Scopes are inventories of direct emissions, so figures with life-cycle factors are not Scope figures.
  const scopes = available && request.factors === 'direct';
  const scope = (column: string) => (scopes ? tonnes(totalOf(sums, column)) : null);
  const byDay = sums.days.columns.get('scope2Location.mg');
  return {
    from: request.from,
    to: request.to,
    intervals: sums.days.intervals.reduce((a, b) => a + b, 0),
    flagged: sums.flagged.length,
    scope1_t: scope('scope1.mg'),
    scope2_locationBased_t: scope('scope2Location.mg'),
    scope2_marketBased_t: scopes ? tonnes(marketBasedOf(sums, schema.park, schema.calendar)) : null,
    importLifecycle_t: tonnes(totalOf(sums, 'importLifecycle.mg')),
    import_MWh: MWh(totalOf(sums, 'import.Wh')),
    export_MWh: MWh(totalOf(sums, 'export.Wh')),
    netLoad_MWh: MWh(totalOf(sums, 'netLoad.Wh')),
    grossLoad_MWh: MWh(totalOf(sums, 'grossLoad.Wh')),
    days: sums.days.periods.map((date, i) => {
      const mg = byDay?.[i] ?? Number.NaN;
      return { date, intervals: sums.days.intervals[i] as number, scope2_locationBased_t: scopes && !Number.isNaN(mg) ? mg / 1e9 : null };
    }),
    factors: request.factors,
    method: methodOf(schema),
  };
}

function methodOf({ park }: LedgerSchema): string {
  const losses = park.losses === 'toLoad' ? 'losses carried by the load' : 'losses apart';
  return `proportional sharing, ${losses}; cogeneration ${park.cogeneration.method}; intervals of ${park.interval_s} s`;
}

export function accountTable(account: Account, answer: AccountAnswer): string {
  const { schema, sums, request } = account;
  const { park } = schema;
  const incomplete = (column: string) => {
    const unknown = unknownIn(sums, column);
    return unknown > 0 ? `without ${unknown} intervals in which it is unknown` : '';
  };
  const figures: [string, number | null, string, string][] = [
    ['Scope 1', answer.scope1_t, 't CO2e', incomplete('scope1.mg')],
    ['Scope 2, location-based', answer.scope2_locationBased_t, 't CO2e', incomplete('scope2Location.mg')],
    [
      'Scope 2, market-based',
      answer.scope2_marketBased_t,
      't CO2e',
      park.market === undefined ? 'the park states no contracts and no residual factor' : '',
    ],
    ['Import, life cycle', answer.importLifecycle_t, 't CO2e', 'not part of Scope 2'],
    ['Import', answer.import_MWh, 'MWh', incomplete('import.Wh')],
    ['Export', answer.export_MWh, 'MWh', incomplete('export.Wh')],
    [
      'Load, net',
      answer.netLoad_MWh,
      'MWh',
      park.siteLoad?.net === undefined ? 'the park names no point for it' : incomplete('netLoad.Wh'),
    ],
    ['Load, gross', answer.grossLoad_MWh, 'MWh', incomplete('grossLoad.Wh')],
  ];
  const lines = [
    `${park.name.en}: ${request.from} to ${request.to}, ${park.timeZone}`,
    `${grouped(answer.intervals)} intervals, ${answer.flagged} flagged · ${answer.factors} factors · ${answer.method}`,
    '',
    ...aligned(figures.map(([name, value, unit, remark]) => [name, value === null ? '–' : decimal(value, 2), unit, remark])),
    '',
    ...aligned([['Month', 'Intervals', 'Scope 2 (t)', 'Import (MWh)', 'Flagged'], ...monthRows(account)], 1),
  ];
  if (sums.flagged.length > 0) lines.push('', 'Flagged intervals', ...flaggedRows(account).map((row) => `  ${row}`));
  return lines.map((line) => line.trimEnd()).join('\n');
}

function monthRows({ sums, schema, request, available }: Account): string[][] {
  const { days } = sums;
  const scopes = available && request.factors === 'direct';
  const flaggedIn = new Map<string, number>();
  for (const time of sums.flagged) {
    const month = monthOf(localTime(time, schema));
    flaggedIn.set(month, (flaggedIn.get(month) ?? 0) + 1);
  }
  return [...new Set(days.periods.map(monthOf))].map((month) => {
    const which = [...days.periods.keys()].filter((i) => days.periods[i]?.startsWith(month));
    const sum = (column: Float64Array | undefined, unit: number) => {
      const known = which.map((i) => column?.[i] ?? Number.NaN).filter((value) => !Number.isNaN(value));
      return known.length === 0 ? '–' : decimal(known.reduce((a, b) => a + b, 0) / unit, 3);
    };
    return [
      month,
      grouped(which.reduce((n, i) => n + (days.intervals[i] as number), 0)),
      scopes ? sum(days.columns.get('scope2Location.mg'), 1e9) : '–',
      sum(days.columns.get('import.Wh'), 1e6),
      String(flaggedIn.get(month) ?? 0),
    ];
  });
}

/** The flagged intervals, consecutive ones in one line. */
function flaggedRows({ sums, schema }: Account): string[] {
  const length = schema.calendar.interval_ms;
  const rows: { from: number; to: number }[] = [];
  for (const time of sums.flagged) {
    const last = rows.at(-1);
    if (last?.to === time) last.to = time + length;
    else rows.push({ from: time, to: time + length });
  }
  return rows.map(({ from, to }) => {
    const count = (to - from) / length;
    return `${localTime(from, schema)}${count > 1 ? ` to ${localTime(to, schema).slice(11)}, ${count} intervals` : ''}`;
  });
}

/** 2019-11-03 01:30 -08:00 */
function localTime(time: number, { calendar }: LedgerSchema): string {
  const offset = calendar.offset(time);
  const local = new Date(time + offset).toISOString();
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Columns side by side: the first to the left, numbers to the right. */
function aligned(rows: readonly string[][], numbersFrom = 1): string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => (row[c] ?? '').length)));
  const isNumber = (text: string) => /^[–\d,.-]+$/.test(text);
  return rows.map((row, r) =>
    row
      .map((cell, c) => {
        const right = c >= numbersFrom && (isNumber(cell) || (r === 0 && isNumber(rows[1]?.[c] ?? '')));
        return right ? cell.padStart(widths[c] as number) : cell.padEnd(widths[c] as number);
      })
      .join('  '),
  );
}

function decimal(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
