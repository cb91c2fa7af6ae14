/** What every store of a ledger must do, whatever keeps it. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountedDay, DayRow, KeptEdition, LedgerChange, LedgerStore } from '../../../server/store/ledger-store.ts';
import { emptyHead } from './memory-ledger.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (of: Uint8Array | null | undefined) => of && new TextDecoder().decode(of);
const texts = (of: ReadonlyMap<string, Uint8Array>) => Object.fromEntries([...of].map(([key, one]) => [key, text(one)]));

const edition = (id: number, more: Partial<KeptEdition> = {}): KeptEdition => ({
  id,
  set: 'direct',
  from: null,
  to: null,
  factors: `factors ${id}`,
  method: 'method',
  software: 'test',
  reason: 'because',
  who: 'Ada',
  at: 10 + id,
  visible: true,
  fingerprint: `f${id}`,
  ...more,
});

const row = (id: number, day: string, more: Partial<DayRow> = {}): DayRow => ({
  edition: id,
  day,
  at: 5,
  software: 'test',
  intervals: 96,
  flagged: 1,
  gaps: 2,
  before: { battery: { energy_kWh: 1.5, carbon_g: 3, origin: 1 } as never },
  after: {},
  missing: ['a'],
  ...more,
});

/** An accounted day whose bytes say what they are. */
const accounted = (id: number, day: string, owners: readonly string[], mark = ''): AccountedDay => ({
  row: row(id, day),
  blocks: new Map(owners.map((owner) => [owner, bytes(`${owner} ${day}${mark}`)])),
  months: new Map(owners.map((owner) => [owner, bytes(`month of ${owner}, ${day}${mark}`)])),
  monthColumns: new Map([
    ['', bytes(`head ${day}${mark}`)],
    ['import.Wh', bytes(`import ${day}${mark}`)],
  ]),
  snapshots: { signature: 's1', slots: bytes('slots of s1'), bytes: bytes(`snapshots ${day}${mark}`) },
});

/** `open` is called once; the ledger is emptied between tests. */
export function ledgerStoreContract(name: string, open: () => Promise<LedgerStore>): void {
  describe(`the ledger's store in ${name}`, () => {
    let store: LedgerStore;
    beforeAll(async () => {
      store = await open();
    });
    beforeEach(() => store.clear());
    afterAll(() => store.close());

    it('is empty at first, and after it was cleared', async () => {
      expect(await store.head()).toEqual(emptyHead());
      await store.save({
        span: { from: 1, until: 2, fillUntil: 3 },
        editions: [{ edition: edition(1), park: bytes('park') }],
        days: [accounted(1, '2026-03-30', ['', 'hall'])],
        records: new Map([['2026-03-30', bytes('records')]]),
      });
      await store.clear();
      expect(await store.head()).toEqual(emptyHead());
      expect(await store.days()).toBeNull();
      expect(await store.owners()).toEqual([]);
      expect(await store.records(['2026-03-30'])).toEqual(new Map());
    });

    it('gives a day back as it was saved, and nothing of the day before it was saved again', async () => {
      await store.save({ editions: [{ edition: edition(1), park: bytes('a park') }], days: [accounted(1, '2026-03-30', ['', 'hall'])] });
      await store.save({ days: [accounted(1, '2026-03-31', ['', 'hall', 'kiln'])] });
      await store.save({ days: [accounted(1, '2026-03-30', ['', 'hall'], ' again')] });
      expect(await store.rows('2026-03-01', '2026-04-30')).toEqual([row(1, '2026-03-30'), row(1, '2026-03-31')]);
      expect(await store.days(1)).toEqual({ first: '2026-03-30', last: '2026-03-31' });
      expect(await store.owners()).toEqual(['', 'hall', 'kiln']);
      expect((await store.blocks(1, 'hall', '2026-03-30', '2026-03-31')).map((one) => [one.day, text(one.bytes)])).toEqual([
        ['2026-03-30', 'hall 2026-03-30 again'],
        ['2026-03-31', 'hall 2026-03-31'],
      ]);
      expect(await store.blocks(1, 'nobody', '2026-03-30', '2026-03-31')).toEqual([]);
      expect(await store.blocks(2, 'hall', '2026-03-30', '2026-03-31')).toEqual([]);
      // The month is that of the day that was saved last.
      expect(texts(await store.month(1, '2026-03'))).toEqual({
        '': 'month of , 2026-03-30 again',
        hall: 'month of hall, 2026-03-30 again',
        kiln: 'month of kiln, 2026-03-31',
      });
      expect((await store.months(1, 'kiln', '2026-01', '2026-12')).map((one) => [one.month, text(one.bytes)])).toEqual([
        ['2026-03', 'month of kiln, 2026-03-31'],
      ]);
      expect(texts(await store.monthColumns(1, '2026-03', null))).toEqual({
        '': 'head 2026-03-30 again',
        'import.Wh': 'import 2026-03-30 again',
      });
      expect(texts(await store.monthColumns(1, '2026-03', ['import.Wh', 'none']))).toEqual({ 'import.Wh': 'import 2026-03-30 again' });
      expect(text((await store.snapshots(1, '2026-03-30'))?.bytes)).toBe('snapshots 2026-03-30 again');
      expect(await store.snapshots(1, '2026-04-01')).toBeNull();
      expect(text(await store.slots('s1'))).toBe('slots of s1');
      expect(await store.slots('s2')).toBeNull();
      expect(text(await store.park(1))).toBe('a park');
      await expect(store.park(2)).rejects.toThrow('edition 2');
    });

    it('keeps an unknown intensity unknown', async () => {
      const before = { battery: { energy_kWh: 0, intensity: Number.NaN } as never };
      await store.save({
        editions: [{ edition: edition(1), park: bytes('park') }],
        days: [{ ...accounted(1, '2026-03-30', ['']), row: row(1, '2026-03-30', { before }) }],
      });
      expect((await store.rows('2026-03-30', '2026-03-30', 1))[0]?.before).toEqual(before);
    });

    it('tells editions apart, and shows them when they are complete', async () => {
      const begun = edition(2, { set: 'lifecycle', from: 7, to: 9, visible: false });
      await store.save({
        editions: [
          { edition: edition(1), park: bytes('one') },
          { edition: begun, park: bytes('two') },
        ],
      });
      await store.save({ days: [accounted(1, '2026-03-30', ['']), accounted(2, '2026-03-30', ['', 'hall'])] });
      expect(await store.editions()).toEqual([edition(1), begun]);
      expect((await store.rows('2026-03-30', '2026-03-30')).map((one) => one.edition)).toEqual([1, 2]);
      expect(await store.days(3)).toBeNull();
      await store.save({ shown: [2] });
      expect((await store.head()).editions).toEqual([edition(1), { ...begun, visible: true }]);
      expect((await store.blocksOn('2026-03-30')).map((one) => [one.edition, one.owner]).sort()).toEqual([
        [1, ''],
        [2, ''],
        [2, 'hall'],
      ]);
    });

    it('keeps reasons of a dirty day until it is settled, which comes before new ones', async () => {
      const dirty = (day: string, refold: boolean, account: boolean) => ({ day, refold, account });
      await store.save({ dirty: [dirty('2026-03-31', true, false), dirty('2026-03-30', false, true)] });
      await store.save({ dirty: [dirty('2026-03-31', false, true)] });
      expect((await store.head()).dirty).toEqual([dirty('2026-03-30', false, true), dirty('2026-03-31', true, true)]);
      await store.save({ settled: ['2026-03-30', '2026-03-31'], dirty: [dirty('2026-03-31', false, true)] });
      expect((await store.head()).dirty).toEqual([dirty('2026-03-31', false, true)]);
    });

    it('keeps locks and adjustments by their days, and forgets them when told', async () => {
      const adjustment = (day: string, by: number) => ({ day, set: 'direct' as const, at: 3, difference: { 'import.Wh': by } });
      const lock = { from: '2026-03-01', to: '2026-03-31', who: 'Ada', at: 4 };
      await store.save({ locks: [lock, { ...lock, from: '2026-03-02' }] });
      await store.save({ unlocked: [{ from: '2026-03-02', to: '2026-03-31' }] });
      // Who locked it first did.
      await store.save({ locks: [{ ...lock, who: 'Bo', at: 9 }], adjustments: [adjustment('2026-03-30', 1), adjustment('2026-03-29', 2)] });
      await store.save({ adjustments: [adjustment('2026-03-30', 5)] });
      const { locks, adjustments } = await store.head();
      expect([locks, adjustments]).toEqual([[lock], [adjustment('2026-03-29', 2), adjustment('2026-03-30', 5)]]);
      await store.save({
        unlocked: [lock],
        noAdjustments: [
          { day: '2026-03-29', set: 'direct' },
          { day: '2026-03-30', set: 'lifecycle' },
        ],
      });
      const after = await store.head();
      expect([after.locks, after.adjustments]).toEqual([[], [adjustment('2026-03-30', 5)]]);
    });

    it('deletes intervals but keeps their hours, then the hours, and records apart from both', async () => {
      await store.save({
        editions: [{ edition: edition(1), park: bytes('one') }],
        days: [accounted(1, '2026-03-30', ['', 'hall']), accounted(1, '2026-03-31', [''])],
        records: new Map([
          ['2026-03-30', bytes('r30')],
          ['2026-03-31', bytes('r31')],
        ]),
      });
      expect(await store.daysBefore('2026-03-31')).toEqual(['2026-03-30']);
      await store.save({ gone: [{ day: '2026-03-30', hours: [{ edition: 1, owner: 'hall', bytes: bytes('hours') }] }] });
      expect(await store.blocks(1, 'hall', '2026-03-01', '2026-03-31')).toEqual([]);
      expect(await store.snapshots(1, '2026-03-30')).toBeNull();
      expect((await store.hours(1, 'hall', '2026-03-01', '2026-03-31')).map((one) => [one.day, text(one.bytes)])).toEqual([
        ['2026-03-30', 'hours'],
      ]);
      expect(await store.blocks(1, '', '2026-03-01', '2026-03-31')).toHaveLength(1);
      expect((await store.rows('2026-03-30', '2026-03-30')).length).toBe(1);
      expect((await store.head()).gone).toEqual([{ day: '2026-03-30', hours: false }]);
      await store.save({ goneHours: ['2026-03-30'], gone: [{ day: '2026-03-31', hours: null }] });
      expect(await store.hours(1, 'hall', '2026-03-01', '2026-03-31')).toEqual([]);
      expect((await store.head()).gone).toEqual([
        { day: '2026-03-30', hours: true },
        { day: '2026-03-31', hours: true },
      ]);
      expect(await store.recordsBefore('2026-03-31')).toEqual(['2026-03-30']);
      await store.save({ records: new Map([['2026-03-30', null]]) });
      expect(texts(await store.records(['2026-03-29', '2026-03-30', '2026-03-31']))).toEqual({ '2026-03-31': 'r31' });
      expect(texts(await store.month(1, '2026-03'))).toHaveProperty('hall');
    });

    it('tells everything of one edition, owner and range from all others, in order, however it was saved', async () => {
      const editions = [1, 2, 3];
      const days = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'];
      const owners = ['kiln', '', 'hall'];
      await store.save({ editions: editions.map((id) => ({ edition: edition(id), park: bytes(`park ${id}`) })) });
      // From the last to the first.
      for (const id of [...editions].reverse())
        for (const day of [...days].reverse()) await store.save({ days: [accounted(id, day, owners, ` of ${id}`)] });
      const [from, to] = [days[1] as string, days[2] as string];
      expect((await store.rows(from, to)).map((one) => [one.day, one.edition])).toEqual(
        [from, to].flatMap((day) => editions.map((id) => [day, id])),
      );
      for (const id of editions) {
        expect((await store.rows(from, to, id)).map((one) => [one.edition, one.day])).toEqual([
          [id, from],
          [id, to],
        ]);
        expect(await store.days(id)).toEqual({ first: days[0], last: days[3] });
        expect(text(await store.park(id))).toBe(`park ${id}`);
        for (const owner of owners) {
          const blocks = await store.blocks(id, owner, from, to);
          expect(blocks.map((one) => text(one.bytes))).toEqual([from, to].map((day) => `${owner} ${day} of ${id}`));
          const months = await store.months(id, owner, '2026-02', '2026-02');
          expect(months.map((one) => [one.month, text(one.bytes)])).toEqual([['2026-02', `month of ${owner}, ${days[0]} of ${id}`]]);
          expect((await store.months(id, owner, '2026-01', '2026-12')).map((one) => one.month)).toEqual(['2026-02', '2026-03']);
        }
        expect(texts(await store.month(id, '2026-03'))).toEqual(
          Object.fromEntries(owners.map((owner) => [owner, `month of ${owner}, ${days[2]} of ${id}`])),
        );
        for (const names of [null, ['', 'import.Wh']])
          expect(texts(await store.monthColumns(id, '2026-03', names))).toEqual({
            '': `head ${days[2]} of ${id}`,
            'import.Wh': `import ${days[2]} of ${id}`,
          });
        expect(text((await store.snapshots(id, from))?.bytes)).toBe(`snapshots ${from} of ${id}`);
      }
      expect((await store.owners()).sort()).toEqual([...owners].sort());
      expect(await store.daysBefore(to)).toEqual(days.slice(0, 2));
      // Deleted in every edition, on that day only.
      const hours = editions.map((id) => ({ edition: id, owner: 'hall', bytes: bytes(`hours of ${id}`) }));
      await store.save({ gone: [{ day: from, hours }] });
      for (const id of editions) {
        expect((await store.blocks(id, 'hall', days[0] as string, to)).map((one) => one.day)).toEqual([days[0], to]);
        expect((await store.hours(id, 'hall', days[0] as string, to)).map((one) => text(one.bytes))).toEqual([`hours of ${id}`]);
        expect(await store.hours(id, 'kiln', days[0] as string, to)).toEqual([]);
        expect(await store.snapshots(id, from)).toBeNull();
        expect(await store.snapshots(id, to)).not.toBeNull();
      }
      await store.save({ goneHours: [from] });
      for (const id of editions) expect(await store.hours(id, 'hall', days[0] as string, to)).toEqual([]);
    });

    it('shows, settles and unlocks what it is told to and nothing else; a time that is taken back is gone', async () => {
      const hidden = [1, 2, 3].map((id) => ({ edition: edition(id, { visible: false }), park: bytes('park') }));
      const dirty = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => ({ day, refold: true, account: false }));
      const lock = (from: string) => ({ from, to: '2026-03-31', who: 'Ada', at: 4 });
      const locks = [lock('2026-03-01'), lock('2026-03-15')];
      await store.save({ editions: hidden, dirty, locks, span: { from: 5, until: 6, fillUntil: 7 } });
      await store.save({ shown: [2], settled: ['2026-03-02'], unlocked: [lock('2026-03-15')], span: { fillUntil: null, until: 8 } });
      const head = await store.head();
      expect(head.editions.map(({ visible }) => visible)).toEqual([false, true, false]);
      expect(head.dirty.map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-03']);
      expect(head.locks).toEqual([locks[0]]);
      expect([head.from, head.until, head.fillUntil]).toEqual([5, 8, null]);
    });

    it('saves a change as a whole or not at all', async () => {
      const kept: LedgerChange = { editions: [{ edition: edition(1), park: bytes('one') }], span: { from: 1, until: 2 } };
      await store.save(kept);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('days', 'records', 'dirty', 'locks', 'gone'), async (part) => {
          const before = await store.head();
          const change: LedgerChange = {
            span: { until: 99 },
            [part]:
              part === 'days'
                ? [accounted(1, '2026-04-01', ['', 'new'])]
                : part === 'records'
                  ? new Map([['2026-04-01', bytes('r')]])
                  : part === 'dirty'
                    ? [{ day: '2026-04-01', refold: true, account: false }]
                    : part === 'locks'
                      ? [{ from: '2026-04-01', to: '2026-04-01', who: 'Ada', at: 1 }]
                      : [{ day: '2026-04-01', hours: null }],
          };
          // The same edition again cannot be: nothing of what stands beside it may be there afterwards.
          await expect(store.save({ ...change, editions: [{ edition: edition(1), park: bytes('another') }] })).rejects.toThrow();
          expect(await store.head()).toEqual(before);
          expect(await store.rows('2026-04-01', '2026-04-01')).toEqual([]);
          expect(await store.records(['2026-04-01'])).toEqual(new Map());
          expect(text(await store.park(1))).toBe('one');
        }),
        { numRuns: 10 },
      );
      // Owners of what was not saved are made again.
      await store.save({ days: [accounted(1, '2026-04-01', ['', 'new'])] });
      expect((await store.blocks(1, 'new', '2026-04-01', '2026-04-01')).map((one) => text(one.bytes))).toEqual(['new 2026-04-01']);
    });
  });
}
