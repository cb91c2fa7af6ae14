/** Reads stored readings into a fold, over its own read-only connection to the store's file. */
import { type Fold, type Reach, reachOf, takeOne } from '../../models/ledger/fold.ts';
import type { Park } from '../../models/park/park.ts';
import { qualities } from '../../models/quality.ts';
import { type Meter, meterOf } from '../../models/telemetry/point-value.ts';
import { isNoCount } from '../../models/telemetry/register.ts';
import { openDatabase, qualityOfCode } from '../store/sqlite-open.ts';

export interface StoredReadings {
  /** Everything with after < time ≤ until. */
  next(fold: Fold, after: number, until: number): void;
  /**
   * Reads what records of the intervals in [from, to) can depend on, up to `until`: all readings near the range, and for points
   * with rare readings as many counts before it as their steps need, and one after it.
   */
  around(fold: Fold, from: number, to: number, until: number): void;
  /** Time of the first reading; null when there is none. */
  first(): number | null;
  /** Readings before this were deleted; null = all are kept. */
  rawFrom(): number | null;
  close(): void;
}

type Row = [time: number, point: number, value: number | null, quality: number];

const validityOf = qualityOfCode.map((quality) => qualities.indexOf(quality));
/** A register's step looks back over this many counts at most, including falls that recover (models/telemetry/register.ts). */
const enoughCounts = 8;

export function openStoredReadings(file: string): StoredReadings {
  const db = openDatabase({ file }, true);
  const columns = 'SELECT time, point, value, quality FROM reading';
  const scan = db.prepare<[number, number], Row>(`${columns} WHERE time > ? AND time <= ? ORDER BY time, point`).raw();
  const names = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM point');
  const firstTime = db.prepare<[], { time: number }>('SELECT time FROM reading ORDER BY time LIMIT 1');
  const markOf = db.prepare<[], { time: number }>("SELECT time FROM mark WHERE name = 'rawFrom'");

  const known = new Map<number, string>();
  const nameOf = (id: number): string | undefined => {
    if (!known.has(id)) for (const row of names.all()) known.set(row.id, row.name);
    return known.get(id);
  };
  /** Maps the store's number of a point to its place in the fold; −1 when the park does not have the point. */
  const placesOf = (fold: Fold) => {
    const places: number[] = [];
    return (id: number): number => {
      places[id] ??= fold.index.get(nameOf(id) ?? '') ?? -1;
      return places[id];
    };
  };
  const takeRow = (fold: Fold, place: number, [time, , value, quality]: Row) => {
    if (place !== -1) takeOne(fold, place, time, value, validityOf[quality] ?? qualities.indexOf('bad'));
  };
  const idsOf = (fold: Fold, places: ReadonlySet<number>): number[] => {
    nameOf(0);
    return [...known].flatMap(([id, name]) => (places.has(fold.index.get(name) ?? -1) ? [id] : []));
  };
  /** Reads rows of some points, nearest first, until `enough` is true for each place. */
  const farther = (
    fold: Fold,
    places: Set<number>,
    from: number,
    to: number,
    back: boolean,
    enough: (place: number, row: Row) => boolean,
  ) => {
    if (places.size === 0 || to < from) return;
    const ids = idsOf(fold, places);
    if (ids.length === 0) return;
    const order = back ? 'ORDER BY time DESC, point DESC' : 'ORDER BY time, point';
    const query = db.prepare<number[], Row>(`${columns} WHERE time >= ? AND time <= ? AND point IN (${ids.join(',')}) ${order}`).raw();
    const placeOf = placesOf(fold);
    for (const row of query.iterate(from, to)) {
      const place = placeOf(row[1]);
      if (!places.has(place)) continue;
      takeRow(fold, place, row);
      if (enough(place, row)) places.delete(place);
      if (places.size === 0) break;
    }
  };

  return {
    next: (fold, after, until) => {
      const placeOf = placesOf(fold);
      for (const row of scan.iterate(after, until)) takeRow(fold, placeOf(row[1]), row);
    },
    around: (fold, from, to, until) => {
      const near = nearOf(fold.heard);
      const start = from - near.before_ms;
      const end = Math.min(until, to + near.after_ms);
      const counts = new Int32Array(fold.heard.length);
      const after = new Uint8Array(fold.heard.length);
      const isCount = (place: number, value: number | null) => {
        const { rollover } = fold.heard[place]?.meter.point ?? {};
        return value !== null && !isNoCount(value, rollover);
      };
      const placeOf = placesOf(fold);
      for (const row of scan.iterate(start - 1, end)) {
        const place = placeOf(row[1]);
        if (place === -1) continue;
        takeRow(fold, place, row);
        if (row[0] < from && isCount(place, row[2])) counts[place] = (counts[place] as number) + 1;
        if (row[0] > to) after[place] = 1;
      }
      const seldom = fold.heard.flatMap(({ reach }, i) => (reach.before_ms > near.before_ms ? [i] : []));
      const farBack = Math.max(...seldom.map((i) => fold.heard[i]?.reach.before_ms ?? 0), 0);
      const farOn = Math.max(...seldom.map((i) => fold.heard[i]?.reach.after_ms ?? 0), 0);
      const lackBefore = new Set(seldom.filter((i) => (counts[i] as number) < enoughCounts));
      farther(fold, lackBefore, from - farBack, start - 1, true, (place, row) => {
        if (isCount(place, row[2])) counts[place] = (counts[place] as number) + 1;
        return (counts[place] as number) >= enoughCounts;
      });
      const lackAfter = new Set(seldom.filter((i) => after[i] === 0));
      farther(fold, lackAfter, end + 1, Math.min(until, to + farOn), false, () => true);
    },
    first: () => firstTime.get()?.time ?? null,
    rawFrom: () => markOf.get()?.time ?? null,
    close: () => db.close(),
  };
}

/** The reach of the points, without the steps of registers: these may last a week, so `farther` searches for them. */
export function nearOfPark({ points }: Park): Reach {
  return nearOf(points.map((point) => ({ meter: meterOf(point), reach: reachOf(point) })));
}

function nearOf(heard: readonly { meter: Meter; reach: Reach }[]): Reach {
  const near = heard.filter(({ meter }) => meter.point.measure !== 'register').map(({ reach }) => reach);
  const registers = heard.filter(({ meter }) => meter.point.measure === 'register');
  // More than twice the horizon, because a held value is looked for that far back.
  const held = registers.map(({ meter }) => 3 * meter.horizon_ms + 16 * meter.cadence_ms);
  return {
    before_ms: Math.max(0, ...near.map((reach) => reach.before_ms), ...held),
    after_ms: Math.max(0, ...near.map((reach) => reach.after_ms), ...registers.map(({ meter }) => 2 * meter.cadence_ms)),
  };
}
