/** End uses by carrier, tenant and asset; what they are per square metre and per unit made; targets. */
import type { Carrier } from '../units.ts';
import type { ProductionRow, TargetRow, UserPart } from './report.ts';
import { columnOf, sumAll, sumKnown } from './report-sums.ts';
import { type Cell, fixed, makeNotes, partSteps, type Row, type Section, shares, shown, stepsOf, type Table } from './report-table.ts';
import type { Writer } from './report-writer.ts';

/** End uses of one tenant, in steps that sum to the tenant's, which sum to the park's. */
interface Group {
  tenant: string | null;
  name: string;
  users: { user: UserPart; energy: number[]; carbon: number }[];
  floorArea_m2: number;
  /** By the columns of `carriers`, in energy steps. */
  energy: number[];
  carbon: number;
}

/** Energy by column: empty where no user has such a port, null where it is unknown. */
export function energyCells(writer: Writer, users: Users, of: readonly UserPart[], energy: readonly number[]): Cell[] {
  return users.carriers.map((column, c) => {
    const has = of.some(({ carriers }) =>
      column === null ? carriers.some((carrier) => !users.carriers.includes(carrier)) : carriers.includes(column),
    );
    return has ? shown(energy[c] as number, writer.energy) : '';
  });
}

export interface Users {
  /** Columns of energy; null gathers the rest. */
  carriers: (Carrier | null)[];
  energy: number[];
  groups: Group[];
  /** Carbon of end uses that no asset tells. */
  rest: number;
}

const mostCarriers = 5;

/** Rounded from the park down: carriers, then tenants, then assets, so that all three tables agree. */
export function shareOut(writer: Writer): Users {
  const { report, energy, carbon, steps } = writer;
  const present = report.carriers.map(({ carrier }) => carrier);
  const named: (Carrier | null)[] = present.length > mostCarriers ? [...present.slice(0, mostCarriers - 1), null] : present;
  const inColumn = (user: UserPart, column: Carrier | null) =>
    column !== null ? (user.Wh[column] ?? null) : sumKnown(present.slice(mostCarriers - 1).map((carrier) => user.Wh[carrier] ?? null));
  const sumOf = (users: readonly UserPart[], column: Carrier | null) => sumKnown(users.map((user) => inColumn(user, column)));
  const columns = partSteps(
    named.map((column) => sumOf(report.users, column)),
    energy,
  );
  const ids = [...new Set(report.users.map((user) => user.tenant))];
  const sets = ids.map((id) => report.users.filter((user) => user.tenant === id));
  const byColumn = named.map((column, c) =>
    partSteps(
      sets.map((users) => sumOf(users, column)),
      energy,
      columns[c] as number,
    ),
  );
  const listed = sumKnown(report.users.map((user) => user.mg));
  const attributed = columnOf(report.totals, 'attributed.mg');
  const unlisted = attributed === null || listed === null ? 0 : attributed - listed;
  const carbonSteps = partSteps([...sets.map((users) => sumKnown(users.map((user) => user.mg))), unlisted], carbon, steps.attributed);
  const groups = sets.map((users, g): Group => {
    const own = byColumn.map((steps) => steps[g] as number);
    const total = carbonSteps[g] as number;
    const carbonOf = partSteps(
      users.map((user) => user.mg),
      carbon,
      total,
    );
    const energyOf = named.map((column, c) =>
      partSteps(
        users.map((user) => inColumn(user, column)),
        energy,
        own[c] as number,
      ),
    );
    const tenant = ids[g] ?? null;
    const name = report.tenants.find(({ id }) => id === tenant)?.name;
    return {
      tenant,
      name: name ? writer.text(name) : (tenant ?? writer.words.row.park),
      users: users
        .map((user, i) => ({ user, energy: energyOf.map((steps) => steps[i] as number), carbon: carbonOf[i] as number }))
        .sort((a, b) => (b.user.mg ?? -1) - (a.user.mg ?? -1)),
      floorArea_m2: users.reduce((sum, user) => sum + user.floorArea_m2, 0),
      energy: own,
      carbon: total,
    };
  });
  const weight = (group: Group) => (Number.isNaN(group.carbon) ? -1 : group.carbon);
  groups.sort((a, b) => Number(a.tenant === null) - Number(b.tenant === null) || weight(b) - weight(a));
  return { carriers: named, energy: columns, groups, rest: unlisted === 0 ? 0 : (carbonSteps.at(-1) as number) };
}

/** NaN parts are unknown, and left out. */
export function total(steps: readonly number[]): number {
  const known = steps.filter((step) => !Number.isNaN(step));
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : Number.NaN;
}

export function usersSection(writer: Writer, users: Users): Section {
  const { words } = writer;
  return {
    id: 'users',
    title: words.section.users,
    annex: false,
    paragraphs: [words.text.users],
    tables: [carrierTable(writer), tenantTable(writer, users)].filter((table) => table.rows.length > 1),
  };
}

function carrierTable(writer: Writer): Table {
  const { words, report, energy, carbon, steps, column } = writer;
  const parts = report.carriers;
  const MWh = partSteps(
    parts.map(({ Wh }) => Wh),
    energy,
  );
  const listed = sumKnown(parts.map(({ mg }) => mg));
  const attributed = columnOf(report.totals, 'attributed.mg');
  const unlisted = attributed === null || listed === null ? 0 : attributed - listed;
  const mg = [...parts.map((part) => part.mg), ...(unlisted === 0 ? [] : [unlisted])];
  const t = partSteps(mg, carbon, steps.attributed);
  const share = shares(mg.map((part) => (part !== null && part < 0 ? 0 : part)));
  const rows: Row[] = parts.map(({ carrier, Wh, mg }, i) => ({
    cells: [
      words.carriers[carrier],
      shown(MWh[i] as number, energy),
      writer.t(t[i] as number),
      share[i] ?? null,
      Wh > 0 && mg !== null ? fixed(mg / Wh, 0) : null,
    ],
  }));
  if (unlisted !== 0) rows.push({ cells: [words.row.unattributed, '', writer.t(t.at(-1) as number), share.at(-1) ?? null, ''] });
  const allWh = sumKnown(parts.map(({ Wh }) => Wh));
  rows.push({
    role: 'total',
    cells: [
      words.row.sum,
      shown(total(MWh), energy),
      writer.t(steps.attributed),
      Number.isNaN(steps.attributed) ? null : 100,
      attributed !== null && allWh !== null && allWh > 0 ? fixed(attributed / allWh, 0) : null,
    ],
  });
  return {
    id: 'carriers',
    title: words.table.carriers,
    columns: [
      column.text(words.head.carrier),
      column.MWh(words.head.energy),
      column.t(words.head.carbon),
      column.percent(words.head.share),
      column.g(words.head.intensity),
    ],
    rows,
    notes: [],
    bar: 3,
  };
}

export function carrierColumns(writer: Writer, users: Users) {
  const { words, column } = writer;
  return users.carriers.map((carrier) => column.MWh(carrier === null ? words.head.otherCarriers : words.carriers[carrier]));
}

function tenantTable(writer: Writer, users: Users): Table {
  const { words, energy, steps, column } = writer;
  const share = shares([...users.groups.map((group) => (Number.isNaN(group.carbon) ? null : group.carbon)), Math.max(0, users.rest)]);
  const rows: Row[] = users.groups.map((group, g) => ({
    cells: [
      group.name,
      ...energyCells(
        writer,
        users,
        group.users.map(({ user }) => user),
        group.energy,
      ),
      shown(total(group.energy), energy),
      writer.t(group.carbon),
      share[g] ?? null,
    ],
  }));
  if (users.rest !== 0)
    rows.push({ cells: [words.row.unattributed, ...users.carriers.map(() => ''), '', writer.t(users.rest), share.at(-1) ?? null] });
  rows.push({
    role: 'total',
    cells: [
      words.row.sum,
      ...users.energy.map((step) => shown(step, energy)),
      shown(total(users.energy), energy),
      writer.t(steps.attributed),
      Number.isNaN(steps.attributed) ? null : 100,
    ],
  });
  return {
    id: 'tenants',
    title: words.table.tenants,
    columns: [
      column.text(words.head.tenant),
      ...carrierColumns(writer, users),
      column.MWh(words.head.all),
      column.t(words.head.carbon),
      column.percent(words.head.share),
    ],
    rows,
    notes: [],
    bar: users.carriers.length + 3,
  };
}

export function heldSection(writer: Writer, users: Users): Section {
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

function targetTable(writer: Writer): Table {
  const { words, report, column } = writer;
  const notes = makeNotes();
  const digitsOf = ({ unit, actual, target }: TargetRow) =>
    unit === '%' || (unit === 'kgCO2e/m2' && Math.abs(actual.value ?? target.value ?? 0) < 100)
      ? 1
      : unit === 'tCO2e'
        ? writer.carbon.digits
        : 0;
  const units = { tCO2e: words.unit.t, 'kgCO2e/m2': words.unit.kgPerM2, 'gCO2e/kWh': words.unit.g, '%': words.unit.percent };
  const rows = report.targets.map((row): Row => {
    const { target, actual, unit, indicator } = row;
    const digits = digitsOf(row);
    const cell = (known: TargetRow['target']): Cell =>
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

function densityTable(writer: Writer, users: Users): Table {
  const { words, report, energy, carbon, column } = writer;
  const perArea = (steps: number, step: number, unit: number, area: number) =>
    Number.isNaN(steps) || area <= 0 ? null : fixed((steps * step) / unit / area, 1);
  const area = users.groups.reduce((sum, group) => sum + group.floorArea_m2, 0);
  const rows: Row[] = users.groups
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

function productionTable(writer: Writer): Table {
  const { words, report, column } = writer;
  const notes = makeNotes();
  const per = ({ amount }: ProductionRow, value: number | null, unit: number): Cell => {
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
