/** From and to as people write them on a command line: local days of the park, inclusive, or moments with an offset. */
import type { FactorSet } from '../../models/park/park.ts';
import { type Calendar, dayBounds, intervalsIn, isDay } from '../../models/time/calendar.ts';
import { readTime } from '../../models/time/read-time.ts';

export interface AccountRange {
  /** ms since 1970; [from, to). */
  from: number;
  to: number;
}

/** Returns the range, or a message that says what is wrong. */
export function readRange(calendar: Calendar, from: string, to: string): AccountRange | string {
  const begin = momentOf(calendar, from, 'from');
  if (typeof begin === 'string') return `--from ${from}: ${begin}`;
  const end = momentOf(calendar, to, 'to');
  if (typeof end === 'string') return `--to ${to}: ${end}`;
  if (begin >= end) return `--from ${from} is not before --to ${to}`;
  const range = { from: begin, to: end };
  if (intervalsIn(calendar, range) === 0) return `no interval of ${calendar.interval_ms / 1000} s starts between ${from} and ${to}`;
  return range;
}

function momentOf(calendar: Calendar, text: string, end: 'from' | 'to'): number | string {
  if (isDay(text)) return dayBounds(calendar, text)[end];
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'there is no such day';
  const read = readTime(text);
  return typeof read === 'string' ? `neither a local day such as 2019-02-01 nor a time: ${read}` : read.time;
}

export interface AccountRequest {
  folder: string;
  from: string;
  to: string;
  factors: FactorSet;
  json: boolean;
  /** Folder of the stores; when absent, readings come from the files that points are bound to. */
  data?: string | undefined;
}
