/** The account of a small park from a file and from a store; the real campus is in test/data/ucsd-account.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountCommand } from '../../../server/commands/account.ts';
import type { AccountRequest } from '../../../server/commands/account-range.ts';
import { progressBar } from '../../../server/commands/progress-bar.ts';
import { openStores, storeFiles } from '../../../server/store/sqlite/open-stores.ts';

const yaml = `
id: small
name: Small
place: { lon: 120.7, lat: 31.85, country: CN }
timeZone: America/Los_Angeles
currency: USD
carbon:
  sources: { grid: { electricity.out: { factor: flat } } }
  LIFECYCLE
factors:
  - { id: flat, name: Flat, value: 400, unit: gCO2e/kWh, set: direct, validFrom: '2024-01-01', source: test, verified: true }
  - { id: rest, name: Rest, value: 600, unit: gCO2e/kWh, set: direct, validFrom: '2024-01-01', source: test, verified: true }
  - { id: life, name: Life, value: 500, unit: gCO2e/kWh, set: lifecycle, validFrom: '2024-01-01', source: test, verified: true }
market:
  matching: month
  residualFactor: rest
  instruments: [{ id: half, name: Half, kind: supply, factor: flat, from: 2024-01-01, to: 2024-12-31, share: 0.5 }]
points:
  - { id: p, asset: grid, port: electricity.out, unit: kW, measure: mean, label: start, cadence_s: 900, range: [0, 5000], fiscal: true, source: SOURCE }
`;
const geojson = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', id: 'grid', properties: { kind: 'gridConnection' }, geometry: { type: 'Point', coordinates: [120.699, 31.85] } },
    {
      type: 'Feature',
      id: 'hall',
      properties: { kind: 'building', height_m: 9 },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [120.7, 31.85],
            [120.701, 31.85],
            [120.701, 31.851],
            [120.7, 31.851],
            [120.7, 31.85],
          ],
        ],
      },
    },
    {
      type: 'Feature',
      id: 'cable',
      properties: { carrier: 'electricity', from: 'grid', to: 'hall' },
      geometry: {
        type: 'LineString',
        coordinates: [
          [120.699, 31.85],
          [120.7, 31.85],
        ],
      },
    },
  ],
});

/** 2024-03-09 to 2024-03-11, Los Angeles: clocks go forward on the 10th. */
const first = Date.parse('2024-03-09T00:00:00-08:00');
const count = 96 + 92 + 96;
const rows = Array.from({ length: count }, (_, i) => ({
  time: first + i * 900_000,
  kW: 100 + (i % 7),
  flag: i === 50 || i === 51 ? 'mismatch' : 'ok',
}));
const exact_kWh = rows.reduce((sum, { kW }) => sum + kW / 4, 0);

let files: string;
let pushed: string;
let whole: string;
let stores: string;
/** With an engine whose fuel has no life-cycle factor; with a meter that never moves. */
let partly: string;
let still: string;

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'account-'));
  const folder = (name: string, source: string, lifecycle: string) => {
    const path = mkdtempSync(join(root, name));
    writeFileSync(join(path, 'park.yaml'), yaml.replace('SOURCE', source).replace('LIFECYCLE', lifecycle));
    writeFileSync(join(path, 'park.geojson'), geojson);
    return path;
  };
  const csv = '{ type: csv, file: meter.csv, time: time, column: kW, quality: flag }';
  files = folder('files-', csv, '');
  whole = folder('whole-', csv, 'lifecycle: { sources: { grid: { electricity.out: { factor: life } } } }');
  pushed = folder('pushed-', '{ type: push }', '');
  partly = folder('partly-', csv, 'lifecycle: { sources: { grid: { electricity.out: { factor: life } } } }');
  still = folder('still-', csv, '');
  const { features } = JSON.parse(geojson);
  const engine = {
    type: 'Feature',
    id: 'engine',
    properties: { kind: 'plant', ports: ['electricity.out'] },
    geometry: features[1].geometry,
  };
  const lead = { ...features[2], id: 'lead', properties: { carrier: 'electricity', from: 'engine', to: 'hall' } };
  writeFileSync(join(partly, 'park.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [...features, engine, lead] }));
  const text = (order: typeof rows) =>
    ['time,kW,flag', ...order.map(({ time, kW, flag }) => `${new Date(time).toISOString()},${kW},${flag}`)].join('\n');
  writeFileSync(join(files, 'meter.csv'), text([...rows.toReversed(), ...rows.filter((_, i) => i % 5 === 0)]));
  for (const path of [whole, partly]) writeFileSync(join(path, 'meter.csv'), text(rows));
  writeFileSync(join(still, 'meter.csv'), text(rows.map((row) => ({ ...row, kW: 0 }))));
  stores = mkdtempSync(join(root, 'stores-'));
  const small = await openStores(storeFiles(stores, 'small').journal);
  await small.journal.append(
    rows.map(({ time, kW, flag }) => ({
      point: 'p',
      time,
      value: kW,
      quality: flag === 'ok' ? ('good' as const) : ('uncertain' as const),
      received: time,
    })),
    [],
  );
  await small.close();
  return () => rmSync(root, { recursive: true });
});

const request = (more: Partial<AccountRequest> = {}): AccountRequest => ({
  folder: files,
  from: '2024-03-09',
  to: '2024-03-11',
  factors: 'direct',
  json: true,
  ...more,
});
const answerOf = async (more: Partial<AccountRequest> = {}) => JSON.parse((await accountCommand(request(more), {})).output ?? 'null');

describe('an account', () => {
  test('of local days sums every interval once, also of the day of 23 hours', async () => {
    const answer = await answerOf();
    expect(answer.intervals).toBe(count);
    expect(answer.days.map((day: { intervals: number }) => day.intervals)).toEqual([96, 92, 96]);
    expect(answer.import_MWh).toBeCloseTo(exact_kWh / 1000, 9);
    expect(answer.scope2_locationBased_t).toBeCloseTo((exact_kWh * 400) / 1e6, 9);
    expect(answer.scope2_marketBased_t).toBeCloseTo((exact_kWh * 500) / 1e6, 5);
    expect(answer).toMatchObject({
      flagged: 2,
      from: '2024-03-09',
      to: '2024-03-11',
      netLoad_MWh: null,
      importLifecycle_t: null,
      scope1_t: 0,
    });
    const sum = answer.days.reduce(
      (s: number, day: { scope2_locationBased_t: number }) => s + Math.round(1e9 * day.scope2_locationBased_t),
      0,
    );
    expect(sum).toBe(Math.round(1e9 * answer.scope2_locationBased_t));
  });

  test('has exactly the fields that programs rely on', async () => {
    expect(Object.keys(await answerOf())).toEqual([
      'from',
      'to',
      'intervals',
      'flagged',
      'scope1_t',
      'scope2_locationBased_t',
      'scope2_marketBased_t',
      'importLifecycle_t',
      'import_MWh',
      'export_MWh',
      'netLoad_MWh',
      'grossLoad_MWh',
      'days',
      'factors',
      'method',
    ]);
  });

  test('from a store is the same as from files, whatever order and however often their rows come', async () => {
    expect(await answerOf({ folder: pushed, data: stores })).toEqual(await answerOf());
    expect(await answerOf({ folder: whole })).toEqual({
      ...(await answerOf()),
      importLifecycle_t: expect.closeTo((exact_kWh * 500) / 1e6, 9),
    });
  });

  test('takes times as well as days, and only what they hold', async () => {
    const answer = await answerOf({ from: '2024-03-09T12:00:00-08:00', to: '2024-03-09T13:00:00-08:00' });
    expect(answer).toMatchObject({ intervals: 4, days: [{ date: '2024-03-09', intervals: 4 }] });
  });

  test('in life-cycle factors has no Scopes; where a source lacks one, it says so and tells the import alone', async () => {
    const scopes = { scope1_t: null, scope2_locationBased_t: null, scope2_marketBased_t: null };
    expect(await answerOf({ folder: whole, factors: 'lifecycle' })).toMatchObject({
      ...scopes,
      importLifecycle_t: expect.closeTo((exact_kWh * 500) / 1e6, 9),
      factors: 'lifecycle',
    });
    const { messages, exit } = await accountCommand(request({ factors: 'lifecycle' }), {});
    expect(exit).toBe(0);
    expect(messages.join()).toMatch(/life-cycle set is not available/);
    expect(await answerOf({ factors: 'lifecycle' })).toMatchObject({ ...scopes, importLifecycle_t: null });
  });

  test('in life-cycle factors where the grid has one and an engine has none, names that and tells the import', async () => {
    const asked = request({ folder: partly, factors: 'lifecycle' });
    const { messages, output } = await accountCommand(asked, {});
    expect(messages.join()).toMatch(/no life-cycle factor for engine electricity.out: the life-cycle set is not available/);
    expect(JSON.parse(output ?? '')).toMatchObject({
      scope1_t: null,
      scope2_locationBased_t: null,
      days: [{ scope2_locationBased_t: null }, { scope2_locationBased_t: null }, { scope2_locationBased_t: null }],
      importLifecycle_t: expect.closeTo((exact_kWh * 500) / 1e6, 9),
      import_MWh: expect.closeTo(exact_kWh / 1000, 9),
    });
  });

  test('says nothing of an import by life-cycle factors that nobody named, even while nothing is imported', async () => {
    expect(await answerOf({ folder: still })).toMatchObject({ import_MWh: 0, scope2_locationBased_t: 0, importLifecycle_t: null });
  });

  test('as a table shows months and every flagged interval', async () => {
    const { output } = await accountCommand(request({ json: false }), {});
    expect(output).toMatch(/Scope 2, location-based +\d/);
    expect(output).toMatch(/2024-03 +284/);
    expect(output).toMatch(/2024-03-09 12:30 -08:00 to 13:00 -08:00, 2 intervals/);
  });

  test.each([
    ['2024-03-11', '2024-03-09', /not before/],
    ['2024-02-30', '2024-03-09', /no such day/],
    ['yesterday', '2024-03-09', /--from yesterday/],
    ['2024-03-09T12:00:00', '2024-03-10', /offset/],
    ['2024-03-09T12:01:00-08:00', '2024-03-09T12:02:00-08:00', /no interval/],
  ])('from %s to %s is refused with the reason', async (from, to, reason) => {
    const { messages, exit, output } = await accountCommand(request({ from, to }), {});
    expect({ exit, output }).toEqual({ exit: 2, output: undefined });
    expect(messages.join()).toMatch(reason);
  });

  test('of a time without readings, a folder without a park or a park without files says what is missing', async () => {
    expect(await accountCommand(request({ from: '2023-01-01', to: '2023-01-02' }), {})).toMatchObject({
      exit: 1,
      messages: [expect.stringMatching(/2024-03-09/)],
    });
    expect(await accountCommand(request({ folder: stores }), {})).toMatchObject({
      exit: 1,
      messages: [expect.stringMatching(/park.yaml/)],
    });
    expect(await accountCommand(request({ folder: pushed }), {})).toMatchObject({ exit: 1, messages: [expect.stringMatching(/--data/)] });
    expect(await accountCommand(request({ folder: pushed, data: files }), {})).toMatchObject({
      exit: 1,
      messages: [expect.stringMatching(/no store/)],
    });
  });

  test('ends where the record ends, and says so', async () => {
    const { output, messages } = await accountCommand(request({ to: '2024-04-30' }), {});
    expect(JSON.parse(output ?? '')).toMatchObject({ intervals: count });
    expect(messages.join()).toMatch(/not all of it was recorded/);
  });
});

test('a progress bar is drawn on a terminal and nowhere else', () => {
  const drawn: string[] = [];
  const screen = (isTTY: boolean) => progressBar({ isTTY, write: (text) => drawn.push(text) }, 'days');
  const silent = screen(false);
  silent.show(1, 2);
  silent.end();
  expect(drawn).toEqual([]);
  const bar = screen(true);
  bar.show(1, 2);
  bar.show(1, 2);
  bar.end();
  expect(drawn.length).toBe(2);
  expect(drawn[0]).toMatch(/50 % {2}1 of 2 days/);
});
