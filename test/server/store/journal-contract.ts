/** What every journal must do, whatever keeps it. */
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { qualities } from '../../../models/quality.ts';
import type { StoredReading } from '../../../models/telemetry/reading.ts';
import type { Journal, ReadingColumns } from '../../../server/store/journal.ts';

export const day = Date.UTC(2025, 5, 1);
export const reading = (
  point: string,
  minute: number,
  value: number | null,
  quality: StoredReading['quality'] = 'good',
): StoredReading => ({
  point,
  time: day + minute * 60_000,
  value,
  quality: value === null ? 'bad' : quality,
  received: day,
});

/** Columns as rows: point, minute, value, quality. */
export const rowsOf = ({ points, point, time, value, quality }: ReadingColumns) =>
  Array.from(time, (at, i) => [
    points[point[i] as number],
    (at - day) / 60_000,
    Number.isNaN(value[i]) ? null : value[i],
    qualities[quality[i] as number],
  ]);

/** `open` is called once; the journal is emptied between tests. */
export function journalContract(name: string, open: () => Promise<Journal>): void {
  describe(`the journal in ${name}`, () => {
    let journal: Journal;
    beforeAll(async () => {
      journal = await open();
    });
    beforeEach(() => journal.clear());

    it('keeps a reading once, however often it arrives', async () => {
      const first = await journal.append([reading('a', 0, 5), reading('b', 0, null), reading('a', 0, 5)], []);
      const again = await journal.append([reading('a', 0, 5), reading('b', 0, null)], []);
      expect(first).toMatchObject({ accepted: 2, duplicates: 1 });
      expect(again).toMatchObject({ accepted: 0, duplicates: 2 });
      expect(await journal.series('a', day, day + 1, 10)).toEqual([{ time: day, value: 5, quality: 'good' }]);
      expect(await journal.series('b', day, day + 1, 10)).toEqual([{ time: day, value: null, quality: 'bad' }]);
    });

    it('takes −0 for 0', async () => {
      await journal.append([reading('a', 0, 0)], []);
      expect(await journal.append([reading('a', 0, -0)], [])).toMatchObject({ duplicates: 1, conflicting: 0 });
    });

    it('sets both values of a conflict aside, and every later one for that time', async () => {
      await journal.append([reading('a', 0, 5)], []);
      const conflict = await journal.append([reading('a', 0, 6)], []);
      expect(conflict).toMatchObject({ accepted: 0, duplicates: 0, conflicting: 1, conflicts: [{ point: 'a', time: day }], decided: [] });
      const third = await journal.append([reading('a', 0, 5), reading('a', 0, 7)], []);
      expect(third).toMatchObject({ accepted: 0, duplicates: 1, conflicting: 1 });
      expect(await journal.series('a', day, day + 1, 10)).toEqual([{ time: day, value: null, quality: 'bad' }]);
      expect((await journal.quarantine(10)).map((row) => row.value).sort()).toEqual([5, 6, 7]);
      expect(await journal.count()).toEqual({ readings: 1, quarantined: 3 });
    });

    it('reads the same whatever the order and however many doubles', async () => {
      const arbitrary = fc.array(
        fc.record({
          point: fc.constantFrom('a', 'b'),
          minute: fc.integer({ min: 0, max: 4 }),
          value: fc.constantFrom(1, 2, null),
          quality: fc.constantFrom('good' as const, 'uncertain' as const),
        }),
        { minLength: 1, maxLength: 12 },
      );
      const everything = async () => {
        const aside = (await journal.quarantine(100)).map((row) => JSON.stringify({ ...row, received: 0, id: 0 }));
        return [await journal.series('a', 0, 2 * day, 99), await journal.series('b', 0, 2 * day, 99), aside.sort()];
      };
      await fc.assert(
        fc.asyncProperty(
          arbitrary.chain((list) =>
            fc.tuple(
              fc.constant(list),
              fc.shuffledSubarray([...list, ...list.slice(0, 3)], { minLength: list.length + Math.min(3, list.length) }),
            ),
          ),
          async ([one, other]) => {
            await journal.clear();
            await journal.append(
              one.map((r) => reading(r.point, r.minute, r.value, r.quality)),
              [],
            );
            const expected = await everything();
            await journal.clear();
            for (const r of other) await journal.append([reading(r.point, r.minute, r.value, r.quality)], []);
            expect(await everything()).toEqual(expected);
          },
        ),
        { numRuns: 60 },
      );
    });

    it('sets a redelivered implausible reading aside once', async () => {
      const wild = { ...reading('a', 0, 9e9), reason: 'outOfRange' };
      await journal.append([], [wild]);
      await journal.append([], [wild, { ...wild, value: null }]);
      await journal.append([], [{ ...wild, value: null }]);
      expect(await journal.count()).toEqual({ readings: 0, quarantined: 2 });
    });

    it('counts what waits for a decision by reason, and lists it page by page', async () => {
      await journal.append(
        [reading('a', 0, 5), reading('a', 0, 6)],
        [
          { ...reading('b', 1, 9e9), reason: 'outOfRange' },
          { ...reading('b', 2, null), reason: 'MQTT some/topic: not JSON: {' },
        ],
      );
      expect(await journal.quarantineCounts()).toEqual({ conflict: 2, outOfRange: 1, message: 1 });
      const [newest, next] = await journal.quarantine(2);
      expect([newest?.point, next?.reason]).toEqual(['b', 'outOfRange']);
      expect((await journal.quarantine(9, { before: next?.id })).map(({ value }) => value)).toEqual([6, 5]);
      expect(await journal.quarantine(9, { point: 'b', reason: 'message' })).toMatchObject([{ reason: 'MQTT some/topic: not JSON: {' }]);
      expect(await journal.quarantine(9, { state: 'discarded' })).toEqual([]);
    });

    it('lets a person decide a conflict, whatever is delivered again', async () => {
      await journal.append([reading('a', 0, 5), reading('a', 0, 6)], []);
      const six = (await journal.quarantine(9)).find(({ value }) => value === 6);
      expect(await journal.decide(six?.id as number, 'released', 77)).toMatchObject({ state: 'released', decided: 77, value: 6 });
      const series = () => journal.series('a', day, day + 1, 10);
      expect(await series()).toEqual([{ time: day, value: 6, quality: 'uncertain' }]);
      expect(await journal.quarantineCounts()).toEqual({});
      // Both again, and a third that nobody has seen.
      const again = await journal.append([reading('a', 0, 6), reading('a', 0, 5), reading('a', 0, 7)], []);
      expect(again).toMatchObject({ duplicates: 2, conflicting: 1, conflicts: [] });
      expect(again.decided.map(({ value }) => value)).toEqual([6, 6]);
      expect(await series()).toEqual([{ time: day, value: 6, quality: 'uncertain' }]);
      expect(await journal.quarantineCounts()).toEqual({ conflict: 1 });
      // On second thoughts.
      const five = (await journal.quarantine(9)).find(({ value }) => value === 5);
      await journal.decide(five?.id as number, 'released', 78);
      expect(await series()).toEqual([{ time: day, value: 5, quality: 'uncertain' }]);
      expect((await journal.quarantine(9)).map(({ value, state }) => [value, state])).toEqual([
        [7, 'discarded'],
        [6, 'discarded'],
        [5, 'released'],
      ]);
    });

    it('keeps what a released value replaces', async () => {
      await journal.append([reading('a', 0, 5)], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
      const [wild] = await journal.quarantine(9);
      await journal.decide(wild?.id as number, 'released', 77);
      expect(await journal.series('a', day, day + 1, 9)).toEqual([{ time: day, value: 4000, quality: 'uncertain' }]);
      expect((await journal.quarantine(9)).map(({ value, state }) => [value, state])).toEqual([
        [5, 'discarded'],
        [4000, 'released'],
      ]);
      expect(await journal.append([reading('a', 0, 5)], [])).toMatchObject({ duplicates: 1, conflicting: 0, decided: [{ value: 4000 }] });
    });

    it('keeps what was discarded, out of the count, and never gives its number to another', async () => {
      await journal.append([], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
      const id = (await journal.quarantine(9))[0]?.id as number;
      expect(await journal.decide(id, 'discarded', 77)).toMatchObject({ state: 'discarded', decided: 77 });
      expect(await journal.count()).toEqual({ readings: 0, quarantined: 0 });
      await journal.append([], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
      expect(await journal.quarantineCounts()).toEqual({});
      expect(await journal.decide(id, 'released', 78)).toMatchObject({ state: 'released' });
      expect(await journal.decide(id, 'discarded', 79)).toMatchObject({ state: 'released', decided: 78 });
      await journal.clear();
      expect(await journal.decide(id, 'released', 80)).toBeNull();
      await journal.append([], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
      expect((await journal.quarantine(9))[0]?.id).toBeGreaterThan(id);
    });

    it('sums up by step: means, signs, registers over a reset and a rollover', async () => {
      const rows = [
        reading('register', -5, 90),
        reading('register', 5, 100),
        reading('register', 20, 130),
        reading('register', 35, 2),
        reading('register', 50, 12),
        reading('wheel', 5, 990),
        reading('wheel', 20, 10),
        reading('signed', 0, 10),
        reading('signed', 5, -20),
        reading('signed', 10, null),
      ];
      await journal.append(rows, []);
      const step = 15 * 60_000;
      const register = await journal.aggregate(['register'], day, day + 4 * step, step);
      expect(register.map((b) => b.increment)).toEqual([10, 30, null, 10]);
      expect(register.map((b) => b.time - day)).toEqual([0, step, 2 * step, 3 * step]);
      const wheel = await journal.aggregate(['wheel'], day, day + 4 * step, step, { wheel: 1000 });
      expect(wheel.map((b) => b.increment)).toEqual([null, 20]);
      const [signed] = await journal.aggregate(['signed'], day, day + step, step);
      expect(signed).toMatchObject({ count: 2, mean: -5, positive: 5, negative: 10, min: -20, max: 10 });
      expect(await journal.aggregate(['nobody'], day, day + step, step)).toEqual([]);
    });

    it('finds the newest readings of each point, and all since a time', async () => {
      const many = [0, 1, 2, 3, 4, 5].map((minute) => reading('a', minute, minute));
      await journal.append([...many, reading('slow', 1, 7), reading('a', 60, 60), reading('a', 3, 99)], []);
      const at = (minute: number) => day + minute * 60_000;
      const found = await journal.latest(at(5), at(4), 3, at(0));
      expect(found.map((r) => [r.point, (r.time - day) / 60_000, r.value, r.conflict])).toEqual([
        ['slow', 1, 7, false],
        ['a', 3, null, true],
        ['a', 4, 4, false],
        ['a', 5, 5, false],
      ]);
    });

    it('marks the hours that change after the ledger has read them, and only those', async () => {
      const marked = async () => (await journal.dirty()).map(({ hour }) => hour - day / 3_600_000);
      expect((await journal.append([reading('a', 10, 1)], [])).late).toBe(false);
      await journal.setAccounted(day + 120 * 60_000);
      expect((await journal.append([reading('a', 10, 1), reading('a', 121, 1)], [])).late).toBe(false);
      expect(await marked()).toEqual([]);
      expect((await journal.append([reading('a', 10, 2), reading('b', 119, 1)], [])).late).toBe(true);
      expect(await marked()).toEqual([0, 1]);
      const [conflict] = await journal.quarantine(1);
      await journal.clearDirty(await journal.dirty());
      await journal.decide(conflict?.id as number, 'released', day);
      expect(await marked()).toEqual([0]);
    });

    it('keeps an hour dirty that changed again while it was read', async () => {
      await journal.setAccounted(day + 120 * 60_000);
      await journal.append([reading('a', 10, 1)], []);
      const taken = await journal.dirty();
      await journal.append([reading('a', 11, 1)], []);
      await journal.clearDirty(taken);
      expect(await journal.dirty()).toHaveLength(1);
      await journal.clearDirty(await journal.dirty());
      expect(await journal.dirty()).toEqual([]);
    });

    it('lets go of old readings in portions, but not of hours that wait to be read again', async () => {
      const hours = Array.from({ length: 10 }, (_, h) => reading('a', 60 * h, h));
      await journal.append(hours, []);
      await journal.setAccounted(day + 600 * 60_000);
      await journal.append([reading('b', 240, 1)], []);
      expect(await journal.rawFrom()).toBeNull();
      expect(await journal.forget(day + 540 * 60_000, 3)).toBe(3);
      expect(await journal.rawFrom()).toBe(day + 120 * 60_000 + 1);
      expect(await journal.forget(day + 540 * 60_000, 100)).toBe(1);
      await journal.clearDirty(await journal.dirty());
      expect(await journal.forget(day + 540 * 60_000, 100)).toBe(6);
      expect(await journal.span()).toEqual({ first: day + 540 * 60_000, last: day + 540 * 60_000 });
      expect(await journal.rawFrom()).toBe(day + 540 * 60_000);
    });

    it('never takes back what it was told of being accounted', async () => {
      await journal.setAccounted(day + 120 * 60_000);
      await journal.setAccounted(day + 60 * 60_000);
      expect((await journal.append([reading('a', 90, 1)], [])).late).toBe(true);
    });

    it('either finds a reading whose append was under way when its time began to be accounted, or has marked its hour', async () => {
      for (let turn = 0; turn < 5; turn++) {
        await journal.clear();
        const appends = Array.from({ length: 60 }, (_, i) => journal.append([reading(`p${i}`, i, i)], []));
        const accounting = journal.setAccounted(day + 60 * 60_000);
        const more = Array.from({ length: 60 }, (_, i) => journal.append([reading(`q${i}`, i, i)], []));
        await accounting;
        const found = new Set(rowsOf(await journal.between(day - 1, day + 60 * 60_000)).map(([point]) => point));
        await Promise.all([...appends, ...more]);
        const marked = (await journal.dirty()).length > 0;
        expect(marked || found.size === 120).toBe(true);
      }
    });

    it('gives all readings after a time and up to another, page by page, and never a part of a moment', async () => {
      const minutes = Array.from({ length: 40 }, (_, i) => i % 13);
      const told = minutes.map((minute, i) => reading(`p${i % 4}`, minute, i % 5 === 0 ? null : i, i % 7 === 0 ? 'uncertain' : 'good'));
      await journal.append(told, []);
      const at = (minute: number) => day + minute * 60_000;
      const whole = rowsOf(await journal.between(at(2), at(11)));
      expect(whole.map(([, minute]) => minute)).toEqual([...whole.map(([, minute]) => minute)].sort((a, b) => Number(a) - Number(b)));
      expect(new Set(whole.map(([, minute]) => minute))).toEqual(new Set([3, 4, 5, 6, 7, 8, 9, 10, 11]));
      for (const limit of [1, 2, 5, 1000]) {
        const pages: unknown[][] = [];
        let reached = at(2);
        for (let turns = 0; reached < at(11); turns++) {
          const page = await journal.between(reached, at(11), limit);
          expect(page.reached).toBeGreaterThan(reached);
          expect(turns).toBeLessThan(20);
          const seen = new Set(rowsOf(page).map(([, minute]) => minute));
          expect(pages.flat().some((row) => seen.has((row as unknown[])[1] as number))).toBe(false);
          pages.push(rowsOf(page));
          reached = page.reached;
        }
        expect(pages.flat()).toEqual(whole);
      }
      expect(await journal.between(at(20), at(30))).toMatchObject({ points: [], reached: at(30) });
    });

    it('finds the readings of rare points that are nearest to a time, before it and after it', async () => {
      const at = (minute: number) => day + minute * 60_000;
      const counts = [0, 10, 20, 30, 40].map((minute) => reading('heat', minute, minute));
      // Registers say 0 while they start again; that is no count.
      await journal.append([...counts, reading('heat', 25, null), reading('gas', 15, 7), reading('other', 16, 1)], []);
      const search = (point: string, enough: number) => ({ point, enough });
      const back = await journal.nearest([search('heat', 2), search('gas', 3), search('nobody', 1)], at(5), at(30), 'back');
      expect(rowsOf(back)).toEqual([
        ['gas', 15, 7, 'good'],
        ['heat', 20, 20, 'good'],
        ['heat', 25, null, 'bad'],
        ['heat', 30, 30, 'good'],
      ]);
      const on = await journal.nearest([search('heat', 1), search('gas', 1)], at(21), at(60), 'on');
      expect(rowsOf(on)).toEqual([['heat', 25, null, 'bad']]);
      expect(rowsOf(await journal.nearest([], at(0), at(60), 'on'))).toEqual([]);
    });
  });
}
