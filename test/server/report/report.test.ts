import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCell } from '../../../models/ledger/report/document-parts.ts';
import { documentOf } from '../../../models/ledger/report/report-document.ts';
import type { Report } from '../../../models/ledger/report/report-shape.ts';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import { csvOf } from '../../../server/report/csv.ts';
import { findChromium } from '../../../server/report/pdf.ts';
import { xlsxOf } from '../../../server/report/xlsx.ts';
import { sampleTexts } from '../../sample-park.ts';
import { type HandClock, handClock, type Sample, startSample, token } from '../sample-server.ts';
import { textsOfZip } from './read-zip.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Local midnight of 30 May in Shanghai; readings to the end of May and some hours of June. */
const midnight = Date.UTC(2025, 4, 29, 16);
const end = midnight + 2 * day + 12 * 60 * minute;

function park(): Park {
  const texts = sampleTexts();
  const yaml = `${texts.yaml.replace('{en: Example Works, zh: 示例工厂}', `{en: '=HYPERLINK("http://evil.example")', zh: '@示例工厂'}`)}
market: {matching: hour, residualFactor: grid-test, instruments: [{id: sun, name: Contract, kind: supply, factor: solar-direct, from: '2025-01-01', to: '2025-12-31', share: 0.25}]}
`;
  const { park, problems } = buildPark({ ...texts, yaml });
  if (!park) throw new Error(JSON.stringify(problems));
  return { ...park, tick_s: 3600 };
}

let sample: Sample;
let clock: HandClock;
beforeAll(async () => {
  clock = handClock(midnight, true);
  sample = await startSample({ park: park(), clock, ledger: {} });
  clock.advance(end - midnight + minute);
  const points = {
    'grid.power': 1,
    'feeder.power': 1000,
    'hall.power': 600,
    'battery.power': -100,
    'pv.power': 50,
    'chp.power': 0,
    'gas.flow': 20,
  };
  const times = Array.from({ length: (end - midnight) / (5 * minute) }, (_, i) => midnight + i * 5 * minute);
  await sample.twin.accept(
    times.flatMap((time) => Object.entries(points).map(([point, value]) => ({ point, time, value, quality: 'good' as const }))),
    'test',
  );
  await sample.twin.tick();
  await sample.twin.idle();
}, 60_000);
afterAll(() => sample.close());

const ask = (what: string, query: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(`${sample.url}/api/v1/parks/sample/${what}?${new URLSearchParams(query)}`, init);
const post = (what: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(what, {}, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const report = async (period: string) => (await (await ask('report', { period })).json()) as Report;

describe('the report of a month', () => {
  test('holds what the ledger holds, in whole numbers', async () => {
    const { totals, period, rows, open, market } = await report('2025-05');
    const days = await sample.twin.parts.ledger?.days([''], '2025-05-01', '2025-05-31', { set: 'direct' });
    const imported = days?.get('')?.columns.get('import.Wh') ?? new Float64Array();
    expect(totals.columns['import.Wh']).toBe(imported.reduce((a, b) => a + b, 0));
    expect(totals).toMatchObject({ intervals: 192, expected: 31 * 96 });
    expect(period).toMatchObject({ first: '2025-05-01', last: '2025-05-31' });
    expect(rows).toHaveLength(31);
    expect(open).toBe(false);
    // A quarter of each hour's import is covered by a contract of 0 g/kWh, the rest has 550.
    expect(market.value).toBeCloseTo((totals.columns['import.Wh'] as number) * 0.75 * 550, -6);
    expect((totals.columns['scope2Location.mg'] as number) / (totals.columns['import.Wh'] as number)).toBeCloseTo(550, 6);
  });

  test('is refused for what is no period, set or format, and to the public', async () => {
    for (const query of [
      { period: '2025-13' },
      { period: '2025-05', format: 'doc' },
      { period: '2025-05', lang: 'fr' },
      { period: '2025-05', set: 'lifecycle' },
      {},
    ]) {
      const answer = await ask('report', query as Record<string, string>);
      expect(answer.status, JSON.stringify(query)).toBe(400);
      expect(((await answer.json()) as { message: string }).message).not.toBe('');
    }
    expect((await ask('report', { period: '2025-05' }, { headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(403);
    expect((await ask('reports', {}, { headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(403);
  });

  test('of a time before the ledger says that there is nothing', async () => {
    const answer = await ask('report', { period: '2019', format: 'csv' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Nothing of 2019 is accounted');
  });
});

describe('as files', () => {
  test('CSV: figures as printed, text that looks like a formula escaped, one table alone', async () => {
    const answer = await ask('report', { period: '2025-05', format: 'csv' });
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=sample-2025-05.csv');
    const text = await answer.text();
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text.split('\r\n').filter((line) => /^"?[=+@]/.test(line))).toEqual([]);
    const one = await (await ask('report', { period: '2025-05', format: 'csv', table: 'tenants', lang: 'zh' })).text();
    expect(one.split('\r\n')[0]?.replace('\ufeff', '')).toMatch(/^企业,电力 \(MWh\)/);
    expect(one).toContain("'@示例工厂");
    const none = await ask('report', { period: '2025-05', format: 'csv', table: 'nothing' });
    expect([none.status, none.headers.get('content-type'), none.headers.get('content-disposition')]).toEqual([
      404,
      'application/json; charset=utf-8',
      null,
    ]);
    expect(((await none.json()) as { message: string }).message).toContain('inventory');
  });

  test('XLSX: one sheet per table, numbers as numbers, no formula', async () => {
    const answer = await ask('report', { period: '2025-05', format: 'xlsx' });
    const texts = textsOfZip(Buffer.from(await answer.arrayBuffer()));
    const made = documentOf(await report('2025-05'), 'en');
    const tables = made.sections.flatMap((section) => section.tables);
    const sheets = [...texts.keys()].filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name));
    expect(sheets).toHaveLength(tables.length + 1);
    for (const name of sheets) expect(texts.get(name), name).not.toMatch(/<f[ >]/);
    expect(texts.get('xl/sharedStrings.xml')).toContain("'=HYPERLINK");
    const total = readCell(tables.find(({ id }) => id === 'inventory')?.rows[2]?.cells[1] ?? null).value;
    expect(texts.get('xl/worksheets/sheet2.xml')).toContain(`<v>${total}</v>`);
  });

  test('a park’s report in Chinese has the same figures', async () => {
    const made = await report('2025-05');
    const figures = (text: string) => text.match(/\d+\.\d{3}/g);
    expect(figures(csvOf(documentOf(made, 'zh')))).toEqual(figures(csvOf(documentOf(made, 'en'))));
    expect((await xlsxOf(documentOf(made, 'zh'))).length).toBeGreaterThan(1000);
  });

  test('PDF: 501 with what to do where there is no Chromium', async () => {
    expect(findChromium('/nowhere/chromium')).toBeNull();
    const bare = await startSample({ park: park(), clock: handClock(midnight, true), ledger: {}, chromium: '/nowhere/chromium' });
    try {
      const answer = await fetch(`${bare.url}/api/v1/parks/sample/report?period=2025-05&format=pdf`);
      expect(answer.status).toBe(501);
      expect(((await answer.json()) as { message: string }).message).toContain('print it from your browser');
    } finally {
      await bare.close();
    }
  });
});

describe('publishing', () => {
  test('keeps a report as it is, whatever the ledger learns later; only for those who may decide', async () => {
    const body = { period: '2025-05', set: 'direct', who: 'The auditor' };
    expect((await post('reports', body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('reports', { ...body, who: ' ' })).status).toBe(400);
    const answer = await post('reports', body);
    expect(answer.status).toBe(201);
    const first = (await answer.json()) as { id: string; total_mg: number };
    expect(first).toMatchObject({ id: '2025-05.direct.1', period: '2025-05', who: 'The auditor' });
    const asPublished = await (await ask(`reports/${first.id}`)).text();

    // A late reading changes the ledger…
    const before = (await report('2025-05')).totals.columns['import.Wh'] as number;
    await sample.twin.accept([{ point: 'grid.power', time: midnight + 10 * 60 * minute + 1000, value: 9, quality: 'good' }], 'test');
    await expect
      .poll(async () => (await report('2025-05')).totals.columns['import.Wh'], { timeout: 20_000, interval: 200 })
      .not.toBe(before);

    // …and not what was published.
    expect(await (await ask(`reports/${first.id}`)).text()).toBe(asPublished);
    const both = await Promise.all([post('reports', body, { authorization: `Bearer ${token}` }), post('reports', body)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    const { reports } = (await (await ask('reports')).json()) as { reports: { id: string; total_mg: number }[] };
    expect(reports.map(({ id }) => id)).toEqual(['2025-05.direct.1', '2025-05.direct.2', '2025-05.direct.3']);
    expect(reports[1]?.total_mg).not.toBe(first.total_mg);
    expect((await ask(`reports/${first.id}`, { format: 'csv' })).headers.get('content-disposition')).toContain('2025-05.direct.1.csv');
    expect((await ask('reports/2025-05.direct.9')).status).toBe(404);
  });

  test('is refused for a period that is not over', async () => {
    const answer = await post('reports', { period: '2025-06', who: 'The auditor' });
    expect(answer.status).toBe(409);
    expect((await report('2025-06')).open).toBe(true);
  });
});
