/** Buried lines as straight pieces in space: along each course at its carrier's depth, and up to the surface at both ends. */

import type { ParkView } from '../../../models/api/park-view.ts';
import { type Carrier, carrierRow, carriers } from '../../../models/carriers.ts';
import { drapeLine, heightAt, type Relief } from '../../../models/park/relief.ts';
import { polylines } from './projected.ts';
import type { Vec } from './ring.ts';

export interface Buried {
  /** x, y, z (up is y, z south) of both ends of each piece. */
  from: Float32Array;
  to: Float32Array;
  /** Index of the line each piece belongs to. */
  line: Float32Array;
  count: number;
  /** Height of the bed under everything. */
  bed: number;
}

/** Metres between layers: more in a larger park, so that layers can be told apart when the whole park is in the picture. */
export function layerStep(radius_m: number): number {
  return Math.min(9, Math.max(2.5, radius_m / 130));
}

/** Lines on pylons and trestles are not in the ground. */
const isBuried = (line: ParkView['lines'][number]) => line.geometry !== null && !line.overhead;

/** Carriers of the buried lines, and how deep each is drawn, metres. */
export function depthsOf(lines: ParkView['lines'], radius_m: number): Map<Carrier, number> {
  const present = new Set(lines.filter(isBuried).map((line) => line.carrier));
  const order = carriers.filter((c) => present.has(c)).sort((a, b) => carrierRow(a).depth - carrierRow(b).depth);
  return new Map(order.map((carrier, i) => [carrier, layerStep(radius_m) * (i + 1)]));
}

export function buriedOf(
  lines: ParkView['lines'],
  project: (lon: number, lat: number) => Vec,
  land: Relief | null,
  radius_m: number,
  low: number,
): Buried {
  const depths = depthsOf(lines, radius_m);
  const from: number[] = [];
  const to: number[] = [];
  const line: number[] = [];
  const piece = (index: number, a: Vec, za: number, b: Vec, zb: number) => {
    from.push(a[0], za, -a[1]);
    to.push(b[0], zb, -b[1]);
    line.push(index);
  };
  for (const [index, one] of lines.entries()) {
    if (!one.geometry || !isBuried(one)) continue;
    const depth = depths.get(one.carrier) ?? 0;
    for (const drawn of polylines(one.geometry, project)) {
      const course = land === null ? drawn : drapeLine(land, drawn);
      const level = (p: Vec) => heightAt(land, p[0], p[1]);
      for (let i = 1; i < course.length; i++) {
        const [a, b] = [course[i - 1] as Vec, course[i] as Vec];
        if (Math.hypot(b[0] - a[0], b[1] - a[1]) > 1e-3) piece(index, a, level(a) - depth, b, level(b) - depth);
      }
      for (const end of [course[0], course.at(-1)]) if (end) piece(index, end, level(end) - depth, end, level(end));
    }
  }
  return {
    from: Float32Array.from(from),
    to: Float32Array.from(to),
    line: Float32Array.from(line),
    count: line.length,
    bed: low - layerStep(radius_m) * (depths.size + 1),
  };
}
