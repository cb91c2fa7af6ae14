/** Vacant land for investors: boundary posts and a pale outline. Nothing stands there, and nothing is measured. */
import type { Mesh } from './mesh.ts';
import type { Ring, Vec } from './ring.ts';
import type { Site } from './site.ts';
import { lift, matter, rod } from './solids.ts';

export function plot(mesh: Mesh, site: Site): void {
  for (const area of site.areas) {
    const ring = area[0] as Ring;
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Vec;
      const b = ring[(i + 1) % ring.length] as Vec;
      const n = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 18));
      for (let k = 0; k < n; k++) {
        const p: Vec = [a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n];
        const h = k === 0 ? 2 : 1.1;
        rod(mesh, lift(p, 0), lift(p, h), k === 0 ? 0.5 : 0.3, matter(0xf3f0e8));
        rod(mesh, lift(p, h - 0.35), lift(p, h - 0.12), k === 0 ? 0.56 : 0.36, matter(0xc9a27c));
      }
    }
  }
}
