/** Marks of the ledger as the timeline draws them: neighbours that the screen could not tell apart become one. */

export type MarkKind = 'gap' | 'flagged' | 'restated' | 'locked' | 'adjusted';

export interface Mark {
  kind: MarkKind;
  from: number;
  to: number;
  /** How many marks of the ledger are in it. */
  count: number;
}

/** Marks of one kind that are nearer than `near_ms` to each other are drawn as one. */
export function merged(marks: readonly Omit<Mark, 'count'>[], near_ms: number): Mark[] {
  const all: Mark[] = [];
  const last = new Map<MarkKind, Mark>();
  for (const { kind, from, to } of marks.toSorted((a, b) => a.from - b.from)) {
    const before = last.get(kind);
    if (before && from - before.to <= near_ms) {
      before.to = Math.max(before.to, to);
      before.count++;
      continue;
    }
    const mark = { kind, from, to, count: 1 };
    last.set(kind, mark);
    all.push(mark);
  }
  return all;
}

/** Those that a time lies in, with some pixels' worth of grace on both sides. */
export function marksAt(marks: readonly Mark[], time: number, grace_ms: number): Mark[] {
  return marks.filter((mark) => time >= mark.from - grace_ms && time <= mark.to + grace_ms);
}
