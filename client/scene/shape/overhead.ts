/**
 * Lines that a park declares `overhead`: pylons or poles with sagging wires for electricity, pipes on trestles for the rest.
 * The flow is drawn along the wires or on the pipes (shape/flows.ts); everything here is neutral.
 */

import type { ParkView } from '../../../models/api/park-view.ts';
import { carrierRow } from '../../../models/carriers.ts';
import { heightAt, type Relief } from '../../../models/park/relief.ts';
import { gantry, pylon } from './electrical.ts';
import type { Mesh, Vertex } from './mesh.ts';
import { at, distanceToSegment, type Frame, type Vec } from './ring.ts';
import type { Road } from './roads.ts';
import { lift, matter, rod } from './solids.ts';

type LineView = ParkView['lines'][number];

/** How a line is carried: spacing and height of its supports, how far it sags as a share of the span; metres. */
interface Carriage {
  kind: 'pylons' | 'poles' | 'trestles';
  spacing: number;
  /** Of wires or pipes at their supports. */
  height: number;
  sag: number;
}

/** From this power on, electric lines run on pylons. */
const pylon_kW = 20_000;
const portal_m = 8;

export function carriageOf(line: Pick<LineView, 'carrier' | 'capacity_kW'>): Carriage {
  if (carrierRow(line.carrier).conduit === 'pipe') return { kind: 'trestles', spacing: 14, height: 6.3, sag: 0 };
  if ((line.capacity_kW ?? 0) >= pylon_kW) return { kind: 'pylons', spacing: 170, height: 19, sag: 0.03 };
  return { kind: 'poles', spacing: 48, height: 10, sag: 0.022 };
}

export interface Support {
  at: Vec;
  /** Unit vector of the line there; half way between two directions at a bend. */
  axis: Vec;
  /** Terminal supports are portals: the line comes down there. */
  end: boolean;
}

/** A support at every bend, and between bends as many as the spacing asks for. */
export function supportsOf(course: readonly Vec[], spacing: number): Support[] {
  const points: Vec[] = course.slice(0, 1);
  for (let i = 1; i < course.length; i++) {
    const [a, b] = [course[i - 1] as Vec, course[i] as Vec];
    const n = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / spacing));
    for (let k = 1; k <= n; k++) points.push([a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n]);
  }
  return points.map((p, i) => {
    const a = points[Math.max(0, i - 1)] as Vec;
    const b = points[Math.min(points.length - 1, i + 1)] as Vec;
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return { at: p, axis: [(b[0] - a[0]) / l, (b[1] - a[1]) / l], end: i === 0 || i === points.length - 1 };
  });
}

/**
 * Height of a sagging wire above the line between its ends (never positive), at a fraction of its span: a parabola, close to
 * a flat catenary.
 */
export const sagAt = (f: number, span: number, sag: number) => -4 * sag * span * f * (1 - f);

/** Draws supports and pipes; returns the wires as pairs of points (x east, y up, z south), drawn a pixel wide. */
export function overhead(
  mesh: Mesh,
  lines: ParkView['lines'],
  courses: (line: LineView) => (readonly Vec[])[],
  land: Relief | null,
  roads: readonly Pick<Road, 'line' | 'width'>[],
): number[] {
  const wires: number[] = [];
  for (const line of lines) {
    if (!line.overhead || !line.geometry) continue;
    const carriage = carriageOf(line);
    for (const course of courses(line)) {
      const supports = supportsOf(course, carriage.spacing);
      // A support that would stand in a street is left out: the span there is longer.
      const standing = supports.filter((s) => s.end || !onRoad(s.at, roads));
      const grounds = standing.map((s) => heightAt(land, s.at[0], s.at[1]));
      for (const [i, s] of standing.entries()) {
        mesh.level = grounds[i] as number;
        support(mesh, s, carriage.kind);
      }
      mesh.level = 0;
      for (let i = 1; i < standing.length; i++) {
        const [a, b] = [standing[i - 1] as Support, standing[i] as Support];
        const levels: Vec = [grounds[i - 1] as number, grounds[i] as number];
        if (carriage.kind === 'trestles') pipes(mesh, a, b, levels, carriage.height);
        else strung(wires, a, b, levels, carriage);
      }
    }
  }
  return wires;
}

function onRoad(p: Vec, roads: readonly Pick<Road, 'line' | 'width'>[]): boolean {
  return roads.some(({ line, width }) => line.some((b, i) => i > 0 && distanceToSegment(p, line[i - 1] as Vec, b) < width / 2 + 0.6));
}

const steel = matter(0xaeb0ae);
const concrete = matter(0xc9c5bc);
const silver = matter(0xdcdad4);

/** Where wires hang at a support: metres to the left of the line and above the ground; insulators included. */
const hangs: Record<'pylons' | 'poles' | 'portal', readonly Vec[]> = {
  pylons: [
    [-5.4, 17.6],
    [5.4, 17.6],
    [-4.6, 21.9],
    [4.6, 21.9],
    [-3.6, 25.8],
    [3.6, 25.8],
    [0, 29],
  ],
  poles: [
    [-1.3, 10.1],
    [0, 10.9],
    [1.3, 10.1],
  ],
  portal: [
    [-3.2, portal_m],
    [0, portal_m],
    [3.2, portal_m],
  ],
};
const pylon_m = 29;

function support(mesh: Mesh, { at: p, axis, end }: Support, kind: Carriage['kind']): void {
  const frame: Frame = { centre: p, axis, length: 1, width: 1 };
  if (kind === 'trestles') trestle(mesh, frame, end);
  else if (end) gantry(mesh, frame, 0, 4, portal_m);
  else if (kind === 'pylons') pylon(mesh, p, axis, pylon_m);
  else {
    rod(mesh, lift(p, 0), lift(p, 11), 0.32, concrete);
    rod(mesh, lift(at(frame, 0, -1.5), 9.9), lift(at(frame, 0, 1.5), 9.9), 0.18, steel);
  }
}

function trestle(mesh: Mesh, frame: Frame, end: boolean): void {
  for (const v of [-1.3, 1.3]) rod(mesh, lift(at(frame, 0, v), 0), lift(at(frame, 0, v), 5.6), 0.32, steel);
  for (const z of [3.4, 5.5]) rod(mesh, lift(at(frame, 0, -1.6), z), lift(at(frame, 0, 1.6), z), 0.26, steel);
  // At its ends the pipe comes down.
  if (end) for (const v of pipeAt) rod(mesh, lift(at(frame, 0, v), 0), lift(at(frame, 0, v), 6), pipe_m, silver);
}

const pipe_m = 0.62;
const pipeAt = [-0.75, 0.75] as const;

function pipes(mesh: Mesh, a: Support, b: Support, [za, zb]: Vec, height: number): void {
  const point = (s: Support, v: number, z: number): Vertex => lift(at({ centre: s.at, axis: s.axis, length: 1, width: 1 }, 0, v), z);
  for (const v of pipeAt) rod(mesh, point(a, v, za + height - pipe_m / 2), point(b, v, zb + height - pipe_m / 2), pipe_m, silver);
  for (const v of [-1.3, 1.3]) rod(mesh, point(a, v, za + 5.4), point(b, v, zb + 5.4), 0.2, steel);
}

/** Wires of one span: each hangs from the same place at both supports; where one end is a portal, from the nearest there. */
function strung(wires: number[], a: Support, b: Support, [za, zb]: Vec, { kind, sag }: Carriage): void {
  if (kind === 'trestles') return;
  const [from, to] = [hangs[a.end ? 'portal' : kind], hangs[b.end ? 'portal' : kind]];
  const n = Math.max(from.length, to.length);
  const span = Math.hypot(b.at[0] - a.at[0], b.at[1] - a.at[1]);
  for (let k = 0; k < n; k++) {
    const p = hang(a, from[Math.floor((k * from.length) / n)] as Vec, za);
    const q = hang(b, to[Math.floor((k * to.length) / n)] as Vec, zb);
    const steps = Math.max(4, Math.min(14, Math.round(span / 9)));
    let before = p;
    for (let i = 1; i <= steps; i++) {
      const f = i / steps;
      const here: Vertex = [p[0] + (q[0] - p[0]) * f, p[1] + (q[1] - p[1]) * f, p[2] + (q[2] - p[2]) * f + sagAt(f, span, sag)];
      wires.push(before[0], before[2], -before[1], here[0], here[2], -here[1]);
      before = here;
    }
  }
}

function hang(s: Support, [v, z]: Vec, level: number): Vertex {
  return lift(at({ centre: s.at, axis: s.axis, length: 1, width: 1 }, 0, v), level + z);
}

/** The course of the flow on an overhead line: along the lowest wire, or on the pipes; [point, metres above the ground]. */
export function aloft(course: readonly Vec[], carriage: Carriage): { at: Vec; above: number }[] {
  const supports = supportsOf(course, carriage.spacing);
  const steps = carriage.sag > 0 ? 8 : 1;
  const heightOf = (s: Support) => (s.end && carriage.kind !== 'trestles' ? portal_m : carriage.height);
  return supports.flatMap((b, i) => {
    const a = supports[i - 1];
    if (!a) return [{ at: b.at, above: heightOf(b) }];
    const span = Math.hypot(b.at[0] - a.at[0], b.at[1] - a.at[1]);
    return Array.from({ length: steps }, (_, k) => {
      const f = (k + 1) / steps;
      return {
        at: [a.at[0] + (b.at[0] - a.at[0]) * f, a.at[1] + (b.at[1] - a.at[1]) * f] as Vec,
        above: heightOf(a) + (heightOf(b) - heightOf(a)) * f + sagAt(f, span, carriage.sag),
      };
    });
  });
}
