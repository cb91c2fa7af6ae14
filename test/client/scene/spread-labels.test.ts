import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from '../../../client/scene/labels/spread-labels.ts';

const room = { left: 8, top: 80, right: 900, bottom: 700 };
const label = fc.record({
  x: fc.integer({ min: 0, max: 1000 }),
  y: fc.integer({ min: 0, max: 800 }),
  width: fc.integer({ min: 60, max: 240 }),
  height: fc.constant(44),
});

test('labels that all have to be read never cover each other, and stay in the room that panels leave', () => {
  let left = 0;
  fc.assert(
    fc.property(fc.array(label, { maxLength: 9 }), (found) => {
      const labels = found.map((one, i) => ({ id: String(i), ...one }));
      const placed = spread(labels, room);
      left += labels.length - placed.length;
      const boxes = placed.map(({ id, left, top }) => ({ left, top, ...(labels[Number(id)] as (typeof labels)[number]) }));
      for (const [i, a] of boxes.entries()) {
        expect(a.left >= room.left && a.top >= room.top && a.left + a.width <= room.right && a.top + a.height <= room.bottom).toBe(true);
        for (const b of boxes.slice(i + 1)) {
          const apart = a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top;
          expect(apart).toBe(true);
        }
      }
    }),
    { numRuns: 300, seed: 4 },
  );
  // There is room for nine: none has to be left out.
  expect(left).toBe(0);
});

test('the first stands above what it is of, also where others are', () => {
  const many = Array.from({ length: 6 }, (_, i) => ({ id: String(i), x: 400, y: 400, width: 120, height: 44 }));
  expect(spread(many, room)[0]).toEqual({ id: '0', left: 340, top: 342 });
  expect(spread(many, room)).toHaveLength(6);
});
