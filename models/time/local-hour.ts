const quarter_ms = 900_000;

interface Clock {
  format: Intl.DateTimeFormat;
  /** The quarter of an hour asked for last: no zone's offset has changed within one since 1972. */
  quarter: number;
  hour: number;
}

const clocks = new Map<string, Clock>();

/** Hour of the day, 0…23, that `time` (ms since 1970) falls in where the park is. */
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
