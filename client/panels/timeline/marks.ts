/** Marks of the ledger as the timeline draws them: neighbours that the screen could not tell apart become one. */

export type MarkKind = 'gap' | 'flagged' | 'restated' | 'locked' | 'adjusted' | 'gone';

export interface Mark {
  kind: MarkKind;
  from: number;
  to: number;
  /** How many marks of the ledger are in it, and how long they are together. */
  count: number;
  marked_ms: number;
}

/** More of them than this in one that is mostly unmarked time would say what is not so. */
const few = 4;

/**
 * Marks of one kind that are nearer than `near_ms` to each other are drawn as one; flags that together mark less than
 * half of it are left for a closer look.
 */
export function merged(marks: readonly Omit<Mark, 'count' | 'marked_ms'>[], near_ms: number): Mark[] {
  const all: Mark[] = [];
  const last = new Map<MarkKind, Mark>();
  for (const { kind, from, to } of marks.toSorted((a, b) => a.from - b.from)) {
    const before = last.get(kind);
    if (before && from - before.to <= near_ms) {
      before.to = Math.max(before.to, to);
      before.count++;
      before.marked_ms += to - from;
      continue;
    }
    const mark = { kind, from, to, count: 1, marked_ms: to - from };
    last.set(kind, mark);
    all.push(mark);
  }
  return all.filter(({ kind, from, to, count, marked_ms }) => kind !== 'flagged' || count <= few || 2 * marked_ms >= to - from);
}

/** Those that a time lies in, with some pixels' worth of grace on both sides. */
export function marksAt(marks: readonly Mark[], time: number, grace_ms: number): Mark[] {
  return marks.filter((mark) => time >= mark.from - grace_ms && time <= mark.to + grace_ms);
}
