/** Local dates as an input of type date reads and writes them. */
import type { ZoneOffset } from '../../../models/time/local-time.ts';

/** `2026-10-12` in the park's zone. */
export function dateText(time: number, offset: ZoneOffset): string {
  return new Date(time + offset(time)).toISOString().slice(0, 10);
}

/** Days since 1970 of a written date; null if the text is not a date. */
export function dayNumber(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / 86_400_000;
}
