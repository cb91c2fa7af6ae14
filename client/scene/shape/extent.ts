/** Where the park is: its middle and reach, without what lies far outside (a feature 13 km away must not move the camera). */

import { heightAt, type Relief } from '../../../models/park/relief.ts';
import { type Area, frameOf, type Ring, type Vec } from './ring.ts';
import type { Site } from './site.ts';

export interface Extent {
  centre: Vec;
  /** Metres from the centre to the farthest corner that counts. */
  radius: number;
  /** Corners of what counts, with heights: [east, north, up]. */
  points: [number, number, number][];
  /** Lowest and highest ground that counts. */
  low: number;
  high: number;
  /** Of the long side, radians clockwise from north. */
  bearing: number;
}

/** Convex hull of the plan, counter-clockwise (Andrew's monotone chain). */
function hull(points: readonly (readonly [number, number, number])[]): Ring {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((p): Vec => [p[0], p[1]]);
  const half = (list: Vec[]) => {
    const chain: Vec[] = [];
    for (const p of list) {
      for (;;) {
        const [a, b] = [chain.at(-2), chain.at(-1)];
        if (!a || !b || (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half([...sorted].reverse())];
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export function extentOf(sites: readonly Site[], border: readonly Area[] = [], land: Relief | null = null): Extent {
  if (sites.length === 0) return { centre: [0, 0], radius: 200, points: [], low: 0, high: 0, bearing: 0 };
  const middle: Vec = [median(sites.map((s) => s.centre[0])), median(sites.map((s) => s.centre[1]))];
  const distance = (s: Site) => Math.hypot(s.centre[0] - middle[0], s.centre[1] - middle[1]);
  const limit = Math.max(150, 3 * median(sites.map(distance)));
  const kept = sites.filter((s) => distance(s) <= limit);
  const corners = kept.flatMap((s) =>
    s.areas.flatMap((a) =>
      (a[0] ?? []).map((p) => [p[0], p[1], s.ground + s.base + Math.min(s.asset.height_m, 60)] as [number, number, number]),
    ),
  );
  const points = corners.length > 0 ? corners : kept.map((s) => [s.centre[0], s.centre[1], s.ground] as [number, number, number]);
  // Points of the park's own border count as long as they are not much farther out than the assets.
  for (const p of border.flatMap((a) => a[0] ?? []))
    if (Math.hypot(p[0] - middle[0], p[1] - middle[1]) <= limit) points.push([p[0], p[1], heightAt(land, p[0], p[1])]);
  const span = (k: 0 | 1): [number, number] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const p of points) {
      low = Math.min(low, p[k]);
      high = Math.max(high, p[k]);
    }
    return [low, high];
  };
  const [x, y] = [span(0), span(1)];
  const centre: Vec = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  const radius = Math.max(60, ...points.map((p) => Math.hypot(p[0] - centre[0], p[1] - centre[1])));
  const { axis } = frameOf(hull(points));
  const grounds = kept.map((s) => s.ground);
  return { centre, radius, points, low: Math.min(...grounds), high: Math.max(...grounds), bearing: Math.atan2(axis[0], axis[1]) };
}
