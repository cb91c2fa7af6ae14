/**
 * Light on the ground, baked once: occlusion around bodies (r), lamps along the streets (g), light from the windows of
 * buildings at night (b), and how near water is to its shore (a). Cheaper than an ambient-occlusion pass and better looking.
 */

import { formOf } from '../kinds/forms.ts';
import { along } from '../shape/ribbon.ts';
import type { Area, Ring, Vec } from '../shape/ring.ts';
import type { Road } from '../shape/roads.ts';
import type { Site } from '../shape/site.ts';

export interface Mask {
  /** RGBA, `size` × `size`, first row at the smallest z (north). */
  data: Uint8Array;
  size: number;
  /** x, z of the corner, width, depth in metres. */
  box: [number, number, number, number];
}

export function maskOf(sites: readonly Site[], roads: readonly Road[], water: readonly Area[], box: Mask['box'], size: number): Mask {
  const metre = size / box[2];
  const solid = new Float32Array(size * size);
  const bright = new Float32Array(size * size);
  for (const site of sites) {
    const { vacant, slender, open, windows } = formOf(site.asset);
    if (site.host !== null || vacant || slender) continue;
    // Higher bodies darken more.
    const weight = open ? 0.3 : Math.min(1, 0.55 + site.asset.height_m / 40);
    for (const area of site.areas) {
      fill(solid, size, box, area, weight);
      if (windows) fill(bright, size, box, area, Math.min(1, 0.35 + site.asset.height_m / 30));
    }
  }
  const near = blurred(solid, size, Math.max(1, Math.round(1.6 * metre)));
  const wide = blurred(solid, size, Math.max(2, Math.round(7 * metre)));
  const spill = blurred(bright, size, Math.max(2, Math.round(6 * metre)));
  const lamps = new Float32Array(size * size);
  for (const road of roads) {
    if (!road.street) continue;
    for (const [i, p] of along(road.line, 30).entries()) {
      const side = road.median > 0 ? 0 : (i % 2 === 0 ? 1 : -1) * (road.width / 2 - 2);
      splat(lamps, size, box, [p.at[0] - p.axis[1] * side, p.at[1] + p.axis[0] * side], 19);
    }
  }
  const wet = water.length > 0 ? shores(water, size, box, metre) : null;
  const data = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i++) {
    data[4 * i] = Math.min(255, 255 * (0.55 * (near[i] as number) + 0.75 * (wide[i] as number)));
    data[4 * i + 1] = Math.min(255, 255 * (lamps[i] as number));
    data[4 * i + 2] = Math.min(255, 255 * (spill[i] as number));
    // Without water this channel is not used.
    data[4 * i + 3] = wet === null ? 255 : 255 * (1 - Math.min(1, wet[i] as number));
  }
  return { data, size, box };
}

/** Water, fading towards its shores over some five metres. */
function shores(water: readonly Area[], size: number, box: Mask['box'], metre: number): Float32Array {
  const full = new Float32Array(size * size);
  for (const area of water) fill(full, size, box, area, 1);
  return blurred(full, size, Math.max(1, Math.round(3 * metre)));
}

/** Scan-line fill by the even-odd rule, keeping the larger value. */
function fill(out: Float32Array, size: number, box: Mask['box'], area: Area, value: number): void {
  const rings = area.map((r: Ring) => r.map((p): Vec => [((p[0] - box[0]) / box[2]) * size, ((-p[1] - box[1]) / box[3]) * size]));
  const ys = rings.flat().map((p) => p[1]);
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(size - 1, Math.ceil(Math.max(...ys)));
  for (let y = top; y <= bottom; y++) {
    const hits: number[] = [];
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i] as Vec;
        const b = ring[j] as Vec;
        if (a[1] > y + 0.5 !== b[1] > y + 0.5) hits.push(a[0] + ((b[0] - a[0]) * (y + 0.5 - a[1])) / (b[1] - a[1]));
      }
    }
    hits.sort((a, b) => a - b);
    for (let k = 0; k + 1 < hits.length; k += 2) {
      const from = Math.max(0, Math.round(hits[k] as number));
      const to = Math.min(size, Math.round(hits[k + 1] as number));
      for (let x = from; x < to; x++) out[y * size + x] = Math.max(out[y * size + x] as number, value);
    }
  }
}

/** Three box blurs: nearly a Gaussian, linear in the number of pixels. */
function blurred(source: Float32Array, size: number, radius: number): Float32Array {
  const a = source.slice();
  const b = new Float32Array(source.length);
  for (let pass = 0; pass < 3; pass++) {
    boxBlur(a, b, size, radius, 1, size);
    boxBlur(b, a, size, radius, size, 1);
  }
  return a;
}

function boxBlur(from: Float32Array, to: Float32Array, size: number, radius: number, step: number, stride: number): void {
  const scale = 1 / (2 * radius + 1);
  for (let row = 0; row < size; row++) {
    const start = row * stride;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += from[start + Math.min(size - 1, Math.max(0, i)) * step] as number;
    for (let i = 0; i < size; i++) {
      to[start + i * step] = sum * scale;
      sum += (from[start + Math.min(size - 1, i + radius + 1) * step] as number) - (from[start + Math.max(0, i - radius) * step] as number);
    }
  }
}

function splat(out: Float32Array, size: number, box: Mask['box'], p: Vec, radius: number): void {
  const x = ((p[0] - box[0]) / box[2]) * size;
  const y = ((-p[1] - box[1]) / box[3]) * size;
  const r = (radius / box[2]) * size;
  for (let j = Math.max(0, Math.floor(y - r)); j <= Math.min(size - 1, y + r); j++) {
    for (let i = Math.max(0, Math.floor(x - r)); i <= Math.min(size - 1, x + r); i++) {
      const d = Math.hypot(i - x, j - y) / r;
      if (d < 1) out[j * size + i] = Math.min(1, (out[j * size + i] as number) + (1 - d * d) ** 2 * 0.55);
    }
  }
}
