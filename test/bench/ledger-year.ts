/**
 * A year of a park's ledger for the bench: one month accounted by the real accountant from records of every meter; the
 * other months are its days at other dates, each packed by itself as the accountant writes them.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import type { SummedBlock } from '../../models/ledger/block.ts';
import { createWriter, written } from '../../models/ledger/bytes.ts';
import { codeOf, createRecords } from '../../models/ledger/records.ts';
import { putColumn } from '../../models/ledger/whole-column.ts';
import type { Park, Point } from '../../models/park/park.ts';
import { origins, packQuality } from '../../models/quality.ts';
import { createCalendar, dayBounds, daysBetween, monthOf } from '../../models/time/calendar.ts';
import { createAccountant } from '../../server/ledger/accountant.ts';
import { cutSums } from '../../server/ledger/day-draft.ts';
import { type DayRecords, dayRecords } from '../../server/ledger/day-records.ts';
import type { StoredReadings } from '../../server/ledger/fold-stored.ts';
import { openLedgerFile } from '../../server/ledger/ledger-file.ts';
import { openTables } from '../../server/ledger/tables.ts';
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

const noReadings: StoredReadings = { next: () => {}, around: () => {}, first: () => null, rawFrom: () => null, close: () => {} };

export interface MonthTimes {
  /** Accounted for the first time, and again as another edition, ms. */
  first: number;
  again: number;
}

/** Accounts the month, then again as after a change of factors. */
export function accountMonth(db: Database.Database, park: Park): MonthTimes {
  const days = daysBetween(month.first, month.last).length;
  const accountant = createAccountant({
    db,
    stored: noReadings,
    parks: { direct: park, lifecycle: null },
    software: 'bench',
    fill: { days, raw_days: 0, day: metersOf(park) },
    now: month.to,
    clock: () => Date.now(),
  });
  const work = () => {
    const began = performance.now();
    while (accountant.work()) {}
    return performance.now() - began;
  };
  const first = work();
  // A day later the last day is over, and all of them may be restated.
  accountant.restate({ set: 'direct', from: month.from, to: month.to, reason: 'bench', who: 'bench' });
  return { first, again: work() };
}

/** The eleven months before, made of the accounted one. */
export function writeOtherMonths(db: Database.Database, park: Park): void {
  const tables = openTables(db);
  const calendar = createCalendar(park);
  const owners = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM owner').all();
  const blockOf = db.prepare<[string, number], { bytes: Uint8Array }>(
    'SELECT bytes FROM block WHERE edition = 1 AND day = ? AND owner = ?',
  );
  const pictureOf = db.prepare<[string], { signature: string; bytes: Uint8Array }>(
    'SELECT signature, bytes FROM picture WHERE edition = 1 AND day = ?',
  );
  const source = daysBetween(month.first, month.last);
  const days = daysBetween(year.first, '2025-11-30');
  const write = db.prepare('INSERT INTO block (edition, day, owner, bytes) VALUES (1, ?, ?, ?)');
  for (const [name, daysOfMonth] of grouped(days)) {
    const starts = daysOfMonth.map((day) => dayBounds(calendar, day).from);
    tables.together(() => {
      for (const [d, day] of daysOfMonth.entries()) {
        const like = source[d] as string;
        const row = tables.day(1, like);
        if (row) tables.setDay({ ...row, day });
        const picture = pictureOf.get(like);
        if (picture) tables.setSnapshots(1, day, picture.signature, movedPicture(picture.bytes, starts[d] as number));
      }
      const all = new Map<string, SummedBlock>();
      for (const { id, name: owner } of owners) {
        for (const [d, day] of daysOfMonth.entries()) {
          const row = blockOf.get(source[d] as string, id);
          if (row) write.run(day, id, movedBlock(row.bytes, starts[d] as number));
        }
        const like = tables.month(1, owner, monthOf(month.first));
        if (!like) continue;
        const sums = { ...cutSums(like, 0, daysOfMonth.length), periods: daysOfMonth, times: Float64Array.from(starts) };
        tables.setMonth(1, owner, name, sums);
        all.set(owner, sums);
      }
      tables.setMonthColumns(1, name, all);
      tables.setFact('from', year.from);
    });
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

export function openYear(file: string): Database.Database {
  return openLedgerFile({ file });
}
