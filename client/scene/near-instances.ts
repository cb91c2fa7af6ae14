/** Thousands of small objects (trees, cars): a mesh is filled only with those near the camera. */
import type { InstancedMesh } from 'three';

export interface Field {
  /** Metres east and south of each thing. */
  x: Float32Array;
  z: Float32Array;
  /** Sixteen numbers each, as three.js has them. */
  matrices: Float32Array;
  /** Three each. */
  colours: Float32Array;
}

export function createField(count: number): Field {
  return {
    x: new Float32Array(count),
    z: new Float32Array(count),
    matrices: new Float32Array(16 * count),
    colours: new Float32Array(3 * count),
  };
}

/** The objects of a mesh that holds all of them. The field shares the mesh's memory, so a change in one is a change in both. */
export function fieldOf(mesh: InstancedMesh): Field {
  const matrices = mesh.instanceMatrix.array as Float32Array;
  const field: Field = { ...createField(mesh.instanceMatrix.count), matrices };
  if (mesh.instanceColor) field.colours = mesh.instanceColor.array as Float32Array;
  for (let i = 0; i < field.x.length; i++) {
    field.x[i] = matrices[16 * i + 12] as number;
    field.z[i] = matrices[16 * i + 14] as number;
  }
  return field;
}

/** Fills the mesh with the objects within `reach` metres of a place, up to its capacity; allocates nothing. */
export function fillNear(mesh: InstancedMesh, field: Field, x: number, z: number, reach: number): void {
  const room = mesh.instanceMatrix.count;
  const matrices = mesh.instanceMatrix.array as Float32Array;
  const colours = mesh.instanceColor?.array as Float32Array | undefined;
  const limit = reach * reach;
  let n = 0;
  for (let i = 0; i < field.x.length && n < room; i++) {
    const dx = (field.x[i] as number) - x;
    const dz = (field.z[i] as number) - z;
    if (dx * dx + dz * dz >= limit) continue;
    for (let k = 0; k < 16; k++) matrices[16 * n + k] = field.matrices[16 * i + k] as number;
    if (colours) for (let k = 0; k < 3; k++) colours[3 * n + k] = field.colours[3 * i + k] as number;
    n++;
  }
  mesh.count = n;
  mesh.visible = n > 0;
  mesh.instanceMatrix.needsUpdate = true;
  if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
}
