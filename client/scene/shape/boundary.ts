/** The edge of a park: posts along its boundary, and a gate where a street crosses it. Nothing is measured there. */
import { heightAt, type Relief } from '../../../models/park/relief.ts';
import type { Mesh } from './mesh.ts';
import { type Area, at, distanceToSegment, type Frame, type Vec } from './ring.ts';
import type { Road } from './roads.ts';
import { box, lift, matter, rod } from './solids.ts';

const stone = matter(0xefebe2);
const head = matter(0xb9a58d);
/** Metres between posts. */
const spacing = 24;
/** Maximum number of gates. Streets that run along the boundary do not cross it and get none. */
const gates_max = 40;

export interface Gate {
  at: Vec;
  /** Along the street. */
  axis: Vec;
  width: number;
}

/** Where streets cross the outlines. */
export function gatesOf(border: readonly Area[], roads: readonly Pick<Road, 'line' | 'width' | 'street'>[]): Gate[] {
  const gates: Gate[] = [];
  for (const { line, width, street } of roads) {
    if (!street) continue;
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Vec, line[i] as Vec];
      for (const ring of border.flat()) {
        for (let k = 0; k < ring.length; k++) {
          const p = crossing(a, b, ring[k] as Vec, ring[(k + 1) % ring.length] as Vec);
          // Only one gate where several streets enter side by side.
          if (!p || gates.some((g) => Math.hypot(g.at[0] - p[0], g.at[1] - p[1]) < 30)) continue;
          const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
          gates.push({ at: p, axis: [(b[0] - a[0]) / l, (b[1] - a[1]) / l], width });
        }
      }
    }
  }
  return gates.slice(0, gates_max);
}

/** Where two segments cross; null when they do not, or run along each other. */
function crossing(a: Vec, b: Vec, c: Vec, d: Vec): Vec | null {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const turn = ux * vy - uy * vx;
  if (Math.abs(turn) < 0.3 * Math.hypot(ux, uy) * Math.hypot(vx, vy)) return null;
  const s = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / turn;
  const t = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / turn;
  return s >= 0 && s <= 1 && t >= 0 && t <= 1 ? [a[0] + ux * s, a[1] + uy * s] : null;
}

export function boundary(
  mesh: Mesh,
  border: readonly Area[],
  roads: readonly Pick<Road, 'line' | 'width' | 'street'>[],
  land: Relief | null,
): void {
  for (const ring of border.flat()) {
    for (let k = 0; k < ring.length; k++) {
      const [a, b] = [ring[k] as Vec, ring[(k + 1) % ring.length] as Vec];
      const n = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / spacing));
      for (let i = 0; i < n; i++) {
        const p: Vec = [a[0] + ((b[0] - a[0]) * i) / n, a[1] + ((b[1] - a[1]) * i) / n];
        if (roads.some(({ line, width }) => line.some((q, j) => j > 0 && distanceToSegment(p, line[j - 1] as Vec, q) < width / 2 + 2)))
          continue;
        mesh.level = heightAt(land, p[0], p[1]);
        rod(mesh, lift(p, 0), lift(p, 1.05), 0.34, stone);
        rod(mesh, lift(p, 1.05), lift(p, 1.3), 0.4, head);
      }
    }
  }
  for (const g of gatesOf(border, roads)) {
    mesh.level = heightAt(land, g.at[0], g.at[1]);
    gate(mesh, g);
  }
}

/** Two piers with a beam over the street, barriers, and the porter's lodge on the right. */
function gate(mesh: Mesh, { at: p, axis, width }: Gate): void {
  const frame: Frame = { centre: p, axis, length: 1, width: 1 };
  const half = width / 2 + 1.6;
  for (const s of [-1, 1]) box(mesh, frame, [-0.7, 0.7], [s * half - 0.6, s * half + 0.6], [0, 6.4], stone);
  box(mesh, frame, [-0.9, 0.9], [-half - 1.4, half + 1.4], [6.4, 7.2], stone, matter(0xf5f2ea));
  mesh.face(
    [
      lift(at(frame, -0.9, half + 1.4), 6.4),
      lift(at(frame, 0.9, half + 1.4), 6.4),
      lift(at(frame, 0.9, -half - 1.4), 6.4),
      lift(at(frame, -0.9, -half - 1.4), 6.4),
    ],
    stone,
  );
  for (const s of [-1, 1]) rod(mesh, lift(at(frame, 1.6, s * (half - 1)), 1.05), lift(at(frame, 1.6, s * 0.3), 1.05), 0.14, head);
  box(mesh, frame, [-2.2, 2.2], [-half - 4.6, -half - 1.6], [0, 2.9], matter(0xe7e2d8), matter(0xf2efe8));
}
