/** Makes the marks of a timeline: gaps, flags, and restated, locked, adjusted and deleted periods. */
import type { Block } from '../../models/ledger/block.ts';
import { type Calendar, dayAfter, dayBounds, daysBetween } from '../../models/time/calendar.ts';
import type { LedgerReading } from '../store/ledger-store.ts';
import { isGap } from './day-draft.ts';
import type { EditionSpan } from './editions.ts';
import type { LedgerMark } from './ledger.ts';

export interface MarksParts {
  store: LedgerReading;
  calendar: Calendar;
  spans: readonly EditionSpan[];
  parkBlock: (edition: number, day: string) => Promise<Block | null>;
  from: number;
  to: number;
}

/** Up to this many days, gaps and flags are marked by interval; in longer ranges by day. */
const byInterval_days = 8;

export async function timelineMarksOf(parts: MarksParts): Promise<LedgerMark[]> {
  const { store, calendar, spans, from, to } = parts;
  const within = (mark: LedgerMark) => mark.to > from && mark.from < to;
  const days = spans.reduce((sum, { first, last }) => sum + daysBetween(first, last).length, 0);
  const doubts = days <= byInterval_days ? await intervalDoubts(parts) : await dayDoubts(parts);
  const head = await store.head();
  const restated = head.editions
    .filter((edition) => edition.visible && edition.from !== null)
    .map((edition): LedgerMark => {
      const note = `edition ${edition.id} (${edition.set}): ${edition.reason}`;
      return { kind: 'restated', from: edition.from as number, to: edition.to ?? Math.max(to, edition.from as number), note };
    });
  const span = (first: string, last: string) => ({ from: dayBounds(calendar, first).from, to: dayBounds(calendar, last).to });
  const locked = head.locks.map((lock): LedgerMark => ({ kind: 'locked', ...span(lock.from, lock.to), note: `locked by ${lock.who}` }));
  const adjusted = head.adjustments.map(({ day, set, difference }): LedgerMark => {
    const since = Object.keys(difference).length > 0 ? 'this day was locked' : 'its intervals were let go';
    return { kind: 'adjusted', ...span(day, day), note: `readings came after ${since} (${set})` };
  });
  const gone = head.gone.map(
    ({ day, hours }): LedgerMark => ({
      kind: 'gone',
      ...span(day, day),
      note: hours ? 'only days are kept' : 'only hours and days are kept',
    }),
  );
  return [...doubts, ...restated, ...locked, ...adjusted, ...inRows(gone)].filter(within).sort((a, b) => a.from - b.from);
}

/** Joins neighbouring marks with the same note into one. */
function inRows(marks: readonly LedgerMark[]): LedgerMark[] {
  const rows: LedgerMark[] = [];
  for (const mark of marks) {
    const open = rows.at(-1);
    if (open && open.to === mark.from && open.note === mark.note) open.to = mark.to;
    else rows.push({ ...mark });
  }
  return rows;
}

async function dayDoubts({ store, calendar, spans }: Pick<MarksParts, 'store' | 'calendar' | 'spans'>): Promise<LedgerMark[]> {
  const all = (await Promise.all(spans.map(({ edition, first, last }) => store.rows(first, last, edition)))).flat();
  const runs = (kind: 'gap' | 'flagged', of: 'gaps' | 'flagged', what: string) => {
    const marks: (LedgerMark & { last: string; intervals: number })[] = [];
    for (const row of all) {
      if (row[of] === 0) continue;
      const { from, to } = dayBounds(calendar, row.day);
      const open = marks.at(-1);
      if (open && dayAfter(open.last) === row.day) Object.assign(open, { to, last: row.day, intervals: open.intervals + row[of] });
      else marks.push({ kind, from, to, note: '', last: row.day, intervals: row[of] });
    }
    return marks.map(({ from, to, intervals }): LedgerMark => ({ kind, from, to, note: `${intervals} intervals ${what}` }));
  };
  return [...runs('gap', 'gaps', gapNote), ...runs('flagged', 'flagged', flagNote)];
}

const gapNote = 'unknown, or estimated for more than a tenth';
const flagNote = 'with doubtful readings, or meters that contradict each other';

async function intervalDoubts({ store, calendar, spans, parkBlock }: MarksParts): Promise<LedgerMark[]> {
  const marks: LedgerMark[] = [];
  for (const { edition, first, last } of spans) {
    for (const day of daysBetween(first, last)) {
      const block = await parkBlock(edition, day);
      // The day's intervals are deleted, so its marks are made from what is known of the whole day.
      if (!block) marks.push(...(await dayDoubts({ store, calendar, spans: [{ edition, first: day, last: day }] })));
      if (!block) continue;
      const column = (name: string, i: number) => block.columns.get(name)?.[i];
      add(marks, calendar, block, 'gap', gapNote, (i) => isGap(column('consumption.Wh', i), column('estimated.Wh', i)));
      add(marks, calendar, block, 'flagged', flagNote, (i) => column('flagged', i) === 1);
    }
  }
  return marks;
}

function add(
  marks: LedgerMark[],
  { interval_ms }: Calendar,
  { times }: Block,
  kind: 'gap' | 'flagged',
  note: string,
  is: (i: number) => boolean,
): void {
  for (const [i, time] of times.entries()) {
    if (!is(i)) continue;
    const open = marks.findLast((mark) => mark.kind === kind);
    if (open && open.to === time) open.to = time + interval_ms;
    else marks.push({ kind, from: time, to: time + interval_ms, note });
  }
}
