import { describe, expect, test } from 'vitest';
import { axisLabel } from '../../../../client/panels/timeline/axis-label.ts';
import { ticksOf } from '../../../../client/panels/timeline/ticks.ts';
import { zoneOffset } from '../../../../models/time/local-time.ts';

const day = 86_400_000;
const zones = ['America/Los_Angeles', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

describe('the labels of the time axis', () => {
  test.each(zones)('stand at round local times in %s, also over a year with its clock changes', (timeZone) => {
    const offset = zoneOffset(timeZone);
    const from = Date.UTC(2026, 0, 1);
    for (let start = from; start < from + 365 * day; start += 11 * day) {
      for (const span of [0.25, 1, 3, 7, 30, 200]) {
        const ticks = ticksOf({ from: start, to: start + span * day }, offset, 14);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(34);
        for (const { time, kind } of ticks) {
          const local = new Date(time + offset(time));
          expect(local.getUTCMinutes() % 15, local.toISOString()).toBe(0);
          if (kind !== 'clock') expect(local.getUTCHours(), local.toISOString()).toBe(0);
          if (kind === 'month' || kind === 'year') expect(local.getUTCDate()).toBe(1);
        }
        for (let i = 1; i < ticks.length; i++) expect(ticks[i]?.time).toBeGreaterThan(ticks[i - 1]?.time ?? 0);
      }
    }
  });

  test('say the same wall-clock hours on a day of 23 hours', () => {
    const offset = zoneOffset('America/Los_Angeles');
    const midnight = Date.UTC(2026, 2, 8, 8);
    const ticks = ticksOf({ from: midnight, to: midnight + 23 * 3_600_000 }, offset, 8);
    const labels = ticks.map((tick) => axisLabel(tick, 'America/Los_Angeles', 'en', false).replace(',', ''));
    expect(labels).toEqual(['Sun 8 Mar', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', 'Mon 9 Mar']);
  });

  test('are in the language shown', () => {
    const tick = { time: Date.UTC(2026, 5, 9, 16), kind: 'day' } as const;
    expect(axisLabel(tick, 'Asia/Shanghai', 'zh', false)).toContain('6月10日');
  });
});
