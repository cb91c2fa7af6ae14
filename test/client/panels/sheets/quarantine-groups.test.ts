import { expect, test } from 'vitest';
import { asideGroupsOf } from '../../../../client/panels/sheets/quarantine-groups.ts';
import type { AsideAnswer } from '../../../../models/api/quarantine.ts';
import type { AsideReason } from '../../../../models/telemetry/quarantine.ts';

const reading = (id: number, point: string, reason: AsideReason, value: number | null, minute: number): AsideAnswer => ({
  id,
  point,
  reason,
  value,
  quality: 'good',
  received: new Date(minute * 60_000).toISOString(),
  state: 'aside',
  decided: null,
  message: '',
  time: new Date(minute * 60_000).toISOString(),
});

test('a meter that lies for a while is one thing to decide, values in conflict are each their own', () => {
  const groups = asideGroupsOf([
    reading(6, 'a', 'outOfRange', 900, 5),
    reading(5, 'a', 'outOfRange', 950, 4),
    reading(4, 'b', 'outOfRange', 7, 4),
    reading(3, 'a', 'outOfRange', 800, 3),
    reading(2, 'a', 'conflict', null, 2),
    reading(1, 'a', 'conflict', 2, 2),
  ]);
  expect(groups.map(({ readings }) => readings.map(({ id }) => id))).toEqual([[6, 5], [4], [3], [2], [1]]);
  expect(groups[0]).toMatchObject({ lowest: 900, highest: 950, first: 4 * 60_000, last: 5 * 60_000 });
  expect(groups[3]).toMatchObject({ lowest: null, highest: null });
});
