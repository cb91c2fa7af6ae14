/** Readings of a point, in order of time, summed up by step. Plain arithmetic over whatever store reads the rows. */
import type { Bucket } from './store.ts';

interface Sum {
  index: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  positive: number;
  negative: number;
  increment: number;
  increment_ms: number;
}

export interface BucketMaker {
  /** A good or uncertain value; times must not fall. */
  add(point: string, time: number, value: number): void;
  /** What a register showed before the first step. */
  before(point: string, time: number, value: number): void;
  finish(): Bucket[];
}

/** Growth of a register from one reading to the next: a fall is a rollover if one is declared, else a reset, whose energy is unknown and counts as none. */
export function growth(before: number, after: number, rollover?: number): number {
  if (after >= before) return after - before;
  if (rollover === undefined) return 0;
  const wrapped = after + rollover - before;
  // A wrap leaves little behind; a fall by half the range is a reset.
  return wrapped < rollover / 2 ? wrapped : 0;
}

export function makeBuckets(from: number, step_ms: number, rollovers: Record<string, number> = {}): BucketMaker {
  const open = new Map<string, Sum>();
  const last = new Map<string, { time: number; value: number }>();
  const closed: Bucket[] = [];

  const close = (point: string, s: Sum) => {
    closed.push({
      point,
      time: from + s.index * step_ms,
      count: s.count,
      mean: s.sum / s.count,
      min: s.min,
      max: s.max,
      positive: s.positive / s.count,
      negative: s.negative / s.count,
      increment: s.increment_ms > 0 ? s.increment : null,
      increment_ms: s.increment_ms,
    });
  };

  return {
    before: (point, time, value) => last.set(point, { time, value }),
    add: (point, time, value) => {
      const index = Math.floor((time - from) / step_ms);
      let s = open.get(point);
      if (s && s.index !== index) {
        close(point, s);
        s = undefined;
      }
      if (!s) {
        s = { index, count: 0, sum: 0, min: value, max: value, positive: 0, negative: 0, increment: 0, increment_ms: 0 };
        open.set(point, s);
      }
      s.count++;
      s.sum += value;
      s.min = Math.min(s.min, value);
      s.max = Math.max(s.max, value);
      s.positive += Math.max(0, value);
      s.negative += Math.max(0, -value);
      const previous = last.get(point);
      if (previous && time > previous.time) {
        s.increment += growth(previous.value, value, rollovers[point]);
        s.increment_ms += time - previous.time;
      }
      last.set(point, { time, value });
    },
    finish: () => {
      for (const [point, s] of open) close(point, s);
      open.clear();
      return closed.sort((a, b) => a.time - b.time);
    },
  };
}
