/** How it was reckoned and what it rests on: method, factors, and the annexes that an auditor reads. */
import type { AsideReason } from '../quarantine.ts';
import { enough, type FactorRow, type UserPart } from './report.ts';
import { columnOf } from './report-sums.ts';
import { fixed, makeNotes, partSteps, type Row, type Section, shown, stepsOf, type Table } from './report-table.ts';
import { carrierColumns, energyCells, total, type Users } from './report-users.ts';
import type { Writer } from './report-writer.ts';

export function methodSection(writer: Writer): Section {
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
      writer.join([text.protocol, text.scope3]),
      text.sets[report.set],
      text.interval(writer.number(report.park.interval_s / 60, 0), report.park.timeZone),
      writer.join([text.tracing, text.losses[report.park.losses]]),
      ...(report.park.hasCogeneration ? [cogenerationText(text.cogeneration, method, references)] : []),
      text.storage,
      text.balance,
      text.missing,
      writer.join([words.text.rounded, text.software(report.software, editions)]),
    ],
    tables: [],
  };
}

function cogenerationText(
  text: Writer['words']['method']['cogeneration'],
  method: Writer['report']['park']['cogeneration']['method'],
  [e, h]: readonly [string, string],
): string {
  if (method === 'energy' || method === 'carnot') return text[method];
  return text[method](e, h);
}

export function factorSection(writer: Writer): Section {
  const { words, report, column } = writer;
  const checked = report.factors.filter(({ verified }) => verified).length;
  const usedFor = ({ uses, fallbackOf, market }: FactorRow) => {
    const named = [...new Set(uses.map(({ name }) => writer.text(name)))];
    const listed = named.length > 3 ? [...named.slice(0, 3), `+${named.length - 3}`] : named;
    const standsIn = fallbackOf.length > 0 ? [words.use.fallback(fallbackOf.map((carrier) => words.carriers[carrier]).join(', '))] : [];
    return [...listed, ...standsIn, ...(market ? [words.use.market] : [])].join('; ');
  };
  const table: Table = {
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
    notes: [],
  };
  return {
    id: 'factors',
    title: words.section.factors,
    annex: false,
    paragraphs: [words.text.checked(String(checked), String(report.factors.length))],
    tables: [table],
  };
}

const percentOf = (share: number | null) => (share === null ? null : fixed(share < 1 ? Math.min(99.9, share * 100) : 100, 1));
const estimatedShare = ({ energy_Wh, estimated_Wh }: UserPart) =>
  energy_Wh === null || estimated_Wh === null || energy_Wh <= 0 ? null : estimated_Wh / energy_Wh;

export function assetSection(writer: Writer, users: Users): Section {
  const { words, energy, steps, column } = writer;
  const rows: Row[] = users.groups.flatMap((group): Row[] => [
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
    cells: [
      words.row.sum,
      ...users.energy.map((step) => shown(step, energy)),
      shown(total(users.energy), energy),
      writer.t(users.rest === 0 ? steps.attributed : steps.attributed - users.rest),
      '',
      '',
    ],
  });
  const table: Table = {
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

export function plantSection(writer: Writer): Section {
  const { words, report, energy, carbon, steps, column } = writer;
  const plants = report.plants.filter(({ in_Wh, out_Wh }) => in_Wh !== null || out_Wh !== null);
  const stacks = plants.map(({ stack_mg }) => stack_mg);
  const stack = partSteps(stacks, carbon, stackTotal(stacks, columnOf(report.totals, 'stack.mg'), steps.enters[0]));
  const table: Table = {
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

/** The stacks' shown total, where they are all of it. */
function stackTotal(stacks: readonly (number | null)[], whole: number | null, steps: number | undefined): number {
  const sum = stacks.reduce<number>((a, b) => a + (b ?? 0), 0);
  return whole === sum && steps !== undefined ? steps : Number.NaN;
}

export function qualitySection(writer: Writer, users: Users): Section {
  const { words, report, column } = writer;
  const of = (name: string) => columnOf(report.totals, name);
  const used = of('consumption.Wh');
  const share = (part: number | null) => (part === null || used === null || used <= 0 ? null : fixed((part / used) * 100, 1));
  const rest = report.unmetered.filter(({ carrier, Wh }) => carrier === 'electricity' && Wh > 0).reduce((sum, { Wh }) => sum + Wh, 0);
  const notes = makeNotes();
  const orUnknown = (value: number | null, digits: number) => (value === null ? notes.missing(words.why.notKnown) : { value, digits });
  const quality: Table = {
    id: 'quality',
    title: words.table.quality,
    columns: [column.text(words.head.measure), column.number(words.head.value, 0), column.text(words.head.unit)],
    rows: [
      { cells: [words.row.expected, report.totals.expected, ''] },
      { cells: [words.row.intervals, report.totals.intervals, ''] },
      { cells: [words.row.flagged, orUnknown(of('flagged'), 0), ''] },
      { cells: [words.row.estimated, orUnknown(share(of('estimated.Wh')), 1), words.unit.percent] },
      { cells: [words.row.restShare, orUnknown(share(rest), 1), words.unit.percent] },
      { cells: [words.row.factorsChecked, report.factors.filter(({ verified }) => verified).length, `/ ${report.factors.length}`] },
    ],
    notes: notes.texts,
  };
  const doubtful = users.groups
    .flatMap((group) => group.users.map(({ user }) => ({ user, tenant: group.name })))
    .filter(({ user }) => user.known < enough || (estimatedShare(user) ?? 0) > 0.1)
    .sort((a, b) => a.user.known - b.user.known || (estimatedShare(b.user) ?? 0) - (estimatedShare(a.user) ?? 0));
  const doubts: Table = {
    id: 'doubts',
    title: words.table.doubts,
    columns: [
      column.text(words.head.asset),
      column.text(words.head.tenant),
      column.percent(words.head.known),
      column.percent(words.head.estimated),
    ],
    rows: doubtful.map(({ user, tenant }) => ({
      cells: [writer.text(user.name), tenant, percentOf(user.known), percentOf(estimatedShare(user))],
    })),
    notes: [],
  };
  const waiting = Object.entries(report.quarantine ?? {}) as [AsideReason, number][];
  const aside: Table = {
    id: 'aside',
    title: words.table.aside,
    columns: [column.text(words.head.reason), column.number(words.head.readings, 0)],
    rows: waiting.filter(([, n]) => n > 0).map(([reason, n]) => ({ cells: [words.aside[reason], n] })),
    notes: [],
  };
  const none = aside.rows.length === 0 && report.quarantine !== null ? [words.text.noQuarantine] : [];
  return {
    id: 'quality',
    title: words.section.quality,
    annex: true,
    paragraphs: [...(doubts.rows.length === 0 ? [words.text.noDoubts] : []), words.text.quarantine, ...none],
    tables: [quality, doubts, aside].filter((table) => table.rows.length > 0),
  };
}

export function restatedSection(writer: Writer): Section {
  const { words, report, carbon, column } = writer;
  const { text } = column;
  const date = (ms: number | null) => (ms === null ? '–' : writer.moment(ms));
  const editions: Table = {
    id: 'editions',
    title: words.table.editions,
    columns: [
      ...[
        words.head.edition,
        words.head.from,
        words.head.to,
        words.head.at,
        words.head.method,
        words.head.software,
        words.head.reason,
        words.head.by,
      ].map(text),
    ],
    rows: report.editions.map(({ id, from, to, at, method, software, reason, who }) => ({
      cells: [String(id), date(from), date(to), date(at), method, software, reason, who],
    })),
    notes: [],
  };
  const adjustments: Table = {
    id: 'adjustments',
    title: words.table.adjustments,
    columns: [
      text(words.head.day),
      text(words.head.adjustedAt),
      ...[words.head.scope1, words.head.scope2].map((head) => ({ ...column.t(head), signed: true })),
    ],
    rows: report.adjustments.map(({ day, at, difference }) => ({
      cells: [day, date(at), ...['scope1.mg', 'scope2Location.mg'].map((name) => shown(stepsOf(difference[name] ?? null, carbon), carbon))],
    })),
    notes: [],
  };
  const locks: Table = {
    id: 'locks',
    title: words.table.locks,
    columns: [words.head.from, words.head.to, words.head.lockedAt, words.head.by].map(text),
    rows: report.locks.map(({ from, to, at, who }) => ({ cells: [from, to, date(at), who] })),
    notes: [],
  };
  return {
    id: 'restated',
    title: words.section.restated,
    annex: true,
    paragraphs: [
      ...(report.locks.length === 0 ? [words.text.noLocks] : []),
      ...(report.adjustments.length === 0 ? [words.text.noAdjustments] : []),
    ],
    tables: [editions, adjustments, locks].filter((table) => table.rows.length > 0),
  };
}
