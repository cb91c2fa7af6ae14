/**
 * The land as a surface of triangles in metres of the park (x east, y north). `heightAt` reads the same triangles that are
 * drawn, so that nothing floats over them or sinks into them. Pure.
 */

import { f32, f64 } from '../typed-arrays.ts';
import type { Terrain } from './park.ts';

type Vec = readonly [number, number];

export interface Relief {
  /** Positions of the grid lines, ascending: metres east and metres north. The outermost lie far beyond the data. */
  xs: Float64Array;
  ys: Float64Array;
  /** Metres above the datum, row by row from the south-west. */
  heights: Float32Array;
  /** Height of the terrain that is height 0 of the park: the median height of what stands in the park. */
  datum_m: number;
  /** Height above the datum at or below which the land is sea. */
  sea: number | null;
}

/** Grid lines added beyond each edge, each twice as far as the one before: the land has a height even some 2,000 cells away. */
const beyond = 11;

/** `places` are the positions of what stands in the park: the median of the heights there becomes 0. */
export function reliefOf(terrain: Terrain, project: (lon: number, lat: number) => Vec, places: readonly Vec[]): Relief {
  const { columns, rows } = terrain;
  const [west, south, east, north] = terrain.bbox;
  const [x0, y0] = project(west, south);
  const [x1, y1] = project(east, north);
  const grid = unpacked(terrain);
  const xs = linesOf(x0, x1, columns);
  const ys = linesOf(y0, y1, rows);
  const heights = new Float32Array(xs.length * ys.length);
  // Beyond the data the heights of the edge are continued: the farther away, the more of the edge is averaged.
  const edge = (fixed: number, alongColumn: boolean, middle: number, reach: number) => {
    const last = (alongColumn ? rows : columns) - 1;
    let sum = 0;
    const [from, to] = [Math.max(0, middle - reach), Math.min(last, middle + reach)];
    for (let k = from; k <= to; k++) sum += f64(grid, alongColumn ? k * columns + fixed : fixed * columns + k);
    return sum / (to - from + 1);
  };
  for (let j = 0; j < ys.length; j++) {
    const row = Math.min(rows - 1, Math.max(0, j - beyond));
    const outY = Math.abs(f64(ys, j) - f64(ys, row + beyond)) / ((y1 - y0) / (rows - 1));
    for (let i = 0; i < xs.length; i++) {
      const column = Math.min(columns - 1, Math.max(0, i - beyond));
      const outX = Math.abs(f64(xs, i) - f64(xs, column + beyond)) / ((x1 - x0) / (columns - 1));
      const across = () => edge(column, true, row, Math.round(outX + outY));
      const aside = () => edge(row, false, column, Math.round(outX + outY));
      heights[j * xs.length + i] =
        outX > 0 && outY > 0 ? (across() + aside()) / 2 : outX > 0 ? across() : outY > 0 ? aside() : f64(grid, row * columns + column);
    }
  }
  const relief: Relief = { xs, ys, heights, datum_m: 0, sea: null };
  const datum = middle(places.map((p) => heightAt(relief, p[0], p[1])));
  for (let i = 0; i < heights.length; i++) heights[i] = f32(heights, i) - datum;
  return { ...relief, datum_m: datum, sea: terrain.sea_m === undefined ? null : terrain.sea_m - datum };
}

/** Heights in metres from the south-west, row by row. */
function unpacked({ columns, rows, low_m, step_m, heights }: Terrain): Float64Array {
  const grid = new Float64Array(columns * rows);
  let first = 0;
  for (let r = 0; r < rows; r++) {
    first += heights[r * columns] as number;
    let steps = first;
    for (let c = 0; c < columns; c++) {
      if (c > 0) steps += heights[r * columns + c] as number;
      grid[(rows - 1 - r) * columns + c] = low_m + step_m * steps;
    }
  }
  return grid;
}

function linesOf(from: number, to: number, count: number): Float64Array {
  const step = (to - from) / (count - 1);
  const lines = new Float64Array(count + 2 * beyond);
  for (let i = 0; i < count; i++) lines[i + beyond] = from + i * step;
  for (let k = 1; k <= beyond; k++) {
    const far = step * (2 ** (k + 1) - 2);
    lines[beyond - k] = from - far;
    lines[beyond + count - 1 + k] = to + far;
  }
  return lines;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Index of the cell between two lines that holds `v`; the outermost where it lies beyond. */
export function cellOf(lines: Float64Array, v: number): number {
  // The lines of the data itself are evenly spaced.
  const first = f64(lines, beyond);
  const inner = lines.length - 2 * beyond - 1;
  const even = Math.floor(((v - first) / (f64(lines, beyond + inner) - first)) * inner);
  if (even > 0 && even < inner - 1) {
    const at = even + beyond;
    return v < f64(lines, at) ? at - 1 : v >= f64(lines, at + 1) ? at + 1 : at;
  }
  let low = 0;
  let high = lines.length - 2;
  while (low < high) {
    const half = (low + high + 1) >> 1;
    if (f64(lines, half) <= v) low = half;
    else high = half - 1;
  }
  return low;
}

/** Metres above the datum; 0 where the park has no terrain. Every cell is two triangles, cut from south-west to north-east. */
export function heightAt(relief: Relief | null, x: number, y: number): number {
  if (relief === null) return 0;
  const { xs, ys, heights } = relief;
  const i = cellOf(xs, x);
  const j = cellOf(ys, y);
  const x0 = f64(xs, i);
  const y0 = f64(ys, j);
  const u = Math.min(1, Math.max(0, (x - x0) / (f64(xs, i + 1) - x0)));
  const v = Math.min(1, Math.max(0, (y - y0) / (f64(ys, j + 1) - y0)));
  const at = j * xs.length + i;
  const sw = f32(heights, at);
  const ne = f32(heights, at + xs.length + 1);
  if (u > v) {
    const se = f32(heights, at + 1);
    return sw + (se - sw) * u + (ne - se) * v;
  }
  const nw = f32(heights, at + xs.length);
  return sw + (ne - nw) * u + (nw - sw) * v;
}

/** A convex ring cut into pieces that each lie in one triangle of the land. */
export function drapeRing(relief: Relief, ring: readonly Vec[]): Vec[][] {
  const { xs, ys } = relief;
  const pieces: Vec[][] = [];
  for (const [column, strip] of slices(ring, xs, 0)) {
    for (const [row, cell] of slices(strip, ys, 1)) {
      const [x0, y0] = [f64(xs, column), f64(ys, row)];
      const [w, h] = [f64(xs, column + 1) - x0, f64(ys, row + 1) - y0];
      const side = (p: Vec) => (p[0] - x0) / w - (p[1] - y0) / h;
      const [below, above] = split(cell, side);
      if (below.length > 2) pieces.push(below);
      if (above.length > 2) pieces.push(above);
    }
  }
  return pieces;
}

function slices(ring: readonly Vec[], lines: Float64Array, axis: 0 | 1): [number, Vec[]][] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const p of ring) {
    low = Math.min(low, p[axis]);
    high = Math.max(high, p[axis]);
  }
  const found: [number, Vec[]][] = [];
  let rest = [...ring];
  const last = cellOf(lines, high);
  for (let i = cellOf(lines, low); i < last && rest.length > 2; i++) {
    const edge = f64(lines, i + 1);
    const [before, after] = split(rest, (p) => edge - p[axis]);
    if (before.length > 2) found.push([i, before]);
    rest = after;
  }
  if (rest.length > 2) found.push([last, rest]);
  return found;
}

/** A convex ring in two: where `side` is positive, and where it is negative. */
function split(ring: readonly Vec[], side: (p: Vec) => number): [Vec[], Vec[]] {
  const positive: Vec[] = [];
  const negative: Vec[] = [];
  let clear = 0;
  let b = ring.at(-1) as Vec;
  let sb = side(b);
  for (const p of ring) {
    const s = side(p);
    if ((s > 0 && sb < 0) || (s < 0 && sb > 0)) {
      const f = sb / (sb - s);
      const cut: Vec = [b[0] + (p[0] - b[0]) * f, b[1] + (p[1] - b[1]) * f];
      positive.push(cut);
      negative.push(cut);
    }
    if (s >= 0) positive.push(p);
    if (s <= 0) negative.push(p);
    clear |= s > 0 ? 1 : s < 0 ? 2 : 0;
    b = p;
    sb = s;
  }
  return [(clear & 1) === 0 ? [] : positive, (clear & 2) === 0 ? [] : negative];
}

/** A course with an extra point wherever it leaves a triangle of the land. */
export function drapeLine(relief: Relief, line: readonly Vec[]): Vec[] {
  const { xs, ys } = relief;
  const course: Vec[] = line.slice(0, 1);
  for (let k = 1; k < line.length; k++) {
    const a = line[k - 1] as Vec;
    const b = line[k] as Vec;
    const cuts = [...crossed(xs, a[0], b[0]), ...crossed(ys, a[1], b[1]), 0, 1].sort((p, q) => p - q);
    for (let c = 1; c < cuts.length; c++) {
      const [f, g] = [cuts[c - 1] as number, cuts[c] as number];
      if (g - f < 1e-9) continue;
      const at = (t: number): Vec => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
      const half = at((f + g) / 2);
      const [i, j] = [cellOf(xs, half[0]), cellOf(ys, half[1])];
      const side = (p: Vec) => (p[0] - f64(xs, i)) / (f64(xs, i + 1) - f64(xs, i)) - (p[1] - f64(ys, j)) / (f64(ys, j + 1) - f64(ys, j));
      const [s0, s1] = [side(at(f)), side(at(g))];
      if (s0 * s1 < 0) course.push(at(f + ((g - f) * s0) / (s0 - s1)));
      course.push(g === 1 ? b : at(g));
    }
  }
  return course;
}

/** Fractions of the way from a to b at which lines are crossed. */
function crossed(lines: Float64Array, a: number, b: number): number[] {
  const found: number[] = [];
  const [low, high] = a < b ? [a, b] : [b, a];
  for (let i = cellOf(lines, low) + 1; i < lines.length && f64(lines, i) < high; i++) {
    if (f64(lines, i) > low) found.push((f64(lines, i) - a) / (b - a));
  }
  return found;
}

/** Upward unit normal of the land, smooth across the triangles: x east, y north, z up. */
export function normalAt(relief: Relief, x: number, y: number): [number, number, number] {
  const i = cellOf(relief.xs, x);
  const j = cellOf(relief.ys, y);
  const step = Math.min(f64(relief.xs, i + 1) - f64(relief.xs, i), f64(relief.ys, j + 1) - f64(relief.ys, j));
  const dx = (heightAt(relief, x + step, y) - heightAt(relief, x - step, y)) / (2 * step);
  const dy = (heightAt(relief, x, y + step) - heightAt(relief, x, y - step)) / (2 * step);
  const l = Math.hypot(dx, dy, 1);
  return [-dx / l, -dy / l, 1 / l];
}

export type Ray3 = readonly [number, number, number];

/** How far along a ray (east, north, up; any length) it meets the ground from above; null when it does not within 100 km. */
export function meetGround(relief: Relief | null, o: Ray3, d: Ray3): number | null {
  const flat = d[2] < -1e-3 ? -o[2] / d[2] : null;
  if (relief === null) return flat;
  const over = (t: number) => o[2] + d[2] * t - heightAt(relief, o[0] + d[0] * t, o[1] + d[1] * t);
  const speed = Math.hypot(d[0], d[1], d[2]);
  let t = 0;
  let height = over(0);
  while (t * speed < 100_000) {
    // Steps get shorter nearer the ground; the land is assumed not to be so steep that a step passes through it.
    const step = Math.max(2, Math.abs(height) * 0.3) / speed;
    const next = over(t + step);
    if (height > 0 && next <= 0) return t + (step * height) / (height - next);
    t += step;
    height = next;
  }
  return null;
}
