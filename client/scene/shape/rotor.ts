/** Nacelle and three blades of a wind turbine, around the hub, facing +z (south) of three.js. */
import { Mesh, type MeshData, type Vertex } from './mesh.ts';
import type { Frame } from './ring.ts';
import { box, matter, turned } from './solids.ts';

const white = matter(0xffffff);

export function nacelleForm(radius: number): MeshData {
  const mesh = new Mesh();
  const s = radius * 0.03;
  // y of the plane runs north: the nacelle lies behind the rotor.
  const frame: Frame = { centre: [0, 0], axis: [1, 0], length: 1, width: 1 };
  box(mesh, frame, [-s, s], [-radius * 0.05, radius * 0.13], [-s, s * 1.15], white);
  return mesh.finish();
}

export function rotorForm(radius: number): MeshData {
  const mesh = new Mesh();
  const hub = radius * 0.032;
  turned(
    mesh,
    [0, 0],
    [
      [hub, -hub],
      [hub, hub * 0.6],
      [hub * 0.5, hub * 1.2],
    ],
    white,
    white,
    10,
  );
  for (let k = 0; k < 3; k++) blade(mesh, (k / 3) * 2 * Math.PI, radius, hub);
  return mesh.finish();
}

function blade(mesh: Mesh, turn: number, radius: number, hub: number): void {
  const at = (r: number, w: number, d: number): Vertex => {
    const [x, z] = [Math.cos(turn) * w - Math.sin(turn) * r, Math.sin(turn) * w + Math.cos(turn) * r];
    return [x, -d, z];
  };
  const stations = [
    [hub * 0.8, 0.012, 0.012],
    [0.1, 0.02, 0.012],
    [0.22, 0.036, 0.009],
    [0.6, 0.02, 0.004],
    [1, 0.004, 0.001],
  ].map(([r, w, d], i) => [i === 0 ? (r as number) : (r as number) * radius, (w as number) * radius, (d as number) * radius] as const);
  for (let i = 0; i + 1 < stations.length; i++) {
    const [r0, w0, d0] = stations[i] as (typeof stations)[number];
    const [r1, w1, d1] = stations[i + 1] as (typeof stations)[number];
    const ring0 = [at(r0, -w0 * 0.4, d0), at(r0, w0 * 0.6, 0), at(r0, -w0 * 0.4, -d0)];
    const ring1 = [at(r1, -w1 * 0.4, d1), at(r1, w1 * 0.6, 0), at(r1, -w1 * 0.4, -d1)];
    for (let k = 0; k < 3; k++) {
      const [a, b, c, d] = [ring0[k], ring0[(k + 1) % 3], ring1[(k + 1) % 3], ring1[k]] as [Vertex, Vertex, Vertex, Vertex];
      mesh.face([a, b, c, d], white);
      mesh.face([d, c, b, a], white);
    }
  }
}
