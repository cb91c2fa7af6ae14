/**
 * The typical value of a point at this time of the week: the estimate for a missing value (METHODS 2), from earlier data
 * only. One mean for each of the 672 quarter-hours of the park's local week; if that is missing, the mean of the same
 * time of day; if that is missing too, unknown.
 */
import type { ZoneOffset } from '../time/local-time.ts';
import { f32, u8 } from '../typed-arrays.ts';

const slots = 672;
const slotsPerDay = 96;
const quarter_ms = 900_000;
/** Weeks in the mean; after that it is a running mean, so that estimates follow changes of the park. */
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
  const count = Math.min(memory, u8(typical.count, slot) + 1);
  const mean = f32(typical.mean, slot);
  typical.mean[slot] = mean + (value - mean) / count;
  typical.count[slot] = count;
}

/** The typical value of a point at the time of the week of `time`; NaN when nothing is known. */
export function estimate(book: TypicalBook, point: string, time: number): number {
  const typical = book.byPoint.get(point);
  if (typical === undefined) return Number.NaN;
  const slot = weekSlot(time, book.offset);
  if (u8(typical.count, slot) > 0) return f32(typical.mean, slot);
  let sum = 0;
  let count = 0;
  for (let s = slot % slotsPerDay; s < slots; s += slotsPerDay) {
    const n = u8(typical.count, s);
    sum += n * f32(typical.mean, s);
    count += n;
  }
  return count > 0 ? sum / count : Number.NaN;
}
