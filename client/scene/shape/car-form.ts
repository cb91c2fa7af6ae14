/** A car as a small mesh: body, glass, roof. Looks along +x, one metre is one metre. */
import { Mesh, type MeshData, part } from './mesh.ts';
import type { Frame } from './ring.ts';
import { box, matter } from './solids.ts';

const frame: Frame = { centre: [0, 0], axis: [1, 0], length: 1, width: 1 };

/** White where the paint of each car comes in by its instance colour. */
export function carForm(): MeshData {
  const mesh = new Mesh();
  const paint = matter(0xffffff);
  box(mesh, frame, [-2.2, 2.2], [-0.9, 0.9], [0.35, 0.85], paint);
  const lower: [number, number][] = [
    [-1.9, -0.82],
    [1.1, -0.82],
    [1.1, 0.82],
    [-1.9, 0.82],
  ];
  const upper: [number, number][] = [
    [-1.5, -0.68],
    [0.4, -0.68],
    [0.4, 0.68],
    [-1.5, 0.68],
  ];
  const pane = { part: part.matter, tint: 0x4a545b } as const;
  for (let i = 0; i < 4; i++) {
    const [a, b] = [lower[i], lower[(i + 1) % 4]] as [[number, number], [number, number]];
    const [c, d] = [upper[(i + 1) % 4], upper[i]] as [[number, number], [number, number]];
    mesh.face(
      [
        [...a, 0.85],
        [...b, 0.85],
        [...c, 1.42],
        [...d, 1.42],
      ],
      pane,
    );
  }
  mesh.face(
    upper.map((p) => [...p, 1.42] as const),
    paint,
  );
  box(mesh, frame, [-2, 2], [-0.86, 0.86], [0.05, 0.35], matter(0x55585a));
  return mesh.finish();
}
