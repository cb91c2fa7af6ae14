/** Marks of the ledger as the timeline draws them: neighbours that the screen could not tell apart become one. */
import type { MarkAnswer } from '../../../models/api/marks.ts';
import type { Text } from '../../../models/park/park.ts';

export type MarkKind = MarkAnswer['kind'];

export interface TimelineMark {
  kind: MarkKind;
  from: number;
  to: number;
  /** How many marks of the ledger are in it, and how long they are together. */
  count: number;
  marked_ms: number;
  /** What happened: of events. */
  titles: Text[];
}

/** As it comes from the server. */
export interface RawMark {
  kind: MarkKind;
  from: number;
  to: number;
  title?: Text | undefined;
}

/** More of them than this in one that is mostly unmarked time would say what is not so. */
const few = 4;

/**
 * Marks of one kind that are nearer than `near_ms` to each other are drawn as one; flags that together mark less than
 * half of it are left for a closer look.
 */
export function merged(marks: readonly RawMark[], near_ms: number): TimelineMark[] {
  const all: TimelineMark[] = [];
  const last = new Map<MarkKind, TimelineMark>();
  for (const { kind, from, to, title } of marks.toSorted((a, b) => a.from - b.from)) {
    const before = last.get(kind);
    // Events that follow one another are still several: only those whose beginnings lie on one another are one.
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

/** Those that a time lies in, with some pixels' worth of grace on both sides. */
export function timelineMarksAt(marks: readonly TimelineMark[], time: number, grace_ms: number): TimelineMark[] {
  return marks.filter((mark) => time >= mark.from - grace_ms && time <= mark.to + grace_ms);
}

/** More are counted, not named. */
const mostTitles = 4;

/** What happened, in one line. */
export function titlesOf({ titles }: TimelineMark, text: (text: Text) => string): string {
  const named = titles.slice(0, mostTitles).map(text);
  return [...named, ...(titles.length > mostTitles ? [`+${titles.length - mostTitles}`] : [])].join(' · ');
}

/** The beginning of the event nearest to a time, within grace; null when there is none. */
export function eventAt(marks: readonly TimelineMark[], time: number, grace_ms: number): number | null {
  const near = marks.filter(({ kind, from }) => kind === 'event' && Math.abs(from - time) <= grace_ms);
  const nearest = near.sort((a, b) => Math.abs(a.from - time) - Math.abs(b.from - time))[0];
  return nearest?.from ?? null;
}
