/** Polylines in metres: ribbons of a width, points along them. */
import type { Ring, Vec } from './ring.ts';

export type Polyline = readonly Vec[];

export function lengthOf(line: Polyline): number {
  let l = 0;
  for (let i = 1; i < line.length; i++)
    l += Math.hypot((line[i] as Vec)[0] - (line[i - 1] as Vec)[0], (line[i] as Vec)[1] - (line[i - 1] as Vec)[1]);
  return l;
}

/** The pieces of a ribbon of half-width `half`, moved `offset` to the left: a quad for each segment, a wedge at each bend, round ends. */
export function ribbon(line: Polyline, half: number, offset = 0, round = true): Ring[] {
  const pieces: Ring[] = [];
  let before: Vec | null = null;
  let last: Vec | null = null;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Vec;
    const b = line[i] as Vec;
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (l < 0.01) continue;
    const n: Vec = [-(b[1] - a[1]) / l, (b[0] - a[0]) / l];
    const o = (p: Vec, d: number): Vec => [p[0] + n[0] * d, p[1] + n[1] * d];
    pieces.push([o(a, offset - half), o(b, offset - half), o(b, offset + half), o(a, offset + half)]);
    if (round && offset === 0) pieces.push(before ? wedge(a, before, n, half) : fan(a, half, angleOf(n), Math.PI));
    before = n;
    last = b;
  }
  if (round && offset === 0 && before && last) pieces.push(fan(last, half, angleOf(before) - Math.PI, Math.PI));
  return pieces.filter((p) => p.length > 2);
}

const angleOf = (v: Vec) => Math.atan2(v[1], v[0]);

/** The wedge that is missing on the outer side of a bend between two segments with these normals. */
function wedge(p: Vec, n: Vec, m: Vec, half: number): Ring {
  const turn = Math.atan2(n[0] * m[1] - n[1] * m[0], n[0] * m[0] + n[1] * m[1]);
  if (Math.abs(turn) < 0.01) return [];
  // Turning left opens the right side, and the other way round.
  const arc = turn > 0 ? fan(p, half, angleOf(n) + Math.PI, turn) : fan(p, half, angleOf(m), -turn);
  return Math.abs(turn) > Math.PI - 0.01 ? arc : [p, ...arc];
}

/** Points on a circle from an angle on, over a sweep, counter-clockwise. */
function fan(c: Vec, r: number, from: number, sweep: number): Ring {
  const n = Math.max(1, Math.ceil(sweep / 0.45));
  return [...Array(n + 1).keys()].map((i): Vec => {
    const t = from + (sweep * i) / n;
    return [c[0] + r * Math.cos(t), c[1] + r * Math.sin(t)];
  });
}

/** Points every `step` metres, with the direction there. */
export function along(line: Polyline, step: number, start = step / 2): { at: Vec; axis: Vec; s: number }[] {
  const found: { at: Vec; axis: Vec; s: number }[] = [];
  let s = 0;
  let next = start;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Vec;
    const b = line[i] as Vec;
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (l < 1e-6) continue;
    const axis: Vec = [(b[0] - a[0]) / l, (b[1] - a[1]) / l];
    while (next <= s + l) {
      found.push({ at: [a[0] + axis[0] * (next - s), a[1] + axis[1] * (next - s)], axis, s: next });
      next += step;
    }
    s += l;
  }
  return found;
}

/** Where two polylines meet: the point, and its distance along each. */
export function meetings(p: Polyline, q: Polyline, tolerance: number): { at: Vec; s: number; t: number }[] {
  const found: { at: Vec; s: number; t: number }[] = [];
  let s = 0;
  for (let i = 1; i < p.length; i++) {
    const a = p[i - 1] as Vec;
    const b = p[i] as Vec;
    const d: Vec = [b[0] - a[0], b[1] - a[1]];
    const ld = Math.hypot(d[0], d[1]);
    let t = 0;
    for (let k = 1; k < q.length; k++) {
      const c = q[k - 1] as Vec;
      const e: Vec = [(q[k] as Vec)[0] - c[0], (q[k] as Vec)[1] - c[1]];
      const le = Math.hypot(e[0], e[1]);
      const det = d[0] * e[1] - d[1] * e[0];
      if (Math.abs(det) > 0.05 * ld * le) {
        const f = ((c[0] - a[0]) * e[1] - (c[1] - a[1]) * e[0]) / det;
        const g = ((c[0] - a[0]) * d[1] - (c[1] - a[1]) * d[0]) / det;
        const slackF = tolerance / ld;
        const slackG = tolerance / le;
        if (f >= -slackF && f <= 1 + slackF && g >= -slackG && g <= 1 + slackG)
          found.push({ at: [a[0] + d[0] * f, a[1] + d[1] * f], s: s + f * ld, t: t + g * le });
      }
      t += le;
    }
    s += ld;
  }
  return found;
}
