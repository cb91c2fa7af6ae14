/** Fine dark edges, as on a drawn model: eaves and real corners of bodies, as pairs of points (x east, y up, z south). */
import { formOf } from '../kinds/forms.ts';
import { normal, type Vec } from '../shape/ring.ts';
import type { Site } from '../shape/site.ts';

export function edgesOf(sites: readonly Site[]): Float32Array {
  const points: number[] = [];
  const push = (a: Vec, za: number, b: Vec, zb: number) => points.push(a[0], za, -a[1], b[0], zb, -b[1]);
  for (const { asset, areas, base: above, ground, host } of sites) {
    if (!formOf(asset).house || host) continue;
    const base = ground + above;
    const roof = asset.properties['roof'];
    const sloping = roof === 'gable' || roof === 'shed' || roof === 'sawtooth';
    // Flat roofs end in a parapet (shape/roofs.ts); under sloping roofs the eaves hide the edge.
    const top = base + asset.height_m + Math.min(0.9, asset.height_m * 0.12);
    for (const ring of areas.flat()) {
      for (let i = 0; i < ring.length; i++) {
        const before = ring[(i + ring.length - 1) % ring.length] as Vec;
        const a = ring[i] as Vec;
        const b = ring[(i + 1) % ring.length] as Vec;
        const m = normal(before, a);
        const n = normal(a, b);
        const corner = m[0] * n[0] + m[1] * n[1] < 0.9;
        if (!sloping) push(a, top, b, top);
        if (corner) push(a, base, a, sloping ? base + asset.height_m * 0.6 : top);
        push(a, base + 0.05, b, base + 0.05);
      }
    }
  }
  return Float32Array.from(points);
}
