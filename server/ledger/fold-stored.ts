/** Takes stored readings from the journal into a fold. */
import { createFold, type Fold, type Reach, reachOf, takeOne } from '../../models/ledger/fold.ts';
import type { Park } from '../../models/park/park.ts';
import { type Meter, meterOf } from '../../models/telemetry/point-value.ts';
import { isNoCount } from '../../models/telemetry/register.ts';
import type { JournalReading, ReadingColumns } from '../store/journal.ts';

/** A register's step looks back over this many counts at most, including falls that recover (models/telemetry/register.ts). */
const enoughCounts = 8;

/** Calls `each` with every reading of a point that the fold has, after it was taken. */
function takeColumns(fold: Fold, { points, point, time, value, quality }: ReadingColumns, each?: (place: number, i: number) => void): void {
  const places = points.map((id) => fold.index.get(id) ?? -1);
  for (let i = 0; i < time.length; i++) {
    const place = places[point[i] as number] as number;
    if (place === -1) continue;
    const said = value[i] as number;
    takeOne(fold, place, time[i] as number, Number.isNaN(said) ? null : said, quality[i] as number);
    each?.(place, i);
  }
}

/** Everything with after < time ≤ until. */
export async function foldNext(journal: JournalReading, fold: Fold, after: number, until: number): Promise<void> {
  for (let from = after; from < until; ) {
    const page = await journal.between(from, until);
    takeColumns(fold, page);
    from = page.reached;
  }
}

/**
 * A fold with what records of the intervals in [from, to) can depend on, up to `until`: all readings near the range, and for points
 * with rare readings as many counts before it as their steps need, and one reading after it.
 */
export async function foldAround(journal: JournalReading, park: Park, from: number, to: number, until: number): Promise<Fold> {
  const fold = createFold(park);
  const near = nearOf(fold.heard);
  const start = from - near.before_ms;
  const end = Math.min(until, to + near.after_ms);
  const counts = new Int32Array(fold.heard.length);
  const after = new Uint8Array(fold.heard.length);
  for (let at = start - 1; at < end; ) {
    const page = await journal.between(at, end);
    takeColumns(fold, page, (place, i) => {
      const time = page.time[i] as number;
      const value = page.value[i] as number;
      if (time < from && !Number.isNaN(value) && !isNoCount(value, fold.heard[place]?.meter.point.rollover))
        counts[place] = (counts[place] as number) + 1;
      if (time > to) after[place] = 1;
    });
    at = page.reached;
  }
  const seldom = [...fold.heard.entries()].filter(([, { reach }]) => reach.before_ms > near.before_ms);
  const farBack = Math.max(...seldom.map(([, { reach }]) => reach.before_ms), 0);
  const farOn = Math.max(...seldom.map(([, { reach }]) => reach.after_ms), 0);
  const searches = seldom.map(([place, { meter }]) => ({
    place,
    search: { point: meter.point.id, enough: enoughCounts - (counts[place] as number), rollover: meter.point.rollover },
  }));
  const back = searches.flatMap(({ search }) => (search.enough > 0 ? [search] : []));
  const on = searches.flatMap(({ place, search }) => (after[place] === 0 ? [{ ...search, enough: 1 }] : []));
  if (back.length > 0) takeColumns(fold, await journal.nearest(back, from - farBack, start - 1, 'back'));
  if (on.length > 0) takeColumns(fold, await journal.nearest(on, end + 1, Math.min(until, to + farOn), 'on'));
  return fold;
}

/** The reach of the points, without the steps of registers: these may last a week, so they are searched for. */
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
