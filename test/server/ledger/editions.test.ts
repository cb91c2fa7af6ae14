import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar, dayBounds, daysBetween } from '../../../models/time/calendar.ts';
import { editionSpans, validOn } from '../../../server/ledger/editions.ts';
import type { KeptEdition } from '../../../server/store/ledger-store.ts';

const calendar = createCalendar({ timeZone: 'America/Los_Angeles', interval_s: 900 });
const days = { first: '2026-02-20', last: '2026-04-10' };
const [begin, end] = [dayBounds(calendar, days.first).from, dayBounds(calendar, days.last).to];

const time = fc.oneof(
  // As they are made, at midnights…
  fc.constantFrom(...daysBetween('2026-02-10', '2026-04-20')).map((day) => dayBounds(calendar, day).from),
  // …and anywhere, as after a change of the park's time zone.
  fc.integer({ min: begin - 1e9, max: end + 1e9 }),
);
const edition = fc.record({
  set: fc.constantFrom('direct' as const, 'lifecycle' as const),
  visible: fc.boolean(),
  from: fc.option(time),
  to: fc.option(time),
});

describe('editions', () => {
  it('spans say of every day which edition is valid', () => {
    fc.assert(
      fc.property(fc.array(edition, { maxLength: 8 }), fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }), (drawn, asOf) => {
        const editions = drawn.map((one, i) => ({ ...one, id: i + 1 }) as KeptEdition);
        const spans = editionSpans(editions, 'direct', days, calendar, asOf);
        const told = new Map(spans.flatMap((of) => daysBetween(of.first, of.last).map((day) => [day, of.edition] as const)));
        for (const day of daysBetween(days.first, days.last)) {
          expect([day, told.get(day)]).toEqual([day, validOn(editions, 'direct', dayBounds(calendar, day), asOf)?.id]);
        }
        // Neighbours of one edition are one span.
        spans.slice(1).forEach((after, i) => {
          const before = spans[i];
          expect(before?.edition === after.edition && daysBetween(before.last, after.first).length === 2).toBe(false);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('no days, no spans', () => {
    const endless = [{ set: 'direct', visible: true, from: null, to: null, id: 1 } as unknown as KeptEdition];
    expect(editionSpans(endless, 'direct', { first: '2026-02-02', last: '2026-02-01' }, calendar)).toEqual([]);
  });
});
