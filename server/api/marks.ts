/** Marks of a timeline: what happened in the park, and where something is missing, flagged, restated, closed or adjusted. */
import type { Api } from '../../models/api/api.ts';
import { mostMarkDays } from '../../models/api/marks.ts';
import { eventsIn } from '../../models/park/events.ts';
import { checkDays, checkRange, isoOf } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import type { Route } from './route.ts';

export const readMarks: Route<Api['readMarks']> = {
  answer: async ({ twin, query: { from, to } }) => {
    const ledger = ledgerOf(twin);
    checkRange({ from, to });
    checkDays({ from, to }, mostMarkDays);
    const { park } = twin;
    const events = eventsIn(park.events ?? [], from, to).map(({ from, to, ...event }) => {
      return { kind: 'event' as const, from, to, note: event.title.en, event };
    });
    const marks = [...(await ledger.marks(from, to)), ...events].sort((a, b) => a.from - b.from);
    return { park: park.id, marks: marks.map((mark) => ({ ...mark, from: isoOf(mark.from), to: isoOf(mark.to) })) };
  },
};
