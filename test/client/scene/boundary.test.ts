import { expect, test } from 'vitest';
import { boundary, gatesOf } from '../../../client/scene/shape/boundary.ts';
import { Mesh } from '../../../client/scene/shape/mesh.ts';
import type { Area, Vec } from '../../../client/scene/shape/ring.ts';

const border: Area[] = [
  [
    [
      [0, 0],
      [200, 0],
      [200, 100],
      [0, 100],
    ],
  ],
];
const street = (line: Vec[], more = {}) => ({ line, width: 8, street: true, ...more });
const across = street([
  [100, -50],
  [100, 50],
]);

test('a gate stands where a street crosses the boundary, and none where it runs along it or is a track', () => {
  const along = street([
    [20, 0.5],
    [180, -0.5],
  ]);
  expect(gatesOf(border, [across]).map((g) => g.at)).toEqual([[100, 0]]);
  expect(gatesOf(border, [along])).toEqual([]);
  expect(gatesOf(border, [{ ...across, street: false }])).toEqual([]);
  // Two ways side by side are one entrance.
  expect(gatesOf(border, [across, street(across.line.map(([x, y]): Vec => [x + 12, y]))])).toHaveLength(1);
});

test('boundary posts keep out of the street', () => {
  const mesh = new Mesh();
  boundary(mesh, border, [{ ...across, width: 30, street: false }], null);
  const { position } = mesh.finish();
  let inStreet = 0;
  for (let i = 0; i < position.length; i += 3)
    if (Math.abs((position[i] as number) - 100) < 15 && Math.abs(position[i + 2] as number) < 2) inStreet++;
  expect(position.length).toBeGreaterThan(0);
  expect(inStreet).toBe(0);
});
