/** A car as a small mesh: body with sills and bumpers, cabin of glass between posts, round wheels, lamps. Faces +x, in metres. */
import { Mesh, type MeshData, type Paint, type Vertex } from './mesh.ts';
import { matter } from './solids.ts';

type Side = readonly (readonly [number, number])[];

/** From the side, counter-clockwise from the rear sill: length and height of the body up to the windows. */
const body: Side = [
  [-2.12, 0.3],
  [2.1, 0.26],
  [2.22, 0.42],
  [2.16, 0.66],
  [1.95, 0.76],
  [1.05, 0.92],
  [-1.6, 0.96],
  [-2.1, 0.9],
  [-2.22, 0.7],
  [-2.2, 0.42],
];
/** Roof and windows, from the foot of the windscreen over the roof to the rear. */
const cabin: Side = [
  [1.1, 0.91],
  [0.32, 1.38],
  [-0.2, 1.46],
  [-0.95, 1.42],
  [-1.75, 0.95],
];
const half = { sill: 0.82, shoulder: 0.9, roof: 0.64 } as const;
const wheel = { at: [-1.33, 1.36], radius: 0.33, corners: 10 } as const;

/** White where each car gets its own paint, by its instance colour. */
export function carForm(): MeshData {
  const mesh = new Mesh();
  const paint = matter(0xffffff);
  const pane = matter(0x4f5a62);
  const black = matter(0x33363a);
  shell(mesh, paint);
  const wide = (z: number) => half.shoulder - ((half.shoulder - half.roof) * (z - 0.92)) / 0.5 - 0.05;
  for (let i = 1; i < cabin.length; i++) {
    const [a, b] = [cabin[i - 1], cabin[i]] as [[number, number], [number, number]];
    const roof = i === 2 || i === 3;
    mesh.face(
      [
        [a[0], -wide(a[1]), a[1]],
        [a[0], wide(a[1]), a[1]],
        [b[0], wide(b[1]), b[1]],
        [b[0], -wide(b[1]), b[1]],
      ],
      roof ? paint : pane,
    );
  }
  for (const way of [-1, 1] as const) {
    flank(mesh, way, wide, pane);
    // The post between the doors, slightly outside the glass.
    const post = (x: number, z: number): Vertex => [x, way * (wide(z) + 0.012), z];
    facing(mesh, way, [post(-0.42, 0.93), post(-0.3, 0.93), post(-0.34, 1.42), post(-0.44, 1.42)], paint);
    for (const x of wheel.at) disc(mesh, x, way, black);
    for (const [x, tint] of [
      [2.2, 0xf4f6f4],
      [-2.23, 0xa8423a],
    ] as const)
      lampAt(mesh, x, way * 0.62, matter(tint));
  }
  return mesh.finish();
}

/** A face on the left (+1) or right (−1) side, given as seen from the right. */
function facing(mesh: Mesh, way: -1 | 1, corners: readonly Vertex[], paint: Paint): void {
  mesh.face(way < 0 ? corners : [...corners].reverse(), paint);
}

/** The body: broader at the shoulder than at sill and bonnet, so that its flanks catch the light in two tones. */
function shell(mesh: Mesh, paint: Paint): void {
  const breadth = (z: number) => (z < 0.5 ? half.sill : z > 0.8 ? half.sill + 0.03 : half.shoulder);
  const waist = 0.62;
  for (const way of [-1, 1] as const) {
    const y = (z: number) => way * breadth(z);
    const low: Vertex[] = [];
    const high: Vertex[] = [];
    for (const [x, z] of body) (z < waist ? low : high).push([x, y(z), z]);
    const front: Vertex = [2.19, way * half.shoulder, waist];
    const rear: Vertex = [-2.21, way * half.shoulder, waist];
    facing(mesh, way, [rear, ...low.filter(([x]) => x < 0).reverse(), ...low.filter(([x]) => x > 0), front], paint);
    facing(mesh, way, [rear, front, ...high], paint);
  }
  for (let i = 1; i <= body.length; i++) {
    const [a, b] = [body[i - 1], body[i % body.length]] as [[number, number], [number, number]];
    const [ya, yb] = [breadth(a[1]), breadth(b[1])];
    mesh.face(
      [
        [a[0], -ya, a[1]],
        [a[0], ya, a[1]],
        [b[0], yb, b[1]],
        [b[0], -yb, b[1]],
      ],
      paint,
    );
  }
}

/** The side windows, leaning inwards. */
function flank(mesh: Mesh, way: -1 | 1, wide: (z: number) => number, pane: Paint): void {
  facing(
    mesh,
    way,
    cabin.map(([x, z]): Vertex => [x, way * wide(z), z]),
    pane,
  );
}

function disc(mesh: Mesh, x: number, way: -1 | 1, tyre: Paint): void {
  const ring = (radius: number, y: number): Vertex[] =>
    Array.from({ length: wheel.corners }, (_, i) => {
      const t = (2 * Math.PI * i) / wheel.corners;
      return [x + radius * Math.cos(t), way * y, wheel.radius + radius * Math.sin(t)];
    });
  facing(mesh, way, ring(wheel.radius, 0.915), tyre);
  facing(mesh, way, ring(wheel.radius * 0.55, 0.925), matter(0x9a9ea2));
}

function lampAt(mesh: Mesh, x: number, y: number, paint: Paint): void {
  const out = Math.sign(x);
  const [a, b] = [y - 0.18 * out, y + 0.18 * out];
  mesh.face(
    [
      [x + 0.01 * out, a, 0.54],
      [x + 0.01 * out, b, 0.54],
      [x - 0.02 * out, b, 0.68],
      [x - 0.02 * out, a, 0.68],
    ],
    paint,
  );
}
