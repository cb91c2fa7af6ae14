/** Pictures of the past in the browser: loaded by local day, the least used forgotten first. */
import { layoutSignature } from '../../models/ledger/picture-slots.ts';
import type { PictureSet } from '../../models/ledger/pictures.ts';
import { localDay, startOfDay, zoneOffset } from '../../models/local-time.ts';
import type { Layout } from '../../models/protocol.ts';
import { fetchPictures, HistoryError } from './history.ts';
import { createLru } from './lru.ts';

export interface Picture {
  /** Start and end of its interval, ms. */
  start: number;
  end: number;
  /** `sampled` slots count seconds from here. */
  base: number;
  /** Slots of the layout. A view: copy it, do not keep it. */
  values: Float32Array;
}

export interface Pictures {
  /** The picture of the interval that holds `time`; null when it is not here (yet). */
  at(time: number): Picture | null;
  /** The newest picture here of an interval that starts at or before `time`, at most `within_ms` before it. */
  before(time: number, within_ms: number): Picture | null;
  /** True when the local days of [from, to) are here, as far as they are accounted. */
  has(from: number, to: number): boolean;
  /** Loads the local days of [from, to) that are not here, those nearest to `first` first. Rejects with a HistoryError. */
  load(from: number, to: number, options?: { signal?: AbortSignal; first?: number }): Promise<void>;
  /** Forgets days that were accounted again; everything without a range. */
  forget(from?: number, to?: number): void;
  readonly bytes: number;
}

export interface PicturesOptions {
  park: string;
  timeZone: string;
  layout: Layout;
  most_bytes?: number;
  fetch?: typeof fetchPictures;
  now?: () => number;
}

interface Day {
  set: PictureSet;
  /** All of the day's intervals are here. */
  whole: boolean;
  fetched: number;
}

/** A day that is not over is asked for again, but not more often. */
const again_ms = 20_000;

export function createPictures({ park, timeZone, layout, most_bytes = 128e6, ...options }: PicturesOptions): Pictures {
  const { fetch = fetchPictures, now = () => performance.now() } = options;
  const offset = zoneOffset(timeZone);
  const signature = layoutSignature(layout);
  const days = createLru<Day>(most_bytes);
  const underWay = new Map<number, Promise<void>>();
  const dayOf = (time: number) => localDay(time, offset);

  const fresh = (day: number) => {
    const known = days.get(String(day));
    return known !== undefined && (known.whole || now() - known.fetched < again_ms);
  };
  const fetchDay = async (day: number, signal?: AbortSignal) => {
    const end = startOfDay(day + 1, offset);
    const set = await fetch(park, startOfDay(day, offset), end, signal);
    if (set.times.length > 0 && set.signature !== signature) throw new HistoryError('otherPark', 'pictures of another version of the park');
    const whole = (set.times.at(-1) ?? Number.NEGATIVE_INFINITY) + set.interval_ms >= end;
    days.set(String(day), { set, whole, fetched: now() }, set.values.byteLength + 1000);
  };
  const picture = ({ base, interval_ms, times, size, values }: PictureSet, t: number): Picture => {
    const start = times[t] as number;
    return { start, end: start + interval_ms, base, values: values.subarray(t * size, (t + 1) * size) };
  };
  const before = (time: number, within_ms: number) => {
    for (let day = dayOf(time); startOfDay(day + 1, offset) > time - within_ms; day--) {
      const set = days.get(String(day))?.set;
      const t = set ? lastAtOrBefore(set.times, time) : -1;
      if (set && t >= 0) return (set.times[t] as number) >= time - within_ms ? picture(set, t) : null;
    }
    return null;
  };

  return {
    at: (time) => {
      const found = before(time, 86_400_000);
      return found !== null && time < found.end ? found : null;
    },
    before,
    has: (from, to) => daysOf(dayOf(from), dayOf(to - 1)).every(fresh),
    load: async (from, to, { signal, first = from } = {}) => {
      const near = dayOf(first);
      const wanted = daysOf(dayOf(from), dayOf(to - 1)).sort((a, b) => Math.abs(a - near) - Math.abs(b - near) || b - a);
      for (const day of wanted) {
        signal?.throwIfAborted();
        const asked = underWay.get(day);
        // Another's question may be taken back; then this one asks for itself.
        if (asked) await asked.catch(() => {});
        if (fresh(day)) continue;
        signal?.throwIfAborted();
        const asking = fetchDay(day, signal).finally(() => underWay.delete(day));
        underWay.set(day, asking);
        await asking;
      }
    },
    forget: (from, to) => {
      if (from === undefined) days.clear();
      else for (const day of daysOf(dayOf(from), dayOf((to ?? from + 1) - 1))) days.delete(String(day));
    },
    get bytes() {
      return days.bytes;
    },
  };
}

function daysOf(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** Index of the last of ascending times that is not after `time`; -1 when all are. */
function lastAtOrBefore(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
