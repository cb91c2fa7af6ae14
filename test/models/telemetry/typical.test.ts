import { describe, expect, it } from 'vitest';
import { createTypicalBook, estimate, learn, weekSlot } from '../../../models/telemetry/typical.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;
const shanghai = zoneOffset('Asia/Shanghai');
/** Monday 00:00 in Shanghai. */
const monday = Date.UTC(2026, 4, 31, 16);

describe('what a point usually says', () => {
  it('counts quarter-hours of the local week from Monday', () => {
    expect(weekSlot(monday, shanghai)).toBe(0);
    expect(weekSlot(monday - 1, shanghai)).toBe(671);
    expect(weekSlot(monday + 26.3 * hour, shanghai)).toBe(105);
  });

  it('is the mean of the same time of week', () => {
    const book = createTypicalBook(shanghai);
    learn(book, 'p', monday, 10);
    learn(book, 'p', monday + week, 20);
    expect(estimate(book, 'p', monday + 2 * week + 60_000)).toBe(15);
  });

  it('falls back to the same time of day, then to unknown', () => {
    const book = createTypicalBook(shanghai);
    learn(book, 'p', monday, 10);
    learn(book, 'p', monday + 24 * hour, 30);
    expect(estimate(book, 'p', monday + 3 * 24 * hour)).toBe(20);
    expect(estimate(book, 'p', monday + 12 * hour)).toBeNaN();
    expect(estimate(book, 'q', monday)).toBeNaN();
  });

  it('follows a park that changes', () => {
    const book = createTypicalBook(shanghai);
    for (let w = 0; w < 60; w++) learn(book, 'p', monday + w * week, w < 30 ? 100 : 200);
    expect(estimate(book, 'p', monday)).toBeGreaterThan(195);
  });

  it('learns nothing from what is not a number', () => {
    const book = createTypicalBook(shanghai);
    learn(book, 'p', monday, Number.NaN);
    expect(estimate(book, 'p', monday)).toBeNaN();
  });
});
