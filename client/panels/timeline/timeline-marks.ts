/** Marks of the ledger as the timeline draws them: marks too close to be told apart on the screen are merged. */
import type { MarkAnswer } from '../../../models/api/marks.ts';
import type { Text } from '../../../models/park/park.ts';

export type MarkKind = MarkAnswer['kind'];

export interface TimelineMark {
  kind: MarkKind;
  from: number;
  to: number;
  /** How many marks of the ledger were merged into it, and their total length. */
  count: number;
  marked_ms: number;
  /** Titles of events; empty for other kinds. */
  titles: Text[];
}

/** A mark from the server, with its times in ms. */
export interface RawMark {
  kind: MarkKind;
  from: number;
  to: number;
  title?: Text | undefined;
}

/** A merged mark of more flags than this is left out if most of its time is unflagged: drawing it would mislead. */
const few = 4;

/**
 * Merges marks of one kind that are at most `near_ms` apart (events: three times that). A merged mark of more than `few`
 * flags that cover less than half of it is left out; its flags appear when the timeline is zoomed in.
 */
export function merged(marks: readonly RawMark[], near_ms: number): TimelineMark[] {
  const all: TimelineMark[] = [];
  const last = new Map<MarkKind, TimelineMark>();
  for (const { kind, from, to, title } of marks.toSorted((a, b) => a.from - b.from)) {
    const before = last.get(kind);
    // Events that follow one another stay separate: only events that begin at nearly the same time are merged.
    const end = before && (kind === 'event' ? before.from : before.to);
    if (before && end !== undefined && from - end <= (kind === 'event' ? 3 * near_ms : near_ms)) {
      before.to = Math.max(before.to, to);
      before.count++;
      before.marked_ms += to - from;
      if (title) before.titles.push(title);
      continue;
    }
    const mark: TimelineMark = { kind, from, to, count: 1, marked_ms: to - from, titles: title ? [title] : [] };
    last.set(kind, mark);
    all.push(mark);
  }
  return all.filter(({ kind, from, to, count, marked_ms }) => kind !== 'flagged' || count <= few || 2 * marked_ms >= to - from);
}

/** The marks that contain a time, with a tolerance of `grace_ms` on both sides. */
export function timelineMarksAt(marks: readonly TimelineMark[], time: number, grace_ms: number): TimelineMark[] {
  return marks.filter((mark) => time >= mark.from - grace_ms && time <= mark.to + grace_ms);
}

/** At most this many titles are named; the others are counted. */
const mostTitles = 4;

/** The titles of the events in one line. */
export function titlesOf({ titles }: TimelineMark, text: (text: Text) => string): string {
  const named = titles.slice(0, mostTitles).map(text);
  return [...named, ...(titles.length > mostTitles ? [`+${titles.length - mostTitles}`] : [])].join(' · ');
}

/** The beginning of the event nearest to a time, within `grace_ms`; null if there is none. */
export function eventAt(marks: readonly TimelineMark[], time: number, grace_ms: number): number | null {
  const near = marks.filter(({ kind, from }) => kind === 'event' && Math.abs(from - time) <= grace_ms);
  const nearest = near.sort((a, b) => Math.abs(a.from - time) - Math.abs(b.from - time))[0];
  return nearest?.from ?? null;
}
