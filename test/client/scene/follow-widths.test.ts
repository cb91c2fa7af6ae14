import { expect, test } from 'vitest';
import { fullHalf, widenFollowed } from '../../../client/scene/follow-widths.ts';
import type { ParkView } from '../../../models/api/park-view.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';

const lines = ['half', 'twice', 'aside', 'hidden'].map((id) => ({ id })) as ParkView['lines'];
const shares = { half: 0.5, twice: 1.5, hidden: 0.8 };
const answer = { lines: Object.entries(shares).map(([id, share]) => ({ id, share })) } as FollowAnswer;

test('followed lines are as wide as their share, a circle of flow no wider than all; others stay as they were', () => {
  const out = new Float32Array(8 * lines.length);
  for (const [i, half] of [0.4, 0.4, 0.4, 0].entries()) out.set([0, 0, 0, -1, half], 8 * i);
  widenFollowed(out, lines, answer, 4);
  expect(lines.map((_, i) => out[8 * i + 4])).toEqual([2, 4, Math.fround(0.4), 0]);
  // Twice the pulse stands for chevrons, with their direction.
  expect(lines.map((_, i) => out[8 * i + 3])).toEqual([-2, -2, -1, -1]);
  const before = out.slice();
  widenFollowed(out, lines, null, 4);
  expect(out).toEqual(before);
});

test('all of it is seen as a broad band in small parks and in large ones', () => {
  expect(fullHalf(100)).toBe(2.5);
  expect(fullHalf(600)).toBe(5);
  expect(fullHalf(5000)).toBe(9);
});
