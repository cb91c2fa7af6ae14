/** Park-local wall time as an offset from UTC, fast enough to be computed for every reading. */

const day_ms = 86_400_000;
const quarter_ms = 900_000;

/** Offset of the zone (ms, local = UTC + offset) at a time. Throws RangeError on an unknown IANA zone. */
export type ZoneOffset = (time: number) => number;

/**
 * Offsets are taken from Intl once per UTC day. On days with a change (23 or 25 hours, also half hours as on Lord Howe)
 * they are taken by quarter of an hour, the finest step at which any zone has changed since 1970.
 */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const ask = (time: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(time)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
  };
  const known = new Map<number, number>();
  const remembered = (time: number): number => {
    let offset = known.get(time);
    if (offset === undefined) {
      if (known.size > 4000) known.clear();
      offset = ask(time);
      known.set(time, offset);
    }
    return offset;
  };
  return (time) => {
    const midnight = Math.floor(time / day_ms) * day_ms;
    const offset = remembered(midnight);
    if (remembered(midnight + day_ms) === offset) return offset;
    return remembered(Math.floor(time / quarter_ms) * quarter_ms);
  };
}

/** Day of the week in local time, 0 = Monday. */
export function weekday(time: number, offset: ZoneOffset): number {
  return (Math.floor((time + offset(time)) / day_ms) + 3) % 7;
}

/** Hours since local midnight, 0 ≤ h < 24. */
export function hourOfDay(time: number, offset: ZoneOffset): number {
  const local = time + offset(time);
  return (local - Math.floor(local / day_ms) * day_ms) / 3_600_000;
}

/** Days since 1970-01-01 in local time: one number per local day. */
export function localDay(time: number, offset: ZoneOffset): number {
  return Math.floor((time + offset(time)) / day_ms);
}

/** The time at which that local day begins. On days whose midnight does not exist, the first time after it. */
export function startOfDay(day: number, offset: ZoneOffset): number {
  const guess = day * day_ms - offset(day * day_ms);
  return day * day_ms - offset(guess);
}
