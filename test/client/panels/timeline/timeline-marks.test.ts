import { describe, expect, test } from 'vitest';
import { eventAt, merged, titlesOf } from '../../../../client/panels/timeline/timeline-marks.ts';

const event = (en: string, from: number, to: number) => ({ kind: 'event' as const, from, to, title: { en } });
const text = ({ en }: { en: string }) => en;

describe('marks of the timeline', () => {
  test('events that follow one another stay apart; those that begin as good as together are told together', () => {
    const marks = merged([event('outage', 100, 200), event('repair', 200, 300), event('audit', 204, 205)], 2);
    expect(marks.map((mark) => [mark.from, mark.to, titlesOf(mark, text)])).toEqual([
      [100, 200, 'outage'],
      [200, 300, 'repair · audit'],
    ]);
    const many = merged(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => event(id, 0, 1)),
      1,
    );
    expect(many.map((mark) => titlesOf(mark, text))).toEqual(['a · b · c · d · +2']);
  });

  test('a click near a flag finds the beginning of its event, and nothing elsewhere', () => {
    const marks = merged([event('outage', 100, 500), event('audit', 110, 120), { kind: 'gap', from: 300, to: 320 }], 1);
    expect(eventAt(marks, 107, 6)).toBe(110);
    expect(eventAt(marks, 98, 6)).toBe(100);
    expect(eventAt(marks, 300, 6)).toBeNull();
  });
});
