/**
 * A triangle mesh that can grow, with the data that the model's single material needs at each vertex. Metres: x east, y
 * north, z up; stored as three.js wants it (x east, y up, z south).
 */
import type { Vec } from './ring.ts';

/** What a surface is; the shader decides its light (shaders/model.ts). */
export const part = { matter: 0, wall: 1, metric: 2, glass: 3, lamp: 4 } as const;
export type MeshPart = (typeof part)[keyof typeof part];

/** Colour as 0xrrggbb (sRGB) and, for walls, the kind of façade. */
export interface Paint {
  part: MeshPart;
  tint: number;
  /** façade style, character.ts */
  style?: number;
  /** metres, up to 25.5 */
  floor?: number;
  bay?: number;
  /** 0…255: which windows are lit, which gates stand where. */
  seed?: number;
}

export type Vertex = readonly [number, number, number];

/** Transferable, one block of the model. */
export interface MeshData {
  position: Float32Array;
  normal: Int8Array;
  /** r, g, b, part */
  paint: Uint8Array;
  /** metres along the wall, metres above its foot */
  place: Float32Array;
  /** style, floor in dm, bay in dm, seed */
  facade: Uint8Array;
  asset: Uint16Array;
  index: Uint32Array;
}

export class Mesh {
  /** Index of the asset that is being drawn; 65535 for none. */
  asset = noAsset;
  /** Level of the ground floor of the asset being drawn: added to every height, so that forms start at their own ground. */
  level = 0;
  private vertices = 0;
  private indices = 0;
  private data: MeshData = allocate(1024, 2048);

  vertex(p: Vertex, n: Vertex, paint: Paint, u = 0, v = 0): number {
    const d = this.data;
    const i = this.vertices++;
    if (i * 3 >= d.position.length) this.data = grown(d, 2 * i, d.index.length);
    const { position, normal, paint: rgbp, place, facade, asset } = this.data;
    position[3 * i] = p[0];
    position[3 * i + 1] = p[2] + this.level;
    position[3 * i + 2] = -p[1];
    normal[4 * i] = Math.round(n[0] * 127);
    normal[4 * i + 1] = Math.round(n[2] * 127);
    normal[4 * i + 2] = Math.round(-n[1] * 127);
    rgbp[4 * i] = paint.tint >> 16;
    rgbp[4 * i + 1] = (paint.tint >> 8) & 255;
    rgbp[4 * i + 2] = paint.tint & 255;
    rgbp[4 * i + 3] = paint.part;
    place[2 * i] = u;
    place[2 * i + 1] = v;
    facade[4 * i] = paint.style ?? 0;
    facade[4 * i + 1] = Math.min(255, Math.round((paint.floor ?? 0) * 10));
    facade[4 * i + 2] = Math.min(255, Math.round((paint.bay ?? 0) * 10));
    facade[4 * i + 3] = paint.seed ?? 0;
    asset[i] = this.asset;
    return i;
  }

  triangle(a: number, b: number, c: number): void {
    const i = this.indices;
    if (i + 3 > this.data.index.length) this.data = grown(this.data, this.data.asset.length, 2 * i + 3);
    this.data.index.set([a, b, c], i);
    this.indices = i + 3;
  }

  /** Flat polygon, counter-clockwise seen from its front; convex. */
  face(points: readonly Vertex[], paint: Paint, places?: readonly Vec[]): void {
    const n = facing(points);
    const at = points.map((p, i) => this.vertex(p, n, paint, places?.[i]?.[0], places?.[i]?.[1]));
    for (let i = 2; i < at.length; i++) this.triangle(at[0] as number, at[i - 1] as number, at[i] as number);
  }

  get triangles(): number {
    return this.indices / 3;
  }

  finish(): MeshData {
    return cut(this.data, this.vertices, this.indices);
  }
}

export const noAsset = 65535;

/** Unit normal of a flat polygon (Newell). */
export function facing(points: readonly Vertex[]): Vertex {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 0; i < points.length; i++) {
    const a = points[i] as Vertex;
    const b = points[(i + 1) % points.length] as Vertex;
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  }
  const l = Math.hypot(x, y, z) || 1;
  return [x / l, y / l, z / l];
}

function allocate(vertices: number, indices: number): MeshData {
  return {
    position: new Float32Array(3 * vertices),
    normal: new Int8Array(4 * vertices),
    paint: new Uint8Array(4 * vertices),
    place: new Float32Array(2 * vertices),
    facade: new Uint8Array(4 * vertices),
    asset: new Uint16Array(vertices),
    index: new Uint32Array(indices),
  };
}

function grown(d: MeshData, vertices: number, indices: number): MeshData {
  const next = allocate(Math.max(vertices, d.asset.length), Math.max(indices, d.index.length));
  for (const key of Object.keys(d) as (keyof MeshData)[]) next[key].set(d[key]);
  return next;
}

function cut(d: MeshData, vertices: number, indices: number): MeshData {
  return {
    position: d.position.slice(0, 3 * vertices),
    normal: d.normal.slice(0, 4 * vertices),
    paint: d.paint.slice(0, 4 * vertices),
    place: d.place.slice(0, 2 * vertices),
    facade: d.facade.slice(0, 4 * vertices),
    asset: d.asset.slice(0, vertices),
    index: d.index.slice(0, indices),
  };
}
