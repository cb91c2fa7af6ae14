/** The edges of an asset's body as pairs of points (x east, y up, z south): foot, top, and the corners between. */
import { formOf } from '../kinds/forms.ts';
import { normal, type Vec } from '../shape/ring.ts';
import type { Site } from '../shape/site.ts';

export function outlineOf(site: Site): Float32Array {
  const points: number[] = [];
  const base = site.ground + site.base;
  const low = base + 0.15;
  const flat = formOf(site.asset).flat === true;
  const high = flat ? low + 0.9 : base + site.asset.height_m + 0.9;
  const push = (a: Vec, za: number, b: Vec, zb: number) => points.push(a[0], za, -a[1], b[0], zb, -b[1]);
  for (const area of site.areas) {
    for (const ring of area) {
      for (let i = 0; i < ring.length; i++) {
        const before = ring[(i + ring.length - 1) % ring.length] as Vec;
        const a = ring[i] as Vec;
        const b = ring[(i + 1) % ring.length] as Vec;
        push(a, low, b, low);
        if (flat) continue;
        push(a, high, b, high);
        const m = normal(before, a);
        const n = normal(a, b);
        // Only real corners, not every facet of a round tank.
        if (m[0] * n[0] + m[1] * n[1] < 0.85) push(a, low, a, high);
      }
    }
  }
  return Float32Array.from(points);
}
