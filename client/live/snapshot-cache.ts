/**
 * Accounted snapshots by local day, up to a limit of memory. Days are requested in order of need, two at a time, so that
 * the snapshot that a person waits for never queues behind those that may be needed next.
 */
import type { SnapshotSet } from '../../models/snapshots/snapshots.ts';
import { localDay, startOfDay, type ZoneOffset } from '../../models/time/local-time.ts';

export type FetchSnapshots = (from: number, to: number, signal: AbortSignal) => Promise<SnapshotSet>;

/** State of a snapshot: loaded (`there`), loading or not requested yet (`away`), request failed, or there is none. */
export type FoundSnapshot =
  | { state: 'there'; set: SnapshotSet; index: number }
  | { state: 'away' }
  | { state: 'failed' }
  | { state: 'none'; base: number };

interface Day {
  set: SnapshotSet | null;
  /** End of the accounted past when the day was requested, ms; a day that was not over then is requested again. */
  until: number;
  failed: boolean;
  used: number;
}

const mostBytes = 160e6;
const atOnce = 2;

/** Index of the snapshot that starts exactly then, or −1. */
export function indexOf({ times }: Pick<SnapshotSet, 'times'>, start: number): number {
  const at = lastUpTo(times, start);
  return at >= 0 && times[at] === start ? at : -1;
}

/** Index of the last time that is not after `time`, or −1. */
export function lastUpTo(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

export class SnapshotCache {
  private readonly days = new Map<number, Day>();
  private readonly underWay = new Map<number, AbortController>();
  private wanted: number[] = [];
  private clock = 0;
  private readonly fetchSnapshots: FetchSnapshots;
  private readonly offset: ZoneOffset;
  private readonly arrived: () => void;
  /** End of what is accounted, ms. */
  until = Number.NEGATIVE_INFINITY;

  constructor(fetchSnapshots: FetchSnapshots, offset: ZoneOffset, arrived: () => void) {
    this.fetchSnapshots = fetchSnapshots;
    this.offset = offset;
    this.arrived = arrived;
  }

  dayOf(time: number): number {
    return localDay(time, this.offset);
  }

  find(start: number): FoundSnapshot {
    const day = this.days.get(this.dayOf(start));
    if (!day) return { state: 'away' };
    day.used = ++this.clock;
    if (day.set) {
      const index = indexOf(day.set, start);
      if (index >= 0) return { state: 'there', set: day.set, index };
      if (start < day.until || this.until <= day.until) return { state: 'none', base: day.set.base };
    }
    return { state: day.failed ? 'failed' : 'away' };
  }

  /** The newest loaded snapshot that is not later than `time`, of the same local day or the day before. */
  nearestBefore(time: number): Extract<FoundSnapshot, { state: 'there' }> | null {
    for (const number of [this.dayOf(time), this.dayOf(time) - 1]) {
      const set = this.days.get(number)?.set;
      const index = set ? lastUpTo(set.times, time) : -1;
      if (set && index >= 0) return { state: 'there', set, index };
    }
    return null;
  }

  /** Requests local days in order of need; running requests for other days are cancelled. */
  want(days: readonly number[]): void {
    this.wanted = [...new Set(days)];
    for (const [day, abort] of this.underWay) {
      if (this.wanted.includes(day)) continue;
      abort.abort();
      this.underWay.delete(day);
    }
    this.pump();
  }

  /** Requests again the days that failed. */
  retry(): void {
    for (const [number, day] of this.days) if (day.failed && !day.set) this.days.delete(number);
    this.pump();
  }

  /** Makes all days out of date because figures may have changed; each stays in use until its new version is here. */
  outdate(): void {
    for (const day of this.days.values()) day.until = Number.NEGATIVE_INFINITY;
    this.pump();
  }

  clear(): void {
    for (const abort of this.underWay.values()) abort.abort();
    this.underWay.clear();
    this.days.clear();
    this.wanted = [];
  }

  private isMissing(number: number): boolean {
    const day = this.days.get(number);
    if (!day) return true;
    if (day.failed) return false;
    // A day that was over when it was requested is complete; any other day grows with every interval.
    const end = startOfDay(number + 1, this.offset);
    return day.until < Math.min(end, this.until);
  }

  private pump(): void {
    for (const number of this.wanted) {
      if (this.underWay.size >= atOnce) return;
      if (!this.underWay.has(number) && this.isMissing(number)) void this.load(number);
    }
  }

  private async load(number: number): Promise<void> {
    const abort = new AbortController();
    this.underWay.set(number, abort);
    const { until } = this;
    const before = this.days.get(number);
    let day: Day;
    try {
      const set = await this.fetchSnapshots(startOfDay(number, this.offset), startOfDay(number + 1, this.offset), abort.signal);
      day = { set, until, failed: false, used: ++this.clock };
    } catch {
      if (abort.signal.aborted) return;
      day = { set: before?.set ?? null, until: before?.until ?? until, failed: true, used: ++this.clock };
    }
    if (abort.signal.aborted) return;
    this.underWay.delete(number);
    this.days.set(number, day);
    this.makeRoom();
    this.arrived();
    this.pump();
  }

  private makeRoom(): void {
    let bytes = 0;
    for (const [number, { set }] of [...this.days].sort((a, b) => b[1].used - a[1].used)) {
      bytes += set?.values.byteLength ?? 0;
      if (bytes > mostBytes && !this.wanted.slice(0, 3).includes(number)) this.days.delete(number);
    }
  }
}
