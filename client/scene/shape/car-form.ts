/** A car as a small mesh: body, glass, roof, wheels. Looks along +x, one metre is one metre. */
import { Mesh, type MeshData, type Paint } from './mesh.ts';
import type { Frame } from './ring.ts';
import { box, matter } from './solids.ts';

const frame: Frame = { centre: [0, 0], axis: [1, 0], length: 1, width: 1 };
/** From the side: length and height of the body up to the windows, and of the cabin above. */
const body: readonly [number, number][] = [
  [-2.2, 0.3],
  [2.2, 0.3],
  [2.22, 0.62],
  [1.15, 0.84],
  [-1.95, 0.92],
  [-2.22, 0.74],
];
const cabin = { low: [1.15, -1.95], lowAt: [0.84, 0.92], high: [0.4, -1.25], highAt: 1.4, half: [0.84, 0.64] } as const;

/** White where the paint of each car comes in by its instance colour. */
export function carForm(): MeshData {
  const mesh = new Mesh();
  const paint = matter(0xffffff);
  const pane = matter(0x66727a);
  prism(mesh, body, 0.88, paint);
  const [front, rear] = cabin.low;
  const [zf, zr] = cabin.lowAt;
  const [roofFront, roofRear] = cabin.high;
  const [wide, narrow] = cabin.half;
  const top = cabin.highAt;
  mesh.face(
    [
      [front, -wide, zf],
      [front, wide, zf],
      [roofFront, narrow, top],
      [roofFront, -narrow, top],
    ],
    pane,
  );
  mesh.face(
    [
      [rear, wide, zr],
      [rear, -wide, zr],
      [roofRear, -narrow, top],
      [roofRear, narrow, top],
    ],
    pane,
  );
  mesh.face(
    [
      [rear, -wide, zr],
      [front, -wide, zf],
      [roofFront, -narrow, top],
      [roofRear, -narrow, top],
    ],
    pane,
  );
  mesh.face(
    [
      [front, wide, zf],
      [rear, wide, zr],
      [roofRear, narrow, top],
      [roofFront, narrow, top],
    ],
    pane,
  );
  box(mesh, frame, [roofRear, roofFront], [-narrow, narrow], [top - 0.04, top + 0.03], paint);
  for (const x of [-1.35, 1.4]) box(mesh, frame, [x - 0.32, x + 0.32], [-0.91, 0.91], [0, 0.6], matter(0x4b4e50));
  return mesh.finish();
}

/** A side view given width. */
function prism(mesh: Mesh, side: readonly [number, number][], half: number, paint: Paint): void {
  mesh.face(
    side.map(([x, z]) => [x, -half, z] as const),
    paint,
  );
  mesh.face(
    [...side].reverse().map(([x, z]) => [x, half, z] as const),
    paint,
  );
  for (let i = 1; i < side.length; i++) {
    const [a, b] = [side[i], side[(i + 1) % side.length]] as [[number, number], [number, number]];
    mesh.face(
      [
        [a[0], -half, a[1]],
        [a[0], half, a[1]],
        [b[0], half, b[1]],
        [b[0], -half, b[1]],
      ],
      paint,
    );
  }
}
