import { describe, expect, it } from 'vitest';
import { hourOfDay, localDay, startOfDay, weekday, zoneOffset } from '../../../models/time/local-time.ts';

const hour_ms = 3_600_000;

describe('local time', () => {
  it('knows offsets of whole, half and quarter hours', () => {
    const time = Date.UTC(2026, 0, 15, 12);
    expect(zoneOffset('UTC')(time)).toBe(0);
    expect(zoneOffset('Asia/Shanghai')(time)).toBe(8 * hour_ms);
    expect(zoneOffset('Asia/Kathmandu')(time)).toBe(5.75 * hour_ms);
    expect(zoneOffset('America/Los_Angeles')(time)).toBe(-8 * hour_ms);
  });

  it('changes at the minute the clocks do, also by half an hour', () => {
    const california = zoneOffset('America/Los_Angeles');
    const spring = Date.UTC(2019, 2, 10, 10);
    expect(california(spring - 1)).toBe(-8 * hour_ms);
    expect(california(spring)).toBe(-7 * hour_ms);
    const island = zoneOffset('Australia/Lord_Howe');
    const autumn = Date.UTC(2026, 3, 4, 15);
    expect(island(autumn - 1)).toBe(11 * hour_ms);
    expect(island(autumn)).toBe(10.5 * hour_ms);
  });

  it('gives days of 23 and 25 hours where the clocks change', () => {
    const offset = zoneOffset('America/Los_Angeles');
    const lengthOf = (date: string) => {
      const day = Date.parse(`${date}T00:00Z`) / (24 * hour_ms);
      return (startOfDay(day + 1, offset) - startOfDay(day, offset)) / hour_ms;
    };
    expect(lengthOf('2019-03-10')).toBe(23);
    expect(lengthOf('2019-11-03')).toBe(25);
    expect(lengthOf('2019-11-04')).toBe(24);
  });

  it('counts weekdays from Monday and hours from local midnight', () => {
    const offset = zoneOffset('Asia/Shanghai');
    const mondayEvening = Date.UTC(2026, 5, 1, 12, 30);
    expect(weekday(mondayEvening, offset)).toBe(0);
    expect(hourOfDay(mondayEvening, offset)).toBe(20.5);
    expect(localDay(Date.UTC(2026, 5, 1, 16), offset) - localDay(mondayEvening, offset)).toBe(1);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => zoneOffset('Mars/Olympus')).toThrow(RangeError);
  });
});
