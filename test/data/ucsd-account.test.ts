/**
 * Eleven months of the real campus through the ledger, from rows that come shuffled and a fifth of them twice. Skipped
 * where its data is not at hand.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AccountAnswer } from '../../server/commands/account-text.ts';
import { twinAnswer } from '../server/commands/twin-command.ts';
import { ucsd } from '../vectors/methods.json';

const data = process.env['PARK_DATA'] ?? fileURLToPath(new URL('../../../shared/parks/ucsd', import.meta.url));
const here = existsSync(`${data}/meters`);
if (!here) console.log('The UCSD data is not here (set PARK_DATA to its folder): its account is not tested.');

const folder = fileURLToPath(new URL('../../data/parks/ucsd', import.meta.url));

/** A fixed stream of numbers 0…1. */
function* stream(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function shuffledWithDoubles(text: string): string {
  const [head, ...rows] = text.trim().split('\n');
  const random = stream(rows.length);
  const next = () => random.next().value as number;
  const all = [...rows, ...rows.filter(() => next() < 0.2)].map((row) => ({ row, key: next() })).sort((a, b) => a.key - b.key);
  return [head, ...all.map(({ row }) => row)].join('\n');
}

/** The raw data, its tables shuffled. */
function shuffledData(): string {
  const copy = mkdtempSync(join(tmpdir(), 'ucsd-'));
  symlinkSync(join(data, 'geo'), join(copy, 'geo'));
  for (const part of ['meters', 'grid']) {
    mkdirSync(join(copy, part));
    for (const name of readdirSync(join(data, part))) {
      writeFileSync(join(copy, part, name), shuffledWithDoubles(readFileSync(join(data, part, name), 'utf8')));
    }
  }
  return copy;
}

describe.skipIf(!here)('the account of the UC San Diego campus, its rows shuffled and a fifth of them twice', () => {
  let copy: string;
  let year: AccountAnswer;
  // A process of its own: a year of arithmetic takes five times as long among the instruments of the test runner.
  const accountOf = (from: string, to: string, PARK_DATA: string, factors: 'direct' | 'lifecycle' = 'direct') =>
    twinAnswer<AccountAnswer>(['account', folder, '--from', from, '--to', to, '--factors', factors], { PARK_DATA });

  beforeAll(async () => {
    copy = shuffledData();
    year = await accountOf('2019-02-01', '2019-12-31', copy);
    return () => rmSync(copy, { recursive: true });
  }, 600_000);

  test('meets the figures of its source', () => {
    expect(year.intervals).toBe(32_064);
    expect(year.flagged).toBe(54);
    expect(Math.abs((year.scope2_locationBased_t as number) - ucsd.scope2_locationBased_direct_t)).toBeLessThan(0.001);
    expect(Math.abs((year.importLifecycle_t as number) - ucsd.scope2_locationBased_lifecycle_t)).toBeLessThan(0.001);
    expect(Math.abs((year.import_MWh as number) - ucsd.import_MWh)).toBeLessThan(0.0001);
    expect(Math.abs((year.export_MWh as number) - ucsd.export_MWh)).toBeLessThan(0.0001);
    expect(Math.abs((year.netLoad_MWh as number) - ucsd.load_MWh)).toBeLessThan(0.0001);
    expect(year.scope2_marketBased_t).toBeNull();
  });

  test.each([
    ['2019-03-10', 92, 1.631],
    ['2019-11-03', 100, 95.14],
    ['2019-11-04', 96, 145.587],
  ])('on %s, a day of %d intervals, Scope 2 is %d t', (date, intervals, tonnes) => {
    const day = year.days.find((one) => one.date === date);
    expect(day?.intervals).toBe(intervals);
    expect(Math.abs((day?.scope2_locationBased_t as number) - tonnes)).toBeLessThan(0.0005);
  });

  test('days add up to the whole, to the last milligram', () => {
    const sum = year.days.reduce((mg, day) => mg + Math.round(1e9 * (day.scope2_locationBased_t as number)), 0);
    expect(sum).toBe(Math.round(1e9 * (year.scope2_locationBased_t as number)));
    expect(year.days.length).toBe(334);
  });

  test('is the same to the last digit as from the rows in order', async () => {
    const days = ['2019-02-01', '2019-02-03'] as const;
    expect(await accountOf(...days, copy)).toEqual(await accountOf(...days, data));
  }, 60_000);

  test('has no life-cycle set, since nobody states one of its gas: only the import is said', async () => {
    const answer = await accountOf('2019-02-01', '2019-02-01', data, 'lifecycle');
    expect(answer).toMatchObject({ scope1_t: null, scope2_locationBased_t: null, factors: 'lifecycle' });
    expect(answer.importLifecycle_t).toBeGreaterThan(1);
  }, 60_000);
});
