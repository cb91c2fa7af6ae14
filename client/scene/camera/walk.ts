/** Walking on the ground: pure functions for steps that slide along walls and never end inside an obstacle. */
import { formOf } from '../kinds/forms.ts';
import { type Area, inArea, normal, type Vec } from '../shape/ring.ts';
import type { Site } from '../shape/site.ts';

export interface Obstacle {
  area: Area;
  /** x0, x1, y0, y1 */
  box: readonly [number, number, number, number];
}

/** Metres that a walker keeps from walls: closer, the picture would show their inside. */
export const clearance = 0.9;
export const eyeHeight_m = 1.7;

export function obstaclesOf(sites: readonly Site[]): Obstacle[] {
  // Over vacant land and under canopies one can walk.
  const solid = sites.filter((s) => !s.host && !formOf(s.asset).vacant && !formOf(s.asset).open);
  return solid.flatMap((s) =>
    s.areas.map((area): Obstacle => {
      const xs = (area[0] ?? []).map((p) => p[0]);
      const ys = (area[0] ?? []).map((p) => p[1]);
      return { area, box: [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] };
    }),
  );
}

/** The nearest point on any edge, and the way out of the solid there. */
function nearestEdge(p: Vec, area: Area): { point: Vec; out: Vec; distance: number } {
  let best = { point: p, out: [0, 1] as Vec, distance: Number.POSITIVE_INFINITY };
  for (const ring of area) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Vec;
      const b = ring[(i + 1) % ring.length] as Vec;
      const x = b[0] - a[0];
      const y = b[1] - a[1];
      const l = x * x + y * y;
      const t = l > 0 ? Math.min(1, Math.max(0, ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / l)) : 0;
      const point: Vec = [a[0] + t * x, a[1] + t * y];
      const distance = Math.hypot(p[0] - point[0], p[1] - point[1]);
      if (distance >= best.distance) continue;
      // The solid is on the left of every edge.
      const n = normal(a, b);
      best = { point, out: [-n[0], -n[1]], distance };
    }
  }
  return best;
}

function pushedOut(p: Vec, area: Area): Vec | null {
  const inside = inArea(p, area);
  const { point, out, distance } = nearestEdge(p, area);
  if (!inside && distance >= clearance - 1e-6) return null;
  // From outside, push straight away from the wall (around corners too); from inside, push out through it.
  const away: Vec = inside || distance < 1e-6 ? out : [(p[0] - point[0]) / distance, (p[1] - point[1]) / distance];
  return [point[0] + away[0] * clearance, point[1] + away[1] * clearance];
}

const near = (p: Vec, [x0, x1, y0, y1]: Obstacle['box']) =>
  p[0] > x0 - clearance && p[0] < x1 + clearance && p[1] > y0 - clearance && p[1] < y1 + clearance;

export function isFree(p: Vec, obstacles: readonly Obstacle[]): boolean {
  return !obstacles.some((o) => near(p, o.box) && pushedOut(p, o.area) !== null);
}

/** A free place at or near a point: pushed out of what is there; if that fails, the first free place in widening circles. */
export function freePlace(wanted: Vec, obstacles: readonly Obstacle[]): Vec {
  const at = settled(wanted, obstacles);
  if (at) return at;
  for (let radius = 2; radius < 2000; radius *= 1.25) {
    for (let i = 0; i < 16; i++) {
      const t = (i / 16) * 2 * Math.PI;
      const p: Vec = [wanted[0] + radius * Math.sin(t), wanted[1] + radius * Math.cos(t)];
      if (isFree(p, obstacles)) return p;
    }
  }
  return wanted;
}

/** Metres kept from an obstacle when a walk would have started inside it, so that it does not start in front of a wall. */
const standOff = 9;

/** Where a walk begins: at the place asked for, or beside what stands there. */
export function startingPlace(wanted: Vec, obstacles: readonly Obstacle[]): Vec {
  const at = freePlace(wanted, obstacles);
  const moved = Math.hypot(at[0] - wanted[0], at[1] - wanted[1]);
  if (moved < 0.05) return at;
  const away = standOff / moved;
  return walkStep(at, [(at[0] - wanted[0]) * away, (at[1] - wanted[1]) * away], obstacles);
}

function settled(wanted: Vec, obstacles: readonly Obstacle[]): Vec | null {
  let p = wanted;
  for (let round = 0; round < 6; round++) {
    const touched = obstacles.find((o) => near(p, o.box) && pushedOut(p, o.area) !== null);
    if (!touched) return p;
    p = pushedOut(p, touched.area) ?? p;
  }
  return isFree(p, obstacles) ? p : null;
}

/** Longest part of a step that is checked at once, so that a walk does not pass through thin obstacles. */
const stride = 0.6;

/** One step from a free place: along walls rather than into them, and none where there is no room. */
export function walkStep(from: Vec, by: Vec, obstacles: readonly Obstacle[]): Vec {
  const parts = Math.max(1, Math.ceil(Math.hypot(by[0], by[1]) / stride));
  let p = from;
  for (let i = 0; i < parts; i++) {
    const wanted: Vec = [p[0] + by[0] / parts, p[1] + by[1] / parts];
    const next = settled(wanted, obstacles);
    if (!next || Math.hypot(next[0] - p[0], next[1] - p[1]) > 2 * stride) return p;
    p = next;
  }
  return p;
}
