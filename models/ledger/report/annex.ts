import type { Edition } from '../edition.ts';
import { type DocumentRow, type DocumentTable, fixed, partSteps, type Section, shown, stepsOf } from './document-parts.ts';
import { changedSince } from './editions.ts';
import { columnOf } from './range-sums.ts';
import type { FactorRow, UserPart } from './report-shape.ts';
import { carrierColumns, energyCells, sumCells, total, type Users } from './users-section.ts';
import type { ReportWriter } from './writer.ts';

export function methodSection(writer: ReportWriter): Section {
  const { words, report } = writer;
  const { method: text } = words;
  const { method, electricReference, heatReference } = report.park.cogeneration;
  const references = [writer.number(electricReference, 2), writer.number(heatReference, 2)] as const;
  const editions = report.editions.map(({ id }) => id).join(', ') || words.fact.none;
  return {
    id: 'method',
    title: words.section.method,
    annex: false,
    paragraphs: [
      writer.join([text.protocol, text.omitted, text.lostFuel[report.park.losses], text.scope3]),
      text.sets[report.set],
      text.interval(writer.number(report.park.interval_s / 60, 0), report.park.timeZone),
      writer.join([text.tracing, text.losses[report.park.losses]]),
      ...(report.park.hasCogeneration ? [cogenerationText(text.cogeneration, method, references)] : []),
      ...changedSince(report).method.map(({ id, method }) => text.other(String(id), method)),
      text.storage,
      text.balance,
      text.missing,
      writer.join([words.text.rounded, text.software(report.software, editions)]),
    ],
    tables: [],
  };
}

function cogenerationText(
  text: ReportWriter['words']['method']['cogeneration'],
  method: ReportWriter['report']['park']['cogeneration']['method'],
  [e, h]: readonly [string, string],
): string {
  if (method === 'energy' || method === 'carnot') return text[method];
  return text[method](e, h);
}

export function factorSection(writer: ReportWriter): Section {
  const { words, report, column } = writer;
  const changed = changedSince(report);
  const named = (editions: readonly Edition[]) => editions.map(({ id }) => id).join(', ');
  const checked = report.factors.filter(({ verified }) => verified).length;
  const usedFor = ({ uses, fallbackOf, market }: FactorRow) => {
    const named = [...new Set(uses.map(({ name }) => writer.text(name)))];
    const listed = named.length > 3 ? [...named.slice(0, 3), `+${named.length - 3}`] : named;
    const standsIn = fallbackOf.length > 0 ? [words.use.fallback(fallbackOf.map((carrier) => words.carriers[carrier]).join(', '))] : [];
    return [...listed, ...standsIn, ...(market ? [words.use.market] : [])].join('; ');
  };
  const table: DocumentTable = {
    id: 'factors',
    title: words.table.factors,
    columns: [
      column.text(words.head.factor),
      column.number(words.head.value, 1, words.unit.g),
      column.text(words.head.validFrom),
      column.text(words.head.usedFor),
      column.text(words.head.origin),
      column.text(words.head.checked),
    ],
    rows: report.factors.map((factor) => ({
      cells: [
        writer.text(factor.name),
        fixed(factor.value, 1),
        factor.validFrom,
        usedFor(factor),
        factor.source,
        factor.verified ? words.check.yes : words.check.no,
      ],
    })),
    notes: [
      ...(changed.factors.length > 0 ? [words.text.otherFactors(named(changed.factors))] : []),
      ...(changed.method.length > 0 ? [words.text.otherMethod(named(changed.method))] : []),
    ],
  };
  return {
    id: 'factors',
    title: words.section.factors,
    annex: false,
    paragraphs: [words.text.checked(String(checked), String(report.factors.length))],
    tables: [table],
  };
}

export const percentOf = (share: number | null) => (share === null ? null : fixed(share < 1 ? Math.min(99.9, share * 100) : 100, 1));
export const estimatedShare = ({ energy_Wh, estimated_Wh }: UserPart) =>
  energy_Wh === null || estimated_Wh === null || energy_Wh <= 0 ? null : estimated_Wh / energy_Wh;

export function assetSection(writer: ReportWriter, users: Users): Section {
  const { words, energy, steps, column } = writer;
  const rows: DocumentRow[] = users.groups.flatMap((group): DocumentRow[] => [
    { role: 'heading', cells: [group.name, ...users.carriers.map(() => ''), '', '', '', ''] },
    ...group.users.map(({ user, energy: own, carbon }) => ({
      cells: [
        writer.text(user.name),
        ...energyCells(writer, users, [user], own),
        shown(total(own), energy),
        writer.t(carbon),
        percentOf(estimatedShare(user)),
        percentOf(user.known),
      ],
    })),
  ]);
  rows.push({
    role: 'total',
    cells: [...sumCells(writer, users), writer.t(users.rest === 0 ? steps.attributed : steps.attributed - users.rest), '', ''],
  });
  const table: DocumentTable = {
    id: 'assets',
    title: words.table.assets,
    columns: [
      column.text(words.head.asset),
      ...carrierColumns(writer, users),
      column.MWh(words.head.all),
      column.t(words.head.carbon),
      column.percent(words.head.estimated),
      column.percent(words.head.known),
    ],
    rows,
    notes: [],
  };
  return {
    id: 'assets',
    title: words.section.assets,
    annex: true,
    paragraphs: [words.text.assets],
    tables: rows.length > 1 ? [table] : [],
  };
}

export function plantSection(writer: ReportWriter): Section {
  const { words, report, energy, carbon, steps, column } = writer;
  const plants = report.plants.filter(({ in_Wh, out_Wh }) => in_Wh !== null || out_Wh !== null);
  const stacks = plants.map(({ stack_mg }) => stack_mg);
  const stack = partSteps(stacks, carbon, stackTotal(stacks, columnOf(report.totals, 'stack.mg'), steps.enters[0]));
  const table: DocumentTable = {
    id: 'plants',
    title: words.table.plants,
    columns: [
      column.text(words.head.asset),
      column.text(words.head.kind),
      column.MWh(words.head.in),
      column.MWh(words.head.out),
      column.percent(words.head.ratio),
      column.t(words.head.stack),
      column.percent(words.head.estimated),
    ],
    rows: plants.map(({ name, kind, takes, gives, burns, in_Wh, out_Wh, estimatedShare }, i) => ({
      cells: [
        writer.text(name),
        words.kinds[kind],
        takes ? shown(stepsOf(in_Wh, energy), energy) : '',
        gives ? shown(stepsOf(out_Wh, energy), energy) : '',
        in_Wh !== null && out_Wh !== null && in_Wh > 0 && !kind.endsWith('Connection') ? fixed((out_Wh / in_Wh) * 100, 1) : '',
        burns ? writer.t(stack[i] as number) : '',
        percentOf(estimatedShare) ?? '',
      ],
    })),
    notes: [],
  };
  return {
    id: 'plants',
    title: words.section.plants,
    annex: true,
    paragraphs: [words.text.plants],
    tables: plants.length > 0 ? [table] : [],
  };
}

/** The shown total of the stacks, if they are all of it; else NaN. */
function stackTotal(stacks: readonly (number | null)[], whole: number | null, steps: number | undefined): number {
  const sum = stacks.reduce<number>((a, b) => a + (b ?? 0), 0);
  return whole === sum && steps !== undefined ? steps : Number.NaN;
}
