/**
 * A year of a park's ledger for the bench: one month accounted by the real accountant from records of every meter; the
 * other months are its days at other dates, each packed by itself as the accountant writes them.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { basesOf } from '../../models/carbon/basis.ts';
import { createWriter, written } from '../../models/ledger/bytes.ts';
import { codeOf, createRecords } from '../../models/ledger/records.ts';
import { putColumn } from '../../models/ledger/whole-column.ts';
import type { Park, Point } from '../../models/park/park.ts';
import { origins, packQuality } from '../../models/quality.ts';
import { createCalendar, dayBounds, daysBetween, monthOf } from '../../models/time/calendar.ts';
import { createAccountant } from '../../server/ledger/accountant.ts';
import { cutSums } from '../../server/ledger/day-draft.ts';
import { type DayRecords, dayRecords } from '../../server/ledger/day-records.ts';
import { packMonthColumns } from '../../server/ledger/month-columns.ts';
import { pack, unpack } from '../../server/ledger/packed.ts';
import type { JournalReading } from '../../server/store/journal.ts';
import type { LedgerStore } from '../../server/store/ledger-store.ts';
import { randomPark } from './random-park.ts';

/** The month that is accounted; the year is the one it ends. */
export const month = { first: '2025-12-01', last: '2025-12-31', from: Date.UTC(2025, 11, 1), to: Date.UTC(2026, 0, 1) };
export const year = { first: '2025-01-01', last: '2025-12-31', from: Date.UTC(2025, 0, 1), to: Date.UTC(2026, 0, 1) };

/** A park with a meter at every building, array and plant; the same count gives the same park. */
export function meteredPark(count: number): Park {
  const park = randomPark(count);
  const points = park.assets.flatMap((asset) =>
    asset.ports.flatMap((port): Point[] => {
      const metered = asset.kind === 'building' || asset.kind === 'pv' || (asset.kind === 'chp' && port === 'electricity.out');
      if (!metered) return [];
      const about = { cadence_s: 900, range: [0, 1e6] as [number, number], accuracy: 0.01, fiscal: false, origin: 'measured' as const };
      const says = { quantity: 'power', unit: 'kW', measure: 'mean', label: 'start' } as const;
      return [{ id: `${asset.id}.${port}`, asset: asset.id, port, ...says, ...about, source: { type: 'push' } }];
    }),
  );
  return { ...park, points };
}

/** Always the same numbers in the same order, 0 … 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What every meter says of a day: working hours or sun, and a noise that remembers. */
function metersOf(park: Park): (times: Float64Array) => DayRecords {
  const kinds = new Map(park.assets.map(({ id, kind }) => [id, kind]));
  const random = randomFrom(7);
  const drift = park.points.map(() => 0);
  const code = codeOf(packQuality({ origin: 'measured', validity: 'good', freshness: 'fresh' }), 'mean');
  return (times) => {
    const records = park.points.map(({ asset, origin }, p) => {
      const of = createRecords(times[0] as number, 900_000, times.length, origins.indexOf(origin));
      for (let t = 0; t < times.length; t++) {
        const sun = Math.max(0, Math.sin(((t / times.length) * 24 - 6) * (Math.PI / 12)));
        drift[p] = 0.8 * (drift[p] as number) + 0.06 * (random() - 0.5);
        const kind = kinds.get(asset ?? '');
        const shape = kind === 'pv' ? 60 * sun : kind === 'chp' ? 900 : (60 + (p % 90)) * (0.5 + 0.5 * sun);
        of.value[t] = shape * (1 + (drift[p] as number));
        of.sigma[t] = 0.01 * (of.value[t] as number);
        of.code[t] = code;
        of.age_s[t] = 0;
      }
      return of;
    });
    return dayRecords(
      park.points.map(({ id }) => id),
      records,
    );
  };
}

const none = { points: [], point: new Uint32Array(0), time: new Float64Array(0), value: new Float64Array(0), quality: new Uint8Array(0) };
/** The part of a journal that the accountant asks, of one that has no readings. */
const noReadings = {
  span: async () => null,
  rawFrom: async () => null,
  between: async (_after: number, until: number) => ({ ...none, reached: until }),
  nearest: async () => none,
} as Partial<JournalReading> as JournalReading;

export interface MonthTimes {
  /** Accounted for the first time, and again as another edition, ms. */
  first: number;
  again: number;
}

/** Accounts the month, then again as after a change of factors. */
export async function accountMonth(store: LedgerStore, park: Park): Promise<MonthTimes> {
  const days = daysBetween(month.first, month.last).length;
  const accountant = await createAccountant({
    store,
    journal: noReadings,
    bases: basesOf(park),
    software: 'bench',
    fill: { days, raw_days: 0, day: metersOf(park) },
    now: month.to,
    clock: () => Date.now(),
  });
  const work = async () => {
    const began = performance.now();
    while (await accountant.work()) {}
    return performance.now() - began;
  };
  const first = await work();
  // A day later the last day is over, and all of them may be restated.
  await accountant.restate({ set: 'direct', from: month.from, to: month.to, reason: 'bench', who: 'bench' });
  return { first, again: await work() };
}

/** The eleven months before, made of the accounted one. */
export async function writeOtherMonths(store: LedgerStore, park: Park): Promise<void> {
  const calendar = createCalendar(park);
  const source = daysBetween(month.first, month.last);
  const sums = new Map([...(await store.month(1, monthOf(month.first)))].map(([owner, bytes]) => [owner, unpack.sums(bytes)]));
  for (const daysOfMonth of grouped(daysBetween(year.first, '2025-11-30')).values()) {
    const starts = daysOfMonth.map((day) => dayBounds(calendar, day).from);
    const times = Float64Array.from(starts);
    const moved = new Map([...sums].map(([owner, like]) => [owner, { ...cutSums(like, 0, times.length), periods: daysOfMonth, times }]));
    const ofMonth = { months: new Map([...moved].map(([owner, one]) => [owner, pack.sums(one)])), monthColumns: packMonthColumns(moved) };
    for (const [d, day] of daysOfMonth.entries()) {
      const like = source[d] as string;
      const start = starts[d] as number;
      const [row] = await store.rows(like, like, 1);
      const picture = await store.snapshots(1, like);
      if (!row) continue;
      const blocks = (await store.blocksOn(like)).filter(({ edition }) => edition === 1);
      await store.save({
        span: { from: year.from },
        days: [
          {
            row: { ...row, day },
            blocks: new Map(blocks.map(({ owner, bytes }) => [owner, movedBlock(bytes, start)])),
            ...(d === 0 ? ofMonth : { months: new Map(), monthColumns: new Map() }),
            snapshots: picture && {
              signature: picture.signature,
              slots: (await store.slots(picture.signature)) as Uint8Array,
              bytes: movedPicture(picture.bytes, start),
            },
          },
        ],
      });
    }
  }
}

function grouped(days: readonly string[]): Map<string, string[]> {
  const months = new Map<string, string[]>();
  for (const day of days) months.set(monthOf(day), [...(months.get(monthOf(day)) ?? []), day]);
  return months;
}

/** The same day at another date: a block begins with its mark, its length (one byte) and its first time. */
function movedBlock(deflated: Uint8Array, start: number): Uint8Array {
  const bytes = inflateRawSync(deflated);
  const at = createWriter(16);
  putColumn(at, Float64Array.of(start));
  bytes.set(written(at), 2);
  return deflateRawSync(bytes, { level: 3 });
}

/** Times stand uncompressed in the head of a picture set (models/snapshots/snapshots.ts). */
function movedPicture(deflated: Uint8Array, start: number): Uint8Array {
  const bytes = inflateRawSync(deflated);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = 68;
  const begun = view.getFloat64(12, true);
  view.setFloat64(12, start, true);
  for (let t = 0; t < view.getUint32(28, true); t++) {
    view.setFloat64(head + 8 * t, view.getFloat64(head + 8 * t, true) - begun + start, true);
  }
  return deflateRawSync(bytes, { level: 4 });
}
