import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../../models/carbon/compile.ts';
import { parkOwner, type SummedBlock } from '../../../../models/ledger/block.ts';
import type { Edition } from '../../../../models/ledger/edition.ts';
import { type DocumentCell, type DocumentTable, type ReportDocument, readCell } from '../../../../models/ledger/report/document-parts.ts';
import { type ReportInput, reportOf } from '../../../../models/ledger/report/make-report.ts';
import { noMarket } from '../../../../models/ledger/report/market.ts';
import { periodOf, previousPeriod, type ReportPeriod, yearBefore } from '../../../../models/ledger/report/period.ts';
import { documentOf } from '../../../../models/ledger/report/report-document.ts';
import type { MarketWhy, Report } from '../../../../models/ledger/report/report-shape.ts';
import { reportEnglish } from '../../../../models/ledger/report/words-en.ts';
import { reportChinese } from '../../../../models/ledger/report/words-zh.ts';
import { buildPark } from '../../../../models/park/build.ts';
import type { Park } from '../../../../models/park/park.ts';
import { sampleTexts } from '../../../sample-park.ts';
import { madeUpDays, madeUpStatus } from '../made-up-ledger.ts';

const reporting = `
reporting: {organisation: Example Works, contact: a@b.example}
targets:
  - {id: cap, indicator: scope12Location, unit: tCO2e, years: {2025: 10, 2027: 6}}
  - {id: green, indicator: renewableShare, unit: '%', years: {2026: 101}}
  - {id: later, indicator: scope1, unit: tCO2e, years: {2040: 1}}
production:
  - {id: parts, name: Parts, tenant: works, unit: pieces, amounts: {2026-10: 1000}}
  - {id: all, name: Value added, unit: CNY, amounts: {2026-09: 5}}
`;

function parkWith(yaml: string): Park {
  const texts = sampleTexts();
  const { park, problems } = buildPark({ ...texts, yaml: texts.yaml + yaml });
  if (!park) throw new Error(JSON.stringify(problems));
  return park;
}

const park = parkWith(reporting);
const compiled = compile(park);
const of = (id: string) => periodOf(id) as ReportPeriod;

function report(id: string, seed: number, change: Partial<ReportInput> = {}, accounted = 1): Report {
  const period = of(id);
  const days = madeUpDays(park, period.first, period.last, seed, accounted);
  const park_ = (other: ReportPeriod, s: number) => madeUpDays(park, other.first, other.last, s).get(parkOwner);
  return reportOf({
    compiled,
    period,
    set: 'direct',
    days,
    previous: park_(previousPeriod(period), seed + 1),
    yearBefore: park_(yearBefore(period), seed + 2),
    market: noMarket,
    status: madeUpStatus(),
    present: { factors: 'grid-test 550', method: 'ghgProtocolEfficiency' },
    quarantine: { conflict: 2 },
    preparedAt: Date.UTC(2026, 10, 3),
    ...change,
  });
}

const tables = (document: ReportDocument) => document.sections.flatMap((section) => section.tables);
const table = (document: ReportDocument, id: string) => tables(document).find((t) => t.id === id) as DocumentTable;
const number = (cell: DocumentCell | undefined) => {
  const { value } = readCell(cell ?? null);
  return typeof value === 'number' ? value : null;
};

/** Where a total row is not the sum of the rows above it, to the last digit that is printed. */
function faults({ id, columns, rows }: DocumentTable): string[] {
  const found: string[] = [];
  columns.forEach((column, c) => {
    if (column.digits === null || !['t CO₂e', 'MWh', '%'].includes(column.unit ?? '') || column.signed) return;
    if (column.unit === '%' && !['Share', '占比'].includes(column.head)) return;
    if (id === 'inventory' && c > 1) return;
    const scale = 10 ** column.digits;
    let sum = 0;
    let any = false;
    for (const { cells, role } of rows) {
      const value = number(cells[c]);
      if (role === 'memo' || value === null) continue;
      if (role === 'total') {
        if (any && Math.round(value * scale) !== Math.round(sum * scale)) found.push(`${id} ${column.head}: ${sum} is not ${value}`);
        sum = 0;
        any = false;
      } else if (role !== 'heading') {
        sum += value;
        any = true;
      }
    }
  });
  return found;
}

describe('a report of any ledger', () => {
  test('prints tables that add up to the last digit, in both languages alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom('2026-10', '2026-Q3', '2024-02'), (seed, id) => {
        const made = report(id, seed);
        const [en, zh] = [documentOf(made, 'en'), documentOf(made, 'zh')];
        expect(tables(en).flatMap(faults)).toEqual([]);
        expect(tables(zh).map((t) => t.rows.map((row) => row.cells.map(number)))).toEqual(
          tables(en).map((t) => t.rows.map((row) => row.cells.map(number))),
        );
      }),
      { numRuns: 12 },
    );
  });

  test('says the same figure wherever it is said', () => {
    for (let seed = 1; seed < 20; seed++) {
      const document = documentOf(report('2026-10', seed), 'en');
      const last = (id: string, c: number) => number(table(document, id).rows.at(-1)?.cells[c]);
      const [one, two, both] = table(document, 'inventory').rows.map((row) => number(row.cells[1]));
      expect(last('scope1', 3)).toBe(one);
      expect([last('time', 1), last('time', 2), last('time', 3)]).toEqual([one, two, both]);
      expect(document.keyFigures[0]?.value).toBe(both);
      const attributed = last('carriers', 2);
      expect(last('tenants', table(document, 'tenants').columns.length - 2)).toBe(attributed);
      expect(last('assets', table(document, 'assets').columns.length - 3)).toBe(attributed);
      expect(number(table(document, 'balance').rows.find((row) => row.cells[0] === 'End uses')?.cells[1])).toBe(attributed);
      expect(last('assets', 3)).toBe(last('tenants', 3));
    }
  });

  test('is the same for the same days, and outlives a round through JSON', () => {
    const made = report('2026-10', 5);
    expect(report('2026-10', 5)).toEqual(made);
    expect(documentOf(JSON.parse(JSON.stringify(made)), 'en')).toEqual(documentOf(made, 'en'));
  });
});

describe('what cannot be said', () => {
  test('is null with its reason below the table, never zero', () => {
    const document = documentOf(report('2026-10', 3), 'en');
    const { rows, notes } = table(document, 'inventory');
    const market = rows.find((row) => row.cells[0] === 'Scope 2, market-based')?.cells[1] as { value: null; note: number };
    expect(market.value).toBeNull();
    expect(notes[market.note - 1]).toContain('residual');
    expect(document.summary.join(' ')).toContain('names no residual-mix factor');
  });

  test('says of a market-based figure the reason that it has, in the key figure and in the summary', () => {
    const reasons = {
      noResidual: ['no residual factor is named', 'names no residual-mix factor', '未给出剩余组合因子'],
      matchedLonger: ['matched over a longer time', 'over a longer time than this period', '匹配时段长于本报告期'],
      notKnown: ['not known', 'readings are missing', '缺少读数'],
      notAccounted: ['not accounted', 'is not accounted in the ledger', '尚未核算'],
      notKept: ['no longer kept', 'no longer kept', '不再保存'],
    } as const;
    for (const [why, [key, english, chinese]] of Object.entries(reasons)) {
      const made = report('2026-10', 3, { market: { ...noMarket, of: () => ({ value: null, why: why as MarketWhy }) } });
      const [en, zh] = [documentOf(made, 'en'), documentOf(made, 'zh')];
      expect(en.keyFigures.find(({ label }) => label.includes('market-based'))).toMatchObject({
        value: null,
        note: expect.stringContaining(key),
      });
      expect(en.summary[0]).toContain(english);
      expect(zh.summary[0]).toContain(chinese);
      expect(en.summary[0]?.includes('residual')).toBe(why === 'noResidual');
    }
  });

  test('is no market-based total either where what is burnt is not known', () => {
    const made = report('2026-10', 3, { market: { ...noMarket, of: () => ({ value: 5e9, why: null }) } });
    delete made.totals.columns['scope1.mg'];
    const { summary, keyFigures } = documentOf(made, 'en');
    expect(summary[0]).toContain('A market-based figure is not stated, because a part of it is not known');
    expect(keyFigures[1]).toMatchObject({ value: null, note: 'a part of it is not known' });
  });

  test('is nothing at all where nothing is accounted', () => {
    const document = documentOf(
      report('2026-10', 3, { days: new Map(), status: madeUpStatus({ from: null, until: null, editions: [] }) }),
      'en',
    );
    expect(document.summary).toEqual(['Nothing of October 2026 is accounted: there is nothing to report.']);
    expect(document.keyFigures).toEqual([]);
    expect(document.marks.join()).toContain('Partial: 0.0 %');
  });

  test('is a comparison with a period of which too little is accounted', () => {
    const before = of('2025-10');
    const half = madeUpDays(park, before.first, '2025-10-12', 9).get(parkOwner) as SummedBlock;
    const document = documentOf(report('2026-10', 3, { yearBefore: half }), 'en');
    const { rows, notes } = table(document, 'inventory');
    const cell = rows[0]?.cells[5] as { value: null; note: number };
    expect(cell.value).toBeNull();
    expect(notes[cell.note - 1]).toBe('Not compared: 38.7 % of October 2025 is accounted.');
    expect(document.summary.join(' ')).toMatch(/than in September 2026/);
    expect(document.summary.join(' ')).not.toMatch(/October 2025/);
  });

  test('is a target or a figure per unit of a period that is not all there', () => {
    const made = report('2026-10', 3, {}, 0.5);
    expect(made.targets[0]?.actual).toEqual({ value: null, why: 'incomplete' });
    expect(made.production.map(({ amount }) => amount.why)).toEqual(['incomplete', 'incomplete']);
    expect(report('2026-Q3', 3).production.map(({ amount }) => amount.why)).toEqual(['noAmount', 'noAmount']);
  });
});

describe('targets and production', () => {
  test('follow a straight line between years, by the period’s share of its days; shares are least, amounts most', () => {
    const made = report('2026-10', 3);
    expect(made.targets.map(({ target }) => target.value)).toEqual([(8 * 31) / 365, 101, null]);
    const results = table(documentOf(made, 'en'), 'targets').rows.map((row) => row.cells.at(-1));
    expect(results).toEqual([expect.stringMatching(/met|missed/), 'missed', 'open']);
  });

  test('relate what a tenant used to what it made', () => {
    const made = report('2026-10', 3);
    const hall = made.users.find(({ id }) => id === 'hall');
    expect(made.production[0]).toMatchObject({ who: { en: 'Example Works' }, amount: { value: 1000 }, mg: hall?.mg });
  });
});

test('a year is held against its months, a month against its days', () => {
  expect(report('2026-Q3', 1).rows.map(({ id }) => id)).toEqual(['2026-07', '2026-08', '2026-09']);
  expect(report('2024-02', 1).rows).toHaveLength(29);
});

test('a year says that its months are rounded to its sum, a month has nothing to say of its days', () => {
  expect(table(documentOf(report('2025', 1), 'en'), 'time').notes.join()).toMatch(/own report may differ in the last digit/);
  expect(table(documentOf(report('2026-10', 1), 'en'), 'time').notes.join()).not.toMatch(/own report/);
});

test('a year is compared with one other, the year before', () => {
  expect(table(documentOf(report('2026', 1), 'en'), 'inventory').columns.map(({ head }) => head)).toEqual([
    'Item',
    '2026',
    'Share',
    '2025',
    'Change',
  ]);
});

test('what counts as carbon-free is stated beside the share: own sun and wind and the grid, not contracts', () => {
  const made = report('2026-10', 1);
  const used = made.totals.columns['consumption.Wh'] as number;
  Object.assign(made.totals.columns, { 'cfeMatched.Wh': used / 4, 'carbonFree.Wh': used / 4, 'gridCarbonFree.Wh': used / 4 });
  const energy = (language: 'en' | 'zh') => documentOf(made, language).sections.find(({ id }) => id === 'energy')?.paragraphs[0];
  expect(energy('en')).toMatch(
    /^Matched hour by hour, 25.0 % .* own sun and wind .* up to what was imported. Contracted energy is not counted.$/,
  );
  expect(energy('zh')).toMatch(/自有的太阳能与风能.*合同约定的电力不计入/);
});

test('what Scope 1 leaves out is stated with the method', () => {
  const method = (losses: Park['losses'], language: 'en' | 'zh') => {
    const made = report('2026-10', 1);
    const document = documentOf({ ...made, park: { ...made.park, losses } }, language);
    return document.sections.find(({ id }) => id === 'method')?.paragraphs[0];
  };
  expect(method('toLoad', 'en')).toMatch(
    /process emissions, leaks of gas as CH₄ and refrigerants are left out .* Fuel lost on a line counts as burnt/,
  );
  expect(method('separate', 'en')).toMatch(/Fuel lost on a line is in no scope/);
  expect(method('toLoad', 'zh')).toMatch(/工艺过程排放.*CH₄.*未计入范围一.*按燃烧计/);
});

test('locked, restated and late days are said', () => {
  const status = madeUpStatus({
    locks: [{ from: '2026-10-01', to: '2026-10-31', who: 'auditor', at: 0 }],
    adjustments: [
      { day: '2026-10-05', set: 'direct', at: 0, difference: { 'scope1.mg': 2e9 } },
      { day: '2026-10-06', set: 'direct', at: 0, difference: {} },
      { day: '2026-11-05', set: 'direct', at: 0, difference: { 'scope1.mg': 2e9 } },
    ],
  });
  const document = documentOf(report('2026-10', 2, { status }), 'en');
  expect(table(document, 'locks').rows).toHaveLength(1);
  expect(table(document, 'adjustments').rows.map(({ cells }) => [cells[0], cells[2]])).toEqual([
    ['2026-10-05', 2],
    // Its intervals were no longer kept: not zero, and said why.
    ['2026-10-06', { value: null, note: 1 }],
  ]);
  expect(table(document, 'adjustments').notes).toEqual([expect.stringMatching(/no longer kept/)]);
  expect(table(document, 'editions').rows[0]?.cells.slice(-2)).toEqual(['first accounting', 'the twin']);
});

describe('editions', () => {
  const [first] = madeUpStatus().editions as [Edition];
  const october = { from: Date.UTC(2026, 8, 30, 16), to: Date.UTC(2026, 9, 31, 16) };
  const second: Edition = { ...first, id: 2, ...october, factors: 'grid-test 600', method: 'energy', reason: 'a better factor' };
  const notesOf = (made: Report) => table(documentOf(made, 'en'), 'factors').notes;

  test('name the factors that they rest on', () => {
    const { columns, rows } = table(
      documentOf(report('2026-10', 2, { status: madeUpStatus({ editions: [first, second] }) }), 'en'),
      'editions',
    );
    const at = columns.findIndex(({ head }) => head === 'Factors');
    expect(rows.map(({ cells }) => cells[at])).toEqual(['grid-test 550', 'grid-test 600']);
  });

  test('of other factors or another method than today’s are remarked below the factors', () => {
    expect(notesOf(report('2026-10', 2))).toEqual([]);
    const made = report('2026-10', 2, { status: madeUpStatus({ editions: [first, second] }) });
    expect(made.valid).toEqual([2]);
    expect(notesOf(made)).toEqual([
      expect.stringMatching(/edition 2 were accounted with others/),
      expect.stringMatching(/edition 2 were accounted with another method/),
    ]);
    const method = documentOf(made, 'en').sections.find(({ id }) => id === 'method');
    expect(method?.paragraphs.join()).toContain('ledger edition 2 was accounted otherwise: energy.');
  });

  test('say which software accounted the period, not which accounted last', () => {
    const later: Edition = { ...second, id: 3, from: october.to, to: null, software: '0.3.0' };
    const beside: Edition = { ...first, id: 4, set: 'lifecycle', software: '0.4.0' };
    const status = madeUpStatus({ editions: [first, { ...second, software: '0.2.0' }, later, beside] });
    expect(['2026-09', '2026-10', '2026-11', '2026-Q3', '2026-Q4'].map((id) => report(id, 2, { status }).software)).toEqual([
      '0.1.0',
      '0.2.0',
      '0.3.0',
      '0.1.0',
      '0.2.0, 0.3.0',
    ]);
    expect(documentOf(report('2026-Q4', 2, { status }), 'en').facts.at(-1)?.value).toContain('software 0.2.0, 0.3.0');
    expect(report('2026-09', 2, { status, days: new Map() }).software).toBe('0.1.0');
  });

  test('that were restated everywhere, or begin later, are not', () => {
    const today = { factors: 'grid-test 600', method: 'energy' };
    const restated = report('2026-10', 2, { status: madeUpStatus({ editions: [first, second] }), present: today });
    expect(notesOf(restated)).toEqual([]);
    const quarter = report('2026-Q4', 2, { status: madeUpStatus({ editions: [first, second] }), present: today });
    expect(quarter.valid).toEqual([1, 2]);
    expect(notesOf(quarter)[0]).toContain('edition 1 were');
  });
});

test('both languages have words for everything, and they are not the same words', () => {
  const flatten = (tree: object, path = ''): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[path + key, value]] : typeof value === 'object' ? flatten(value, `${path}${key}.`) : [],
    );
  const chinese = new Map(flatten(reportChinese));
  const same = flatten(reportEnglish).filter(([key, text]) => chinese.get(key) === text);
  expect(same.map(([key]) => key).filter((key) => !key.startsWith('unit.'))).toEqual([]);
  expect([...chinese.values()].filter((text) => text === '')).toEqual([]);
});
