import { describe, expect, it } from 'vitest';
import type { Point } from '../../../models/park/park.ts';
import { admit } from '../../../models/telemetry/admission.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { samplePark } from '../../sample-park.ts';

const points = new Map(samplePark().points.map((point) => [point.id, point]));
const now = Date.UTC(2025, 5, 2);
const day = 86_400_000;
const reading = (change: Partial<Reading> = {}): Reading => ({ point: 'hall.power', time: now, value: 700, quality: 'good', ...change });
const asideOf = (change: Partial<Reading>) => admit(points, [reading(change)], now, now).aside.map(({ reason }) => reason);

describe('the entrance', () => {
  it('takes what is plausible, and late data up to 400 days', () => {
    expect(admit(points, [reading(), reading({ time: now - 400 * day })], now, now).taken).toHaveLength(2);
    expect(asideOf({ time: now + 5 * 60_000 })).toEqual([]);
  });

  it.each([
    [{ time: now + 5 * 60_000 + 1 }, 'ahead'],
    [{ time: now + day }, 'ahead'],
    [{ time: Date.UTC(1970, 0, 20) }, 'beforeYear2000'],
    [{ time: Math.floor(now / 1000) }, 'beforeYear2000'],
    [{ time: now - 400 * day - 1 }, 'tooOld'],
    [{ value: 700_000 }, 'outOfRange'],
    [{ value: -1 }, 'outOfRange'],
    [{ point: 'grid.import', value: -5 }, 'negativeCount'],
  ])('sets %o aside', (change, why) => {
    const [reason] = asideOf(change);
    expect(reason).toBe(why);
  });

  it('sets a negative counter aside although its range would have it, but not one that runs both ways', () => {
    const wide = { ...(points.get('grid.import') as Point), range: [-1e9, 1e9] as [number, number] };
    const reasons = (point: Point) =>
      admit(new Map([['p', point]]), [reading({ point: 'p', value: -5 })], now, now).aside.map(({ reason }) => reason);
    expect(reasons(wide)).toEqual(['negativeCount']);
    expect(reasons({ ...wide, negativePort: 'electricity.in' })).toEqual([]);
  });

  it('takes 0xFFFFFFFF for no value, 65535 for a number', () => {
    const { taken } = admit(
      points,
      [0xffff_ffff, 65_535].map((value) => reading({ point: 'chp.gas', value })),
      now,
      now,
    );
    expect(taken.map(({ value, quality }) => [value, quality])).toEqual([
      [null, 'bad'],
      [65_535, 'good'],
    ]);
  });

  it.each([
    [{ point: 'nobody' }, 'no point "nobody"'],
    [{ value: Number.NaN }, 'not a finite'],
    [{ value: Number.POSITIVE_INFINITY }, 'not a finite'],
    [{ time: 1.5 }, 'whole number'],
  ])('refuses the whole batch for %o, naming it', (change, why) => {
    const batch = [...Array.from({ length: 500 }, () => reading()), reading(change), reading()];
    expect(() => admit(points, batch, now, now)).toThrow(expect.objectContaining({ index: 500, reason: expect.stringContaining(why) }));
  });

  it('keeps no value of a bad reading, and calls none bad; never zero', () => {
    const { taken } = admit(points, [reading({ value: null }), reading({ value: 5, quality: 'bad' })], now, now);
    expect(taken.map(({ value, quality }) => [value, quality])).toEqual([
      [null, 'bad'],
      [null, 'bad'],
    ]);
  });
});
