/** Times in answers, and ranges of questions. */
import { ApiError } from './errors.ts';

export const isoOf = (time: number): string => new Date(time).toISOString();
export const isoOrNull = (time: number | null): string | null => (time === null ? null : isoOf(time));

interface Range {
  /** ms since 1970; `to` is not included. */
  from: number;
  to: number;
}

/** Refuses a range that is empty or the wrong way round. */
export function checkRange({ from, to }: Range): void {
  if (to <= from) throw new ApiError(400, 'badQuery', 'to is not after from');
}

export function checkDays({ from, to }: Range, most: number): void {
  if (to - from > most * 86_400_000) throw new ApiError(400, 'tooMuch', `at most ${most} days at a time`);
}
