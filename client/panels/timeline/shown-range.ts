/** The time range that the timeline shows: it is moved, zoomed, and kept within the ledger's time. All in ms since 1970. */

export interface TimeRange {
  from: number;
  to: number;
}

const hour_ms = 3_600_000;
const day_ms = 24 * hour_ms;

/** Ranges to choose from, by name. */
export const ranges = {
  '6h': 6 * hour_ms,
  '1d': day_ms,
  '7d': 7 * day_ms,
  '30d': 30 * day_ms,
  '1y': 365 * day_ms,
  '2y': 730 * day_ms,
} as const;
export type RangeName = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as RangeName[];

const shortest = ranges['6h'];
const longest = ranges['2y'];

/** Room right of the present, as a fraction of the range, so that the mark of the present is not at the edge. */
const ahead = 0.04;

export function spanOf({ from, to }: TimeRange): number {
  return to - from;
}

/** The named range of this length, or null: the button that is shown as chosen. */
export function rangeOf(stretch: TimeRange): RangeName | null {
  return rangeNames.find((name) => Math.abs(spanOf(stretch) / ranges[name] - 1) < 0.01) ?? null;
}

/** The latest time range of a length, with the present near its right edge. */
export function latest(span: number, now: number): TimeRange {
  const to = now + ahead * span;
  return { from: to - span, to };
}

/** Limits a range to lengths that can be shown, and to times between `first` (null: unknown) and the present. */
export function within(stretch: TimeRange, first: number | null, now: number): TimeRange {
  const span = Math.min(longest, Math.max(shortest, spanOf(stretch)));
  const end = now + ahead * span;
  // A ledger shorter than the range is shown at its right end.
  const start = first === null ? end - span : Math.min(first - ahead * span, end - span);
  const from = Math.min(end - span, Math.max(start, stretch.from));
  return { from, to: from + span };
}

/** Factor below 1 shows less time; the time at `anchor` stays where it is. */
export function zoomed({ from, to }: TimeRange, factor: number, anchor: number): TimeRange {
  const span = Math.min(longest, Math.max(shortest, factor * (to - from)));
  const part = (anchor - from) / (to - from);
  const start = anchor - part * span;
  return { from: start, to: start + span };
}

export function moved({ from, to }: TimeRange, by: number): TimeRange {
  return { from: from + by, to: to + by };
}

/** Moves the range just far enough to contain the time, with a margin of a tenth; unchanged if it contains it already. */
export function following(stretch: TimeRange, time: number): TimeRange {
  const margin = 0.1 * spanOf(stretch);
  if (time < stretch.from + margin * 0.2) return moved(stretch, time - stretch.from - margin);
  if (time > stretch.to - margin * 0.2) return moved(stretch, time - stretch.to + margin);
  return stretch;
}

/** Changes the length about a time, which keeps its place on the screen, but at least a tenth away from both ends. */
export function resized(stretch: TimeRange, span: number, about: number): TimeRange {
  const part = Math.min(0.9, Math.max(0.1, (about - stretch.from) / spanOf(stretch)));
  return { from: about - part * span, to: about + (1 - part) * span };
}

export function positionOf({ from, to }: TimeRange, time: number, width: number): number {
  return ((time - from) / (to - from)) * width;
}

export function timeAt({ from, to }: TimeRange, x: number, width: number): number {
  return from + (x / Math.max(1, width)) * (to - from);
}

/** Step of the ledger's rows for a time range: fine enough for the screen, coarse enough to load at once. */
export function stepFor(stretch: TimeRange): 'interval' | 'hour' | 'day' {
  const span = spanOf(stretch);
  if (span <= 3.5 * day_ms) return 'interval';
  return span <= 70 * day_ms ? 'hour' : 'day';
}
