/** The sections of the greenhouse gas inventory: scopes and their sources, and their course over the period. */

import { rest } from './breakdown.ts';
import {
  type DocumentCell,
  type DocumentFigure,
  type DocumentTable,
  fixed,
  makeNotes,
  partSteps,
  type Section,
  shares,
  shown,
  stepsOf,
} from './document-parts.ts';
import { columnOf, coverageOf, sumAll } from './range-sums.ts';
import type { Comparison, Part, TimeRow } from './report-shape.ts';
import { changeInWords, coverageText, type ReportWriter, scopeSteps } from './writer.ts';

export function inventorySection(writer: ReportWriter): Section {
  const { words, report } = writer;
  const instruments = report.marketMethod?.instruments ?? [];
  const list = instruments.map(({ name, energy_Wh, gPerKwh }) =>
    [
      writer.text(name),
      ...(energy_Wh === null ? [] : [writer.MWh(energy_Wh)]),
      ...(gPerKwh === null ? [] : [`${writer.number(gPerKwh, 0)} ${words.unit.g}`]),
    ].join(', '),
  );
  const matching = report.marketMethod?.matching;
  const how = matching === 'hour' || matching === 'month' || matching === 'year' ? words.text.matching[matching] : words.text.matching.year;
  return {
    id: 'inventory',
    title: words.section.inventory,
    annex: false,
    paragraphs: [words.text.twoMethods, list.length > 0 ? words.text.instruments(how, list.join('; ')) : words.text.noInstruments],
    tables: [
      inventoryTable(writer),
      sourceTable(writer, 'scope1', words.table.scope1, words.head.fuel, report.scope1, writer.steps.scope1),
      sourceTable(writer, 'scope2', words.table.scope2, words.head.bought, report.scope2, writer.steps.scope2),
    ].filter((table) => table.rows.length > 0),
  };
}

function inventoryTable(writer: ReportWriter): DocumentTable {
  const { words, report, steps, column, carbon } = writer;
  const notes = makeNotes();
  const sums = report.totals;
  // For a year, the period before and the same period of the year before are the same.
  const others = report.previous.period.id === report.yearBefore.period.id ? [report.previous] : [report.previous, report.yearBefore];
  const compared = others.map((other) => ({
    other,
    ...scopeSteps(other, carbon),
    market: stepsOf(other.market.value, carbon),
  }));
  const why = ({ period, ...other }: Comparison) =>
    coverageOf(sums) < 0.95 ? words.why.notComparableNow : words.why.notComparable(writer.periodName(period), coverageText(writer, other));
  const row = (
    label: string | DocumentCell,
    now: number,
    share: number | '' | null,
    then: (of: (typeof compared)[number]) => number,
    missing: string,
    role?: 'total' | 'memo',
  ) => ({
    cells: [
      label,
      writer.orWhy(now, notes, missing),
      share,
      ...compared.flatMap((of) => {
        if (!of.other.comparable) return [notes.missing(why(of.other)), ''];
        return [writer.orWhy(then(of), notes, missing), changeInWords(now, then(of)) ?? ''];
      }),
    ] as DocumentCell[],
    ...(role && { role }),
  });
  const single = (name: string) => (of: (typeof compared)[number]) => stepsOf(columnOf(of.other, name), carbon);
  const now = (name: string) => stepsOf(columnOf(sums, name), carbon);
  const [share1 = null, share2 = null] = Number.isNaN(steps.total) ? [] : shares([steps.scope1, steps.scope2]);
  const unknown = words.why.notKnown;
  const marketWhy = report.market.why === null ? unknown : words.why[report.market.why];
  const rows: DocumentTable['rows'] = [
    row(words.row.scope1, steps.scope1, share1, (of) => of.scope1, unknown),
    row(words.row.scope2, steps.scope2, share2, (of) => of.scope2, unknown),
    row(words.row.total, steps.total, Number.isNaN(steps.total) ? null : 100, (of) => of.total, unknown, 'total'),
    row(words.row.scope2Market, steps.market, '', (of) => of.market, marketWhy, 'memo'),
    row(words.row.totalMarket, steps.totalMarket, '', (of) => of.scope1 + of.market, marketWhy, 'memo'),
  ];
  const memos = [
    ['biogenic.mg', words.row.biogenic],
    ['exported.mg', words.row.exported],
    ['importLifecycle.mg', words.row.lifecycle],
  ] as const;
  for (const [name, label] of memos) {
    if (columnOf(sums, name) !== null) rows.push(row(label, now(name), '', single(name), unknown, 'memo'));
  }
  notes.of(words.why.noAvoided);
  return {
    id: 'inventory',
    title: words.table.inventory,
    columns: [
      column.text(words.head.line),
      column.t(writer.periodName(report.period)),
      column.percent(words.head.share),
      ...others.flatMap(({ period }) => [column.t(writer.periodName(period)), column.percent(words.head.change, true)]),
    ],
    rows,
    notes: notes.texts,
  };
}

function sourceTable(
  writer: ReportWriter,
  id: string,
  title: string,
  energyHead: string,
  parts: readonly Part[],
  total: number,
): DocumentTable {
  const { words, column, energy } = writer;
  const kinds = words.kinds;
  const t = partSteps(
    parts.map((part) => part.mg),
    writer.carbon,
    total,
  );
  const share = shares(parts.map((part) => part.mg));
  const Wh = parts.map((part) => part.Wh);
  const MWh = partSteps(Wh, energy);
  const rows: DocumentTable['rows'] = parts.map((part, i) => ({
    cells: [
      part.id === rest ? words.row.rest : writer.text(part.name),
      part.kind === null ? '' : kinds[part.kind],
      shown(MWh[i] as number, energy),
      writer.t(t[i] as number),
      share[i] ?? null,
    ],
  }));
  if (parts.length > 1) {
    const sum = MWh.filter((steps) => !Number.isNaN(steps)).reduce((a, b) => a + b, 0);
    rows.push({ cells: [words.row.sum, '', shown(sum, energy), writer.t(total), Number.isNaN(total) ? null : 100], role: 'total' });
  }
  return {
    id,
    title,
    columns: [
      column.text(words.head.source),
      column.text(words.head.kind),
      column.MWh(energyHead),
      column.t(words.head.emissions),
      column.percent(words.head.share),
    ],
    rows,
    notes: [],
    bar: 4,
  };
}

export function timeSection(writer: ReportWriter): Section {
  const { words, report, steps, carbon, energy, column } = writer;
  const daily = report.period.kind === 'month';
  const notes = makeNotes();
  const of = (name: string) => report.rows.map((row) => columnOf(row, name));
  const scope1 = partSteps(of('scope1.mg'), carbon, steps.scope1);
  const scope2 = partSteps(of('scope2Location.mg'), carbon, steps.scope2);
  const market = marketSteps(report.rows, report.market.value, writer);
  // Life-cycle figures have no Scopes: the carbon of end uses is shown instead.
  const lifecycle = report.set === 'lifecycle';
  const carried = partSteps(of('attributed.mg'), carbon, steps.attributed);
  const name = (row: TimeRow) => (daily ? words.period.day(row.id) : words.period.monthShort(row.id));
  const energies = ['import.Wh', 'export.Wh', 'consumption.Wh'].map((column) =>
    partSteps(of(column), energy, stepsOf(columnOf(report.totals, column), energy)),
  );
  const intensity = (sums: Pick<TimeRow, 'columns'>) => {
    const [mg, Wh] = [sums.columns['consumption.mg'] ?? null, sums.columns['consumption.Wh'] ?? null];
    return mg === null || Wh === null || Wh <= 0 ? null : fixed(mg / Wh, 0);
  };
  const accounted = (row: TimeRow) => {
    const share = coverageOf(row);
    return fixed(share < 1 ? Math.min(99.9, share * 100) : 100, 1);
  };
  if (!daily) notes.of(words.text.monthsRounded);
  // Rows after the last accounted one are left out: days to come must not look empty.
  const over = report.rows.findLastIndex(({ intervals }) => intervals > 0) + 1;
  const rows: DocumentTable['rows'] = report.rows.slice(0, over).map((row, i) => ({
    cells: [
      name(row),
      ...(lifecycle
        ? [writer.t(carried[i] as number)]
        : [
            writer.t(scope1[i] as number),
            writer.t(scope2[i] as number),
            writer.t((scope1[i] as number) + (scope2[i] as number)),
            ...(market === null ? [] : [writer.t(market[i] as number)]),
          ]),
      ...energies.map((steps) => shown(steps[i] as number, energy)),
      intensity(row),
      accounted(row),
    ],
  }));
  const marketWhy = report.market.why === null ? words.why.notKnown : words.why[report.market.why];
  rows.push({
    role: 'total',
    cells: [
      words.row.sum,
      ...(lifecycle
        ? [writer.t(steps.attributed)]
        : [
            writer.t(steps.scope1),
            writer.t(steps.scope2),
            writer.t(steps.total),
            ...(market === null ? [] : [writer.orWhy(steps.market, notes, marketWhy)]),
          ]),
      ...['import.Wh', 'export.Wh', 'consumption.Wh'].map((column) => shown(stepsOf(columnOf(report.totals, column), energy), energy)),
      intensity(report.totals),
      accounted({ ...report.totals, id: '', market: report.market }),
    ],
  });
  const figure: DocumentFigure = {
    title: lifecycle ? words.key.attributed : words.figure.time,
    unit: words.unit.t,
    digits: carbon.digits,
    series: lifecycle ? [words.row.attributed] : [words.head.scope1, words.head.scope2],
    bars: report.rows.map((row, i) => ({
      label: daily ? String(Number(row.id.slice(8))) : words.period.monthShort(row.id),
      values: (lifecycle ? [carried] : [scope1, scope2]).map((of) => shown(of[i] as number, carbon)),
    })),
  };
  const table: DocumentTable = {
    id: 'time',
    title: words.table.time[daily ? 'day' : 'month'],
    columns: [
      column.text(words.head.period),
      ...(lifecycle
        ? [column.t(words.row.attributed)]
        : [
            column.t(words.head.scope1),
            column.t(words.head.scope2),
            column.t(words.head.total12),
            ...(market === null ? [] : [column.t(words.head.market)]),
          ]),
      column.MWh(words.head.import),
      column.MWh(words.head.export),
      column.MWh(words.head.used),
      column.g(words.head.intensity),
      column.percent(words.head.accounted),
    ],
    rows,
    notes: notes.texts,
  };
  return { id: 'time', title: words.section.time, annex: false, paragraphs: [], figure, tables: [table] };
}

/** Null where rows have no figures of their own: instruments are matched over a longer time than a row. */
function marketSteps(rows: readonly TimeRow[], whole: number | null, { carbon, steps }: ReportWriter): number[] | null {
  const parts = rows.map((row) => (row.intervals === 0 ? null : row.market.value));
  if (whole === null) return null;
  const known = rows.filter((row) => row.intervals > 0).map((row) => row.market.value);
  const sum = sumAll(known);
  if (sum === null || Math.abs(sum - whole) > rows.length) return null;
  return partSteps(parts, carbon, steps.market);
}
