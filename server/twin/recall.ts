/** Loads a twin's past when it starts: recalls it from the journal, fills it from its source, and learns from it. */
import { setImmediate as breathe } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { Park } from '../../models/park/park.ts';
import { type Meter, meterOf } from '../../models/telemetry/point-value.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import { apply, markConflict, type TwinState } from '../../models/telemetry/state.ts';
import { learn, type TypicalBook } from '../../models/telemetry/typical.ts';
import type { PolledSource } from '../sources/source.ts';
import type { Documents } from '../store/documents.ts';
import type { Journal } from '../store/journal.ts';
import type { Stores } from '../store/stores.ts';
import { bucketMean, rolloversOf } from './bucket-mean.ts';

const quarter_ms = 900_000;
const hour_ms = 3_600_000;
const day_ms = 86_400_000;
/** Estimates are learnt from the readings of eight weeks. */
const learn_ms = 56 * day_ms;
const batch = 2000;
/** Readings of this span are recalled or asked for before the first tick, so that the tick is meaningful. */
export const prime_ms = 2 * hour_ms;

/** Restores what was known before a restart: the newest readings of each point, and those since `since`. */
export async function recall(park: Park, journal: Journal, state: TwinState, since: number, now: number): Promise<void> {
  const horizon = Math.max(...park.points.map((point) => Math.max(4000 * point.cadence_s, prime_ms)), prime_ms);
  const readings = await journal.latest(now, since, 4, now - horizon - 1000 * park.interval_s);
  apply(state, readings);
  for (const { point, time, conflict } of readings) if (conflict) markConflict(state, point, time);
}

/**
 * Fills the journal from `source` backwards from `end`, newest first, so that a kill leaves a gap only at the far end and
 * the next start goes on from there (`kept` is what the journal already has). Returns how many readings were handed over.
 */
export async function fillHistory(
  source: PolledSource,
  end: number,
  kept: { first: number; last: number } | null,
  accept: (readings: Reading[]) => Promise<unknown>,
  goOn: () => boolean,
): Promise<number> {
  // 1 ms less, since sources return what came after a time and readings of the first moment belong to the history.
  const oldest = Math.max(end - source.history_ms, (source.span?.first ?? Number.NEGATIVE_INFINITY) - 1);
  const gaps = kept
    ? [[Math.max(kept.last, oldest), end] as const, [oldest, Math.min(kept.first, end)] as const]
    : [[oldest, end] as const];
  let count = 0;
  for (const [from, to] of gaps) {
    for (let slice = to; slice > from && goOn(); slice -= source.slice_ms) {
      const readings = await source.readings(Math.max(from, slice - source.slice_ms), slice);
      for (let i = 0; i < readings.length && goOn(); i += batch) {
        await accept(readings.slice(i, i + batch));
        // Ticks and requests can run in between.
        await breathe();
      }
      count += readings.length;
    }
  }
  return count;
}

/** Saves what was learnt until a time. */
export async function saveTypical(documents: Documents, typical: TypicalBook, until: number): Promise<void> {
  await documents.save([{ name: 'typical', bytes: serialize({ until, byPoint: typical.byPoint }) }]);
}

async function loadTypical(documents: Documents): Promise<{ until: number; byPoint: TypicalBook['byPoint'] } | null> {
  const kept = await documents.load('typical');
  return kept && deserialize(kept.bytes);
}

/**
 * Learns the estimates from the stored readings of the eight weeks before `until`, a day at a time. What was learnt and
 * saved before is loaded instead of learnt again.
 */
export async function learnHistory(
  park: Park,
  { journal, documents }: Stores,
  typical: TypicalBook,
  until: number,
  goOn: () => boolean,
): Promise<void> {
  const meters = metersOf(park);
  if (meters.size === 0 || !(await journal.span())) return;
  const saved = await loadTypical(documents);
  for (const [point, what] of saved?.byPoint ?? []) if (meters.has(point) && !typical.byPoint.has(point)) typical.byPoint.set(point, what);
  const end = Math.floor(until / quarter_ms) * quarter_ms;
  await learnMeters(meters, journal, typical, saved && saved.until < end ? saved.until : null, end, goOn);
}

/** Learns the estimates of some points from all that is stored of them in the eight weeks before `until`. */
export async function learnPoints(
  park: Park,
  points: ReadonlySet<string>,
  journal: Journal,
  typical: TypicalBook,
  until: number,
  goOn: () => boolean,
): Promise<void> {
  const meters = new Map([...metersOf(park)].filter(([id]) => points.has(id)));
  await learnMeters(meters, journal, typical, null, Math.floor(until / quarter_ms) * quarter_ms, goOn);
}

function metersOf(park: Park): Map<string, Meter> {
  return new Map(park.points.filter((p) => p.quantity === 'power' || p.quantity === 'intensity').map((p) => [p.id, meterOf(p)]));
}

/** From `since` on, or eight weeks before `end`. */
async function learnMeters(
  meters: ReadonlyMap<string, Meter>,
  journal: Journal,
  typical: TypicalBook,
  since: number | null,
  end: number,
  goOn: () => boolean,
): Promise<void> {
  if (meters.size === 0) return;
  const span = await journal.span();
  if (!span) return;
  const rollovers = rolloversOf([...meters.values()].map((meter) => meter.point));
  const first = since ?? Math.floor(Math.max(span.first, end - learn_ms) / day_ms) * day_ms;
  for (let from = first; from < end && goOn(); from += day_ms) {
    const buckets = await journal.aggregate([...meters.keys()], from, Math.min(end, from + day_ms), quarter_ms, rollovers);
    for (const [i, bucket] of buckets.entries()) {
      const meter = meters.get(bucket.point);
      const value = meter ? bucketMean(meter, bucket, quarter_ms) : null;
      if (meter && value !== null) learn(typical, bucket.point, startOf(meter, bucket.time), value);
      if (i % 5000 === 4999) await breathe();
    }
  }
}

/** Means, energies and registers have the time of their end: a bucket on the edge of a quarter is of the quarter before. */
function startOf({ point }: Meter, time: number): number {
  const lags = point.measure !== 'instant' && point.label === 'end' && point.cadence_s >= 900;
  return lags ? time - Math.ceil(point.cadence_s / 900) * quarter_ms : time;
}
