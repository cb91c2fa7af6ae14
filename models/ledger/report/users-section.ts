/** End uses by carrier, tenant and asset, rounded so that the tables agree. */
import type { Carrier } from '../../carriers.ts';
import {
  type DocumentCell,
  type DocumentRow,
  type DocumentTable,
  fixed,
  partSteps,
  type Section,
  shares,
  shown,
} from './document-parts.ts';
import { columnOf, sumKnown } from './range-sums.ts';
import type { UserPart } from './report-shape.ts';
import type { ReportWriter } from './writer.ts';

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
export function energyCells(writer: ReportWriter, users: Users, of: readonly UserPart[], energy: readonly number[]): DocumentCell[] {
  return users.carriers.map((column, c) => {
    const has = of.some(({ carriers }) =>
      column === null ? carriers.some((carrier) => !users.carriers.includes(carrier)) : carriers.includes(column),
    );
    return has ? shown(energy[c] as number, writer.energy) : '';
  });
}

/** The first cells of the row that sums all users: its name, energy by column and in all. */
export function sumCells({ words, energy }: ReportWriter, users: Users): DocumentCell[] {
  return [words.row.sum, ...users.energy.map((step) => shown(step, energy)), shown(total(users.energy), energy)];
}

export interface Users {
  /** Columns of energy; null gathers the rest. */
  carriers: (Carrier | null)[];
  energy: number[];
  groups: Group[];
  /** Carbon of end uses that is in the total but in no asset. */
  rest: number;
}

const mostCarriers = 5;

/** Rounded from the park down: carriers, then tenants, then assets, so that all three tables agree. */
export function shareOut(writer: ReportWriter): Users {
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

/** The sum of the known steps; NaN steps are unknown, and left out. */
export function total(steps: readonly number[]): number {
  const known = steps.filter((step) => !Number.isNaN(step));
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : Number.NaN;
}

export function usersSection(writer: ReportWriter, users: Users): Section {
  const { words } = writer;
  return {
    id: 'users',
    title: words.section.users,
    annex: false,
    paragraphs: [words.text.users],
    tables: [carrierTable(writer), tenantTable(writer, users)].filter((table) => table.rows.length > 1),
  };
}

function carrierTable(writer: ReportWriter): DocumentTable {
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
  const rows: DocumentRow[] = parts.map(({ carrier, Wh, mg }, i) => ({
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

export function carrierColumns(writer: ReportWriter, users: Users) {
  const { words, column } = writer;
  return users.carriers.map((carrier) => column.MWh(carrier === null ? words.head.otherCarriers : words.carriers[carrier]));
}

function tenantTable(writer: ReportWriter, users: Users): DocumentTable {
  const { words, energy, steps, column } = writer;
  const share = shares([...users.groups.map((group) => (Number.isNaN(group.carbon) ? null : group.carbon)), Math.max(0, users.rest)]);
  const rows: DocumentRow[] = users.groups.map((group, g) => ({
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
    cells: [...sumCells(writer, users), writer.t(steps.attributed), Number.isNaN(steps.attributed) ? null : 100],
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
