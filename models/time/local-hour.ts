const quarter_ms = 900_000;

interface Clock {
  format: Intl.DateTimeFormat;
  /** The quarter of an hour of the last call: since 1972 no zone has changed its offset within a quarter. */
  quarter: number;
  hour: number;
}

const clocks = new Map<string, Clock>();

/** Local hour of the day, 0…23, of `time` (ms since 1970). */
export function localHour(timeZone: string, time: number): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    clock = { format, quarter: Number.NaN, hour: 0 };
    clocks.set(timeZone, clock);
  }
  const quarter = Math.floor(time / quarter_ms);
  if (quarter !== clock.quarter) {
    clock.hour = Number(clock.format.format(time));
    clock.quarter = quarter;
  }
  return clock.hour;
}
