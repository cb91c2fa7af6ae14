/** Sums up the readings of points, given in order of time, by step. It does not depend on which store reads the rows. */
import { growthOf, isNoCount } from '../../../models/telemetry/register.ts';
import type { Bucket } from '../journal.ts';

interface Sum {
  index: number;
  count: number;
  uncertain: number;
  sum: number;
  min: number;
  max: number;
  positive: number;
  negative: number;
  increment: number;
  increment_ms: number;
}

export interface BucketMaker {
  /** Adds a good or uncertain value; times must not decrease. */
  add(point: string, time: number, value: number, uncertain?: boolean): void;
  /** Adds a register's count from before the first step, in order of time. */
  before(point: string, time: number, value: number): void;
  finish(): Bucket[];
}

interface Count {
  time: number;
  value: number;
}

/** The last counts of a register, newest first, and what was counted since its last fall. */
interface Register {
  counts: Count[];
  sinceFall: { amount: number; ms: number };
}

/** As many as growthOf looks back. */
const kept = 4;

/** How much a register grew with one more count, and over how long; null when that is unknown, such as after a fall. */
function count(register: Register, next: Count, rollover: number | undefined): { amount: number; ms: number } | null {
  if (isNoCount(next.value, rollover)) return null;
  const { counts, sinceFall } = register;
  const growth = growthOf(next.value, (n) => counts[n]?.value, rollover);
  const from = growth ? (counts[growth.since] as Count).time : next.time;
  counts.unshift(next);
  if (counts.length > kept) counts.pop();
  if (growth === null || next.time === from) {
    register.sinceFall = { amount: 0, ms: 0 };
    return null;
  }
  if (growth.since === 0) {
    const step = { amount: growth.amount, ms: next.time - from };
    sinceFall.amount += step.amount;
    sinceFall.ms += step.ms;
    return step;
  }
  // The register came back after a fall: what was counted in between is part of this growth and is subtracted.
  return { amount: Math.max(0, growth.amount - sinceFall.amount), ms: next.time - from - sinceFall.ms };
}

export function makeBuckets(from: number, step_ms: number, rollovers: Record<string, number> = {}): BucketMaker {
  const open = new Map<string, Sum>();
  const registers = new Map<string, Register>();
  const closed: Bucket[] = [];

  const close = (point: string, s: Sum) => {
    closed.push({
      point,
      time: from + s.index * step_ms,
      count: s.count,
      uncertain: s.uncertain,
      mean: s.sum / s.count,
      min: s.min,
      max: s.max,
      positive: s.positive / s.count,
      negative: s.negative / s.count,
      increment: s.increment_ms > 0 ? s.increment : null,
      increment_ms: s.increment_ms,
    });
  };

  const registerOf = (point: string): Register => {
    let register = registers.get(point);
    if (!register) {
      register = { counts: [], sinceFall: { amount: 0, ms: 0 } };
      registers.set(point, register);
    }
    return register;
  };

  return {
    before: (point, time, value) => void count(registerOf(point), { time, value }, rollovers[point]),
    add: (point, time, value, uncertain = false) => {
      const index = Math.floor((time - from) / step_ms);
      let s = open.get(point);
      if (s && s.index !== index) {
        close(point, s);
        s = undefined;
      }
      if (!s) {
        s = { index, count: 0, uncertain: 0, sum: 0, min: value, max: value, positive: 0, negative: 0, increment: 0, increment_ms: 0 };
        open.set(point, s);
      }
      s.count++;
      if (uncertain) s.uncertain++;
      s.sum += value;
      s.min = Math.min(s.min, value);
      s.max = Math.max(s.max, value);
      s.positive += Math.max(0, value);
      s.negative += Math.max(0, -value);
      const grown = count(registerOf(point), { time, value }, rollovers[point]);
      if (grown) {
        s.increment += grown.amount;
        s.increment_ms += grown.ms;
      }
    },
    finish: () => {
      for (const [point, s] of open) close(point, s);
      open.clear();
      return closed.sort((a, b) => a.time - b.time);
    },
  };
}
