import { describe, expect, test } from 'vitest';
import { flowSegments } from '../../../client/scene/shape/flows.ts';
import { Mesh } from '../../../client/scene/shape/mesh.ts';
import { aloft, carriageOf, overhead, sagAt, supportsOf } from '../../../client/scene/shape/overhead.ts';
import type { Vec } from '../../../client/scene/shape/ring.ts';
import type { ParkView } from '../../../models/api/park-view.ts';

const course: Vec[] = [
  [0, 0],
  [300, 0],
  [300, 200],
];
const line = (more: Partial<ParkView['lines'][number]> = {}): ParkView['lines'][number] => ({
  id: 'l',
  feature: 'line',
  carrier: 'electricity',
  scale: 'whole',
  from: 'a',
  to: 'b',
  loss: 0,
  length_m: 500,
  open: false,
  implied: false,
  overhead: true,
  capacity_kW: 40_000,
  geometry: { type: 'LineString', coordinates: course.map((p) => [...p]) },
  ...more,
});
function drawn(l: ReturnType<typeof line>, roads: { line: Vec[]; width: number }[] = []) {
  const mesh = new Mesh();
  const wires = overhead(mesh, [l], () => [course], null, roads);
  return { wires, triangles: mesh.triangles, mesh: mesh.finish() };
}

describe('lines above the ground', () => {
  test('stand at every bend, and evenly between bends', () => {
    const supports = supportsOf(course, 170);
    expect(supports.map((s) => s.at)).toEqual([
      [0, 0],
      [150, 0],
      [300, 0],
      [300, 200],
    ]);
    expect(supports.map((s) => s.end)).toEqual([true, false, false, true]);
    expect(supports[2]?.axis[0]).toBeCloseTo(0.6, 6);
    expect(supports[2]?.axis[1]).toBeCloseTo(0.8, 6);
  });

  test('wires meet their supports and hang lowest in the middle of a span', () => {
    expect([sagAt(0, 100, 0.03), sagAt(1, 100, 0.03)].map(Math.abs)).toEqual([0, 0]);
    expect(sagAt(0.5, 100, 0.03)).toBeCloseTo(-3, 9);
    const points = aloft(course, carriageOf(line()));
    const span = points.filter((p) => p.at[1] === 0 && p.at[0] >= 150).map((p) => p.above);
    expect(Math.min(...span)).toBe(span[Math.floor(span.length / 2)]);
    expect(Math.min(...points.map((p) => p.above))).toBeGreaterThan(5);
  });

  test('what flows is drawn along them, up there, as long as on the ground', () => {
    const segments = flowSegments([line()], (x, y) => [x, y]);
    let metres = 0;
    for (let i = 0; i < segments.count; i++) {
      const e = segments.ends;
      metres += Math.hypot((e[4 * i + 2] as number) - (e[4 * i] as number), (e[4 * i + 3] as number) - (e[4 * i + 1] as number));
    }
    expect(metres).toBeCloseTo(500, 3);
    expect(Math.min(...segments.levels)).toBeGreaterThan(5);
  });

  test('no pylon stands in the street', () => {
    const street = { line: [[150, -50] as Vec, [150, 50] as Vec], width: 12 };
    const feet = (made: ReturnType<typeof drawn>) => {
      const { position } = made.mesh;
      let near = 0;
      for (let i = 0; i < position.length; i += 3)
        if ((position[i + 1] as number) < 1 && Math.abs((position[i] as number) - 150) < 6) near++;
      return near;
    };
    expect(feet(drawn(line()))).toBeGreaterThan(0);
    expect(feet(drawn(line(), [street]))).toBe(0);
  });

  test('pipes lie on trestles and have no wires; what lies in the ground has neither', () => {
    const rack = drawn(line({ carrier: 'heat' }));
    expect(rack.wires).toHaveLength(0);
    expect(rack.mesh.position.every(Number.isFinite)).toBe(true);
    expect(rack.triangles).toBeGreaterThan(100);
    expect(drawn(line({ overhead: false }))).toMatchObject({ wires: [], triangles: 0 });
  });
});
