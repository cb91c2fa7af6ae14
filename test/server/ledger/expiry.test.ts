import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { dayAfter, daysBetween } from '../../../models/time/calendar.ts';
import { makeAnswers } from '../../../server/ledger/answers.ts';
import type { Keeping } from '../../../server/ledger/expiry.ts';
import { samplePark } from '../../sample-park.ts';
import { contentsOf, type HandLedger, handLedger } from './hand-ledger.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Local midnight in Shanghai. */
const start = Date.UTC(2026, 2, 29, 16);
const dates = daysBetween('2026-03-29', '2026-04-04');
const end = start + 5 * day + 5 * hour;
const direct = { set: 'direct' } as const;

let readings: Reading[];
let open: { ledger: HandLedger; folder: string }[] = [];
beforeAll(() => {
  const simulator = createSimulator(compile(samplePark()), { seed: 3, faults: [] });
  const all: Reading[] = [];
  for (let t = start - hour; t < end; t += 12 * hour) all.push(...simulator.readings(t, Math.min(end, t + 12 * hour)));
  // The hall is silent on the third day: it is estimated from the days before.
  const silent = (r: Reading) => r.point === 'hall.power' && r.time > start + 2.2 * day && r.time < start + 2.8 * day;
  readings = all.filter((r, i) => !silent(r) && (r.time % 900_000 === 0 || i % 9 === 0));
});
afterAll(() => {
  for (const { ledger, folder } of open) {
    ledger.close();
    rmSync(folder, { recursive: true });
  }
  open = [];
});

async function accounted(): Promise<HandLedger> {
  const folder = mkdtempSync(join(tmpdir(), 'letting-go-'));
  const ledger = await handLedger(folder, samplePark());
  open.push({ ledger, folder });
  ledger.append(readings);
  await ledger.settle(end);
  return ledger;
}

const letGo = async ({ accountant }: HandLedger, keeping: Keeping) => {
  let days = 0;
  while (await accountant.letGo(keeping)) days++;
  return days;
};
const owners = ['', ...samplePark().assets.map(({ id }) => id)];
/** All that is told of the past, level by level. */
async function told({ store }: HandLedger) {
  const answers = makeAnswers(store, samplePark());
  const of = <T>(ask: (owner: string) => Promise<T>) => Promise.all(owners.map(ask));
  return {
    days: await answers.days(null, dates[0] as string, dates.at(-1) as string, direct),
    eachDays: await answers.days(owners, dates[0] as string, dates.at(-1) as string, direct),
    hours: await of((owner) => answers.hours(owner, start, end, direct)),
    intervals: await of((owner) => answers.intervals(owner, start, end, direct)),
  };
}
const late = (point: string, time: number): Reading[] =>
  Array.from({ length: 12 }, (_, i) => ({ point, time: time + 7 + i * 300_000, value: -500, quality: 'good' }));

describe('what is not kept for ever', () => {
  it('goes day by day, and days, months and kept hours are to the last digit what they were', async () => {
    const whole = await told(await accounted());
    const someDay = fc.constantFrom(...dates);
    await fc.assert(
      fc.asyncProperty(
        someDay,
        fc.option(someDay),
        fc.array(fc.tuple(someDay, fc.nat(1)), { maxLength: 2 }),
        fc.boolean(),
        async (from, hours, kept, locking) => {
          const ledger = await accounted();
          const ranges = kept.map(([first, more]) => ({ from: first, to: dayAfter(first, more) }));
          const closed = ranges.filter(({ to }) => locking && to < '2026-04-04');
          for (const range of closed) await ledger.accountant.lock({ ...range, who: 'test' });
          const hoursFrom = hours !== null && hours < from ? hours : null;
          const before = contentsOf(ledger.db);
          await letGo(ledger, { intervalsFrom: from, hoursFrom, evidence: locking ? [] : ranges });
          const after = await told(ledger);
          expect(after.days).toEqual(whole.days);
          expect(after.eachDays).toEqual(whole.eachDays);

          const isEvidence = (date: string) => (locking ? closed : ranges).some((range) => range.from <= date && date <= range.to);
          const isGone = (date: string) => date < from && !isEvidence(date);
          const hoursGone = (date: string) => hoursFrom !== null && date < hoursFrom && !isEvidence(date);
          const dateOf = (time: number) => new Date(time + 8 * hour).toISOString().slice(0, 10);
          for (const [o, block] of after.intervals.entries()) {
            const then = whole.intervals[o] as typeof block;
            const rows = [...then.times.keys()].filter((i) => !isGone(dateOf(then.times[i] as number)));
            expect([...block.times]).toEqual(rows.map((i) => then.times[i]));
            for (const [name, column] of block.columns) expect([...column]).toEqual(rows.map((i) => then.columns.get(name)?.[i]));
          }
          for (const [o, sums] of after.hours.entries()) {
            const then = whole.hours[o] as typeof sums;
            const rows = [...then.times.keys()].filter((i) => !hoursGone(dateOf(then.times[i] as number)));
            expect(sums.periods).toEqual(rows.map((i) => then.periods[i]));
            for (const [name, column] of sums.columns) expect([...column]).toEqual(rows.map((i) => then.columns.get(name)?.[i]));
          }
          // What is gone is said.
          const said = (await ledger.accountant.status()).gone;
          for (const date of dates) {
            const range = said.find((one) => one.from <= date && date <= one.to);
            expect([date, range?.hours]).toEqual([date, isGone(date) ? hoursGone(date) : undefined]);
          }
          // Evidence and what is young is there in every byte.
          const contents = contentsOf(ledger.db);
          const kind = (key: string) => key.split(' ')[0] as string;
          const dateIn = (key: string) => dates.find((date) => key.includes(date)) ?? '';
          for (const [key, bytes] of Object.entries(before)) {
            const went = ['block', 'picture'].includes(kind(key)) && isGone(dateIn(key));
            expect([key, contents[key]]).toEqual([key, went ? undefined : bytes]);
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  it('is not accounted again: late readings change nothing there, which is noted, and all later days as ever', async () => {
    const [kept, plain] = [await accounted(), await accounted()];
    await letGo(kept, { intervalsFrom: dates[3] as string, hoursFrom: null, evidence: [] });
    const before = (await told(kept)).days;
    const second = late('battery.power', start + day + 3 * hour);
    kept.append(second);
    await kept.settle(end);
    expect((await told(kept)).days).toEqual(before);
    const { adjustments, dirty } = await kept.accountant.status();
    expect(dirty).toBe(0);
    expect(adjustments.filter(({ day }) => day === dates[2])).toEqual([{ day: dates[2], set: 'direct', at: 0, difference: {} }]);
    // A day that is kept still rests on what was known of the days that are gone.
    const fourth = late('hall.power', start + 3 * day + 3 * hour);
    kept.append(fourth);
    await kept.settle(end);
    plain.append(fourth);
    await plain.settle(end);
    const blocksOf = (ledger: HandLedger) => Object.entries(contentsOf(ledger.db)).filter(([key]) => /^block . 2026-04-0[123]/.test(key));
    expect(blocksOf(kept)).toEqual(blocksOf(plain));
    expect((await told(kept)).days).not.toEqual(before);
  });

  it('cannot be restated, and waits while something else is to be done', async () => {
    const ledger = await accounted();
    const { accountant } = ledger;
    const keeping = { intervalsFrom: dates[2] as string, hoursFrom: null, evidence: [] };
    ledger.append(late('hall.power', start + 3 * day + 3 * hour));
    await accountant.late([Math.floor((start + 3 * day + 3 * hour) / hour)]);
    expect(await accountant.letGo(keeping)).toBe(false);
    await ledger.settle(end);
    expect(await letGo(ledger, keeping)).toBe(2);
    const restate = (from: number) => accountant.restate({ set: 'direct', from, to: end, reason: 'test', who: 'test' });
    await expect(restate(start)).rejects.toThrow(/intervals up to 2026-03-30 are not kept any more/);
    await restate(start + day);
    expect(await accountant.letGo({ ...keeping, intervalsFrom: dates[4] as string })).toBe(false);
    await ledger.settle(end);
    expect(await accountant.letGo({ ...keeping, intervalsFrom: dates[4] as string })).toBe(true);
  });

  it('leaves what each point said for as long as estimates of kept days may rest on it', async () => {
    const ledger = await accounted();
    const records = () => ledger.db.prepare<[], string>('SELECT day FROM record ORDER BY day').pluck().all();
    const all = records();
    await letGo(ledger, { intervalsFrom: dates[4] as string, hoursFrom: null, evidence: [] });
    expect(records()).toEqual(all);
    await letGo(ledger, {
      intervalsFrom: dayAfter('2026-04-01', 56),
      hoursFrom: null,
      evidence: [{ from: '2026-05-26', to: '2026-05-26' }],
    });
    expect(records()).toEqual(all.filter((date) => date >= '2026-03-31'));
  });
});
