import { describe, expect, it } from 'vitest';
import { readTime, timeReader } from '../../../models/time/read-time.ts';

const iso = (read: ReturnType<typeof readTime>) => (typeof read === 'string' ? read : new Date(read.time).toISOString());

describe('times', () => {
  it.each([
    ['2025-06-01T08:00:00+08:00', '2025-06-01T00:00:00.000Z'],
    ['2025-06-01T08:00Z', '2025-06-01T08:00:00.000Z'],
    ['2025-06-01 08:00:00.123456-0330', '2025-06-01T11:30:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    // Not 1925.
    ['0025-06-01T00:00:00Z', '0025-06-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => expect(iso(readTime(text))).toBe(expected));

  it.each([
    ['2025-06-01T08:00:00', 'no offset'],
    ['2025-02-29T08:00:00Z', 'no such day'],
    ['1900-02-29T08:00:00Z', 'no such day'],
    ['2025-13-01T08:00:00Z', 'no such day'],
    ['2025-06-01T24:00:00Z', 'no such time'],
    ['2025-06-01T08:00:00+25:00', 'no such offset'],
    ['1717200000', 'not ISO'],
    ['yesterday', 'not ISO'],
  ])('refuses %s', (text, why) => expect(readTime(text)).toContain(why));

  it('takes a leap second for the end of its minute, flagged', () => {
    const read = readTime('2016-12-31T23:59:60Z');
    expect(read).toEqual({ time: Date.UTC(2016, 11, 31, 23, 59, 59, 999), leap: true });
  });

  it('reads local times of a zone, except those that do not exist or exist twice', () => {
    const read = timeReader('America/Los_Angeles');
    expect(iso(read('2019-03-10T01:59:00'))).toBe('2019-03-10T09:59:00.000Z');
    expect(read('2019-03-10T02:30:00')).toContain('does not exist');
    expect(iso(read('2019-03-10T03:00:00'))).toBe('2019-03-10T10:00:00.000Z');
    expect(read('2019-11-03T01:30:00')).toContain('exists twice');
    expect(iso(read('2019-11-03T01:30:00-07:00'))).toBe('2019-11-03T08:30:00.000Z');
    expect(iso(read('2019-11-03T02:00:00'))).toBe('2019-11-03T10:00:00.000Z');
    // Half an hour, at Lord Howe.
    const howe = timeReader('Australia/Lord_Howe');
    expect(howe('2025-10-05T02:15:00')).toContain('does not exist');
    expect(iso(howe('2025-10-05T02:45:00'))).toBe('2025-10-04T15:45:00.000Z');
  });
});
