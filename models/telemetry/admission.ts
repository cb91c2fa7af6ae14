/**
 * Decides what happens to a new reading: it is refused (with its whole batch; the error gives its index), quarantined
 * (kept, but out of every sum) or taken. The limits on times use the park's clock.
 */
import type { Point } from '../park/park.ts';
import { isMoment } from '../time/read-time.ts';
import type { AsideReason, QuarantinedReading } from './quarantine.ts';
import type { Reading, StoredReading } from './reading.ts';
import { noCount } from './register.ts';

const minute_ms = 60_000;
const day_ms = 86_400_000;
export const earliest = Date.UTC(2000, 0, 1);
export const oldest_ms = 400 * day_ms;
export const ahead_ms = 5 * minute_ms;

/** Nothing of the batch is stored. `index` is the first reading that is wrong. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    readonly index: number,
    readonly reason: string,
  ) {
    super(`reading ${index}: ${reason}`);
  }
}

export interface Admitted {
  taken: StoredReading[];
  aside: (QuarantinedReading & { reason: AsideReason })[];
}

/** `received` is the computer's time, `now` the park's. Throws a Refusal. */
export function admit(points: ReadonlyMap<string, Point>, readings: readonly Reading[], now: number, received: number): Admitted {
  const taken: StoredReading[] = [];
  const aside: Admitted['aside'] = [];
  for (const [index, reading] of readings.entries()) {
    const point = points.get(reading.point);
    if (point === undefined) throw new Refusal(index, `the park has no point "${reading.point.slice(0, 120)}"`);
    if (!isMoment(reading.time)) throw new Refusal(index, 'the time is not a whole number of milliseconds, or none that any calendar has');
    if (reading.value !== null && !Number.isFinite(reading.value)) throw new Refusal(index, 'the value is not a finite number');
    const kept = keep(reading, received);
    const reason = whyAside(point, kept, now);
    if (reason === null) taken.push(kept);
    else aside.push({ ...kept, reason });
  }
  return { taken, aside };
}

/** A bad value is stored as null and a null value as bad, never as zero. `noCount` (a counter without a value) is bad too. */
function keep({ point, time, value, quality }: Reading, received: number): StoredReading {
  const bad = value === null || value === noCount || quality === 'bad';
  return { point, time, value: bad ? null : value, quality: bad ? 'bad' : quality, received };
}

function whyAside(point: Point, { time, value }: StoredReading, now: number): AsideReason | null {
  if (time < earliest) return 'beforeYear2000';
  if (time > now + ahead_ms) return 'ahead';
  if (time < now - oldest_ms) return 'tooOld';
  return implausible(point, value);
}

/** Why the point cannot have had this value at any time; null if it can. */
export function implausible(point: Point, value: number | null): 'negativeCount' | 'outOfRange' | null {
  if (value === null) return null;
  if (value < 0 && countsUp(point)) return 'negativeCount';
  return value < point.range[0] || value > point.range[1] ? 'outOfRange' : null;
}

/** Whether the point is a register of one direction, whatever range was declared for it. */
function countsUp({ measure, port, negativePort }: Point): boolean {
  return measure === 'register' && port !== undefined && negativePort === undefined;
}
