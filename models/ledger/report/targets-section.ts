/** The section that compares the period with targets, floor area and production. */

import { type DocumentCell, type DocumentRow, type DocumentTable, fixed, makeNotes, type Section, stepsOf } from './document-parts.ts';
import { columnOf, sumAll } from './range-sums.ts';
import type { ProductionRow, TargetRow } from './report-shape.ts';
import { total, type Users } from './users-section.ts';
import type { ReportWriter } from './writer.ts';

export function heldSection(writer: ReportWriter, users: Users): Section {
  const { words, report } = writer;
  const assumed = report.users.filter((user) => user.floorArea_m2 > 0 && user.areaAssumed).length;
  return {
    id: 'held',
    title: words.section.held,
    annex: false,
    paragraphs: [
      ...(report.targets.length > 0 ? [words.text.targets] : []),
      ...(assumed > 0 ? [words.text.floorAssumed(String(assumed))] : []),
    ],
    tables: [targetTable(writer), densityTable(writer, users), productionTable(writer)].filter((table) => table.rows.length > 0),
  };
}

function targetTable(writer: ReportWriter): DocumentTable {
  const { words, report, column } = writer;
  const notes = makeNotes();
  const digitsOf = ({ unit, actual, target }: TargetRow) =>
    unit === '%' || (unit === 'kgCO2e/m2' && Math.abs(actual.value ?? target.value ?? 0) < 100)
      ? 1
      : unit === 'tCO2e'
        ? writer.carbon.digits
        : 0;
  const units = { tCO2e: words.unit.t, 'kgCO2e/m2': words.unit.kgPerM2, 'gCO2e/kWh': words.unit.g, '%': words.unit.percent };
  const rows = report.targets.map((row): DocumentRow => {
    const { target, actual, unit, indicator } = row;
    const digits = digitsOf(row);
    const cell = (known: TargetRow['target']): DocumentCell =>
      known.value === null ? notes.missing(words.why[known.why]) : { value: fixed(known.value, digits), digits };
    const least = unit === '%';
    const [goal, is] = [target.value, actual.value];
    const difference = goal === null || is === null ? null : (fixed(is, digits) ?? 0) - (fixed(goal, digits) ?? 0);
    const result =
      difference === null ? words.result.open : (least ? difference >= 0 : difference <= 0) ? words.result.met : words.result.missed;
    const name = row.name === null ? words.indicator[indicator] : writer.text(row.name);
    return { cells: [name, units[unit], cell(target), cell(actual), { value: fixed(difference, digits), digits }, result] };
  });
  return {
    id: 'targets',
    title: words.table.targets,
    columns: [
      column.text(words.head.indicator),
      column.text(words.head.unit),
      column.number(words.head.target, 0),
      column.number(words.head.actual, 0),
      { ...column.number(words.head.difference, 0), signed: true },
      column.text(words.head.result),
    ],
    rows,
    notes: notes.texts,
  };
}

function densityTable(writer: ReportWriter, users: Users): DocumentTable {
  const { words, report, energy, carbon, column } = writer;
  const perArea = (steps: number, step: number, unit: number, area: number) =>
    Number.isNaN(steps) || area <= 0 ? null : fixed((steps * step) / unit / area, 1);
  const area = users.groups.reduce((sum, group) => sum + group.floorArea_m2, 0);
  const rows: DocumentRow[] = users.groups
    .filter((group) => group.floorArea_m2 > 0)
    .map((group) => ({
      cells: [
        group.name,
        Math.round(group.floorArea_m2),
        perArea(total(group.energy), energy.step, 1e3, group.floorArea_m2),
        perArea(group.carbon, carbon.step, 1e6, group.floorArea_m2),
      ],
    }));
  const direct = sumAll([columnOf(report.totals, 'scope1.mg'), columnOf(report.totals, 'scope2Location.mg')]);
  if (area > 0) {
    const all = perArea(total(users.energy), energy.step, 1e3, area);
    rows.push({
      role: 'total',
      cells: [words.row.wholePark, Math.round(area), all, perArea(writer.steps.attributed, carbon.step, 1e6, area)],
    });
    rows.push({
      role: 'memo',
      cells: [words.row.direct, Math.round(area), '', perArea(stepsOf(direct, carbon), carbon.step, 1e6, area)],
    });
  }
  return {
    id: 'density',
    title: words.table.density,
    columns: [
      column.text(words.head.tenant),
      column.number(words.head.floor, 0, words.unit.m2),
      column.number(words.head.energy, 1, words.unit.kWhPerM2),
      column.number(words.head.carbon, 1, words.unit.kgPerM2),
    ],
    rows,
    notes: [],
  };
}

function productionTable(writer: ReportWriter): DocumentTable {
  const { words, report, column } = writer;
  const notes = makeNotes();
  const per = ({ amount }: ProductionRow, value: number | null, unit: number): DocumentCell => {
    if (amount.value === null) return notes.missing(words.why[amount.why]);
    if (value === null || amount.value <= 0) return notes.missing(words.why.notKnown);
    const each = value / unit / amount.value;
    const digits = each >= 1000 ? 0 : each >= 10 ? 1 : 2;
    return { value: fixed(each, digits), digits };
  };
  return {
    id: 'production',
    title: words.table.production,
    columns: [
      column.text(words.head.who),
      column.text(words.head.product),
      column.number(words.head.amount, 0),
      column.text(words.head.productUnit),
      column.number(words.head.perUnitEnergy, 1, 'kWh'),
      column.number(words.head.perUnitCarbon, 1, 'kg CO₂e'),
    ],
    rows: report.production.map((row) => ({
      cells: [
        row.who === null ? words.row.wholePark : writer.text(row.who),
        writer.text(row.name),
        row.amount.value === null ? notes.missing(words.why[row.amount.why]) : row.amount.value,
        writer.text(row.unit),
        per(row, row.energy_Wh, 1e3),
        per(row, row.mg, 1e6),
      ],
    })),
    notes: notes.texts,
  };
}
