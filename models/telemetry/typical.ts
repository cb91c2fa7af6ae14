/**
 * What a point usually says at this time of the week: the estimate for a missing value (METHODS 2), from data before
 * it only. 672 quarter-hours of the park's local week; without one, the same time of day; without that, unknown.
 */
import type { ZoneOffset } from '../time/local-time.ts';

const slots = 672;
const slotsPerDay = 96;
const quarter_ms = 900_000;
/** A mean over eight weeks, then a running one, so that the park may change. */
const memory = 8;

export interface Typical {
  mean: Float32Array;
  /** How many weeks are in it, at most `memory`. */
  count: Uint8Array;
}

export interface TypicalBook {
  offset: ZoneOffset;
  byPoint: Map<string, Typical>;
}

export function createTypicalBook(offset: ZoneOffset): TypicalBook {
  return { offset, byPoint: new Map() };
}

/** Quarter-hour of the local week, 0 = Monday 00:00. 1970-01-01 was a Thursday. */
export function weekSlot(time: number, offset: ZoneOffset): number {
  const quarter = Math.floor((time + offset(time)) / quarter_ms) + 3 * slotsPerDay;
  return ((quarter % slots) + slots) % slots;
}

/** Takes in a good value of a quarter-hour that begins at `time`. Times in ascending order, each once. */
export function learn(book: TypicalBook, point: string, time: number, value: number): void {
  if (!Number.isFinite(value)) return;
  let typical = book.byPoint.get(point);
  if (typical === undefined) {
    typical = { mean: new Float32Array(slots), count: new Uint8Array(slots) };
    book.byPoint.set(point, typical);
  }
  const slot = weekSlot(time, book.offset);
  const count = Math.min(memory, (typical.count[slot] as number) + 1);
  const mean = typical.mean[slot] as number;
  typical.mean[slot] = mean + (value - mean) / count;
  typical.count[slot] = count;
}

/** NaN when nothing is known. */
export function estimate(book: TypicalBook, point: string, time: number): number {
  const typical = book.byPoint.get(point);
  if (typical === undefined) return Number.NaN;
  const slot = weekSlot(time, book.offset);
  if ((typical.count[slot] as number) > 0) return typical.mean[slot] as number;
  let sum = 0;
  let count = 0;
  for (let s = slot % slotsPerDay; s < slots; s += slotsPerDay) {
    const n = typical.count[s] as number;
    sum += n * (typical.mean[s] as number);
    count += n;
  }
  return count > 0 ? sum / count : Number.NaN;
}
