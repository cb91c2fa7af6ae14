/** Polylines in metres: ribbons of a width, points along them. */
import type { Ring, Vec } from './ring.ts';

export type Line = readonly Vec[];

export function lengthOf(line: Line): number {
  let l = 0;
  for (let i = 1; i < line.length; i++)
    l += Math.hypot((line[i] as Vec)[0] - (line[i - 1] as Vec)[0], (line[i] as Vec)[1] - (line[i - 1] as Vec)[1]);
  return l;
}

/** The pieces of a ribbon of half-width `half`, moved `offset` to the left: a quad for each segment and a disc at each bend. */
export function ribbon(line: Line, half: number, offset = 0, round = true): Ring[] {
  const pieces: Ring[] = [];
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Vec;
    const b = line[i] as Vec;
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (l < 0.01) continue;
    const n: Vec = [-(b[1] - a[1]) / l, (b[0] - a[0]) / l];
    const o = (p: Vec, d: number): Vec => [p[0] + n[0] * d, p[1] + n[1] * d];
    pieces.push([o(a, offset - half), o(b, offset - half), o(b, offset + half), o(a, offset + half)]);
  }
  if (round && offset === 0) for (const p of line) pieces.push(disc(p, half));
  return pieces;
}

export function disc(c: Vec, r: number, sides = 14): Ring {
  return [...Array(sides).keys()].map(
    (i) => [c[0] + r * Math.cos((i / sides) * 2 * Math.PI), c[1] + r * Math.sin((i / sides) * 2 * Math.PI)] as Vec,
  );
}

/** Points every `step` metres, with the direction there. */
export function along(line: Line, step: number, start = step / 2): { at: Vec; axis: Vec; s: number }[] {
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
export function meetings(p: Line, q: Line, tolerance: number): { at: Vec; s: number; t: number }[] {
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
