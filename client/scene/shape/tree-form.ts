/**
 * The form of each habit, one metre high: a trunk, and a crown that is one closed surface over several round masses of
 * leaves, so that no triangle hides inside another. Darker in the hollows, below and inside.
 */
import { chance } from './ring.ts';
import type { Habit } from './trees.ts';

export interface TreeForm {
  position: Float32Array;
  normal: Float32Array;
  /** Multiplied with the tint of the tree. */
  color: Float32Array;
  index: Uint16Array;
}

type Tone = readonly [number, number, number];
/** A mass of leaves: x, y (up), z, radius, and how much higher than wide. */
type Lobe = readonly [number, number, number, number, number];

interface Crown {
  lobes: readonly Lobe[];
  /** Conifers and columns: [height, radius] from below, turned. Empty where there are lobes. */
  shell: readonly (readonly [number, number])[];
  trunk: number;
  tint: number;
}

const crowns: Record<Habit, Crown> = {
  broad: {
    lobes: [
      [0, 0.64, 0, 0.27, 1],
      [0.2, 0.52, 0.06, 0.2, 0.85],
      [-0.15, 0.5, 0.17, 0.2, 0.85],
      [-0.1, 0.56, -0.2, 0.19, 0.9],
      [0.06, 0.82, -0.05, 0.18, 0.95],
      [0.12, 0.46, -0.17, 0.15, 0.9],
    ],
    shell: [],
    trunk: 0.42,
    tint: 0x93a479,
  },
  oval: {
    lobes: [
      [0, 0.5, 0, 0.21, 1.35],
      [0.06, 0.78, 0.02, 0.14, 1.5],
      [-0.1, 0.44, 0.08, 0.14, 1.1],
      [0.1, 0.4, -0.07, 0.14, 1.1],
      [-0.05, 0.64, -0.08, 0.13, 1.2],
    ],
    shell: [],
    trunk: 0.3,
    tint: 0xacb57f,
  },
  column: {
    lobes: [],
    shell: [
      [0.06, 0.04],
      [0.16, 0.14],
      [0.34, 0.165],
      [0.52, 0.135],
      [0.6, 0.145],
      [0.78, 0.085],
      [0.92, 0.04],
      [1, 0.004],
    ],
    trunk: 0.14,
    tint: 0x8da27a,
  },
  cone: {
    lobes: [],
    shell: [
      [0.13, 0.05],
      [0.16, 0.26],
      [0.37, 0.13],
      [0.4, 0.2],
      [0.58, 0.095],
      [0.61, 0.145],
      [0.78, 0.05],
      [0.8, 0.085],
      [1, 0.003],
    ],
    trunk: 0.16,
    tint: 0x80967a,
  },
  weeping: {
    lobes: [
      [0, 0.7, 0, 0.28, 0.9],
      [0.22, 0.46, 0.06, 0.16, 1.9],
      [-0.17, 0.46, 0.16, 0.16, 1.9],
      [-0.12, 0.44, -0.2, 0.16, 1.9],
      [0.1, 0.48, 0.21, 0.15, 1.8],
      [0.12, 0.45, -0.19, 0.14, 1.8],
    ],
    shell: [],
    trunk: 0.45,
    tint: 0xb4bd8c,
  },
  palm: { lobes: [], shell: [], trunk: 0.9, tint: 0xa2ac7c },
  shrub: {
    lobes: [
      [0, 0.42, 0, 0.44, 1],
      [0.36, 0.34, 0.1, 0.34, 0.95],
      [-0.3, 0.36, 0.24, 0.34, 1],
      [-0.12, 0.34, -0.36, 0.34, 0.95],
      [0.08, 0.66, 0, 0.32, 1],
    ],
    shell: [],
    trunk: 0,
    tint: 0xa0ad82,
  },
};

export const tintOf = (habit: Habit) => crowns[habit].tint;

interface Growing {
  position: number[];
  normal: number[];
  color: number[];
  index: number[];
}

function push(g: Growing, p: Tone, n: Tone, c: Tone): number {
  const l = Math.hypot(...n) || 1;
  g.position.push(...p);
  g.normal.push(n[0] / l, n[1] / l, n[2] / l);
  g.color.push(...c);
  return g.position.length / 3 - 1;
}

export function treeFormOf(habit: Habit, simple: boolean): TreeForm {
  const { lobes, shell, trunk } = crowns[habit];
  const g: Growing = { position: [], normal: [], color: [], index: [] };
  if (trunk > 0) bole(g, trunk, habit === 'palm');
  if (lobes.length > 0) crown(g, habit, lobes, simple ? 6 : 12, simple ? 4 : 7);
  else if (shell.length > 0) turned(g, habit, shell, simple ? 6 : 9);
  else fronds(g, trunk, simple ? 7 : 11);
  return {
    position: Float32Array.from(g.position),
    normal: Float32Array.from(g.normal),
    color: Float32Array.from(g.color),
    index: Uint16Array.from(g.index),
  };
}

const bark: Tone = [0.66, 0.57, 0.5];

function bole(g: Growing, height: number, slender: boolean): void {
  const lean = slender ? 0.05 : 0;
  const rows = [0, height].map((y, k) =>
    circle(4, 0).map((t) => {
      const r = slender ? (k ? 0.016 : 0.028) : k ? 0.013 : 0.024;
      return push(g, [Math.cos(t) * r + lean * k, y, Math.sin(t) * r], [Math.cos(t), 0, Math.sin(t)], bark);
    }),
  );
  joined(g, rows, 4);
}

/** Where a ray from `c` leaves the last of the lobes; 0 when it meets none. */
function reach(lobes: readonly Lobe[], c: Tone, d: Tone): number {
  let far = 0;
  for (const [x, y, z, r, tall] of lobes) {
    // Lobes are spheres once heights are divided by `tall`.
    const o = [c[0] - x, (c[1] - y) / tall, c[2] - z] as const;
    const e = [d[0], d[1] / tall, d[2]] as const;
    const a = e[0] * e[0] + e[1] * e[1] + e[2] * e[2];
    const b = o[0] * e[0] + o[1] * e[1] + o[2] * e[2];
    const q = b * b - a * (o[0] * o[0] + o[1] * o[1] + o[2] * o[2] - r * r);
    if (q >= 0) far = Math.max(far, (-b + Math.sqrt(q)) / a);
  }
  return far;
}

function crown(g: Growing, habit: Habit, lobes: readonly Lobe[], sides: number, rows: number): void {
  const low = Math.max(0, Math.min(...lobes.map(([, y, , r, tall]) => y - r * tall)));
  const high = Math.max(...lobes.map(([, y, , r, tall]) => y + r * tall));
  const c: Tone = [0, (low + high) / 2, 0];
  const half = (high - low) / 2;
  const at = (t: number, h: number): Tone => {
    const w = Math.sqrt(Math.max(0, 1 - h * h));
    const d: Tone = [Math.cos(t) * w, h, Math.sin(t) * w];
    const r = Math.max(reach(lobes, c, d), 0.05);
    return [c[0] + d[0] * r, Math.max(0.02, c[1] + d[1] * r), c[2] + d[2] * r];
  };
  const ring = Array.from({ length: rows }, (_, k) => {
    const h = -0.92 + (1.78 * (k + 0.4)) / rows;
    return circle(sides, (k % 2) * (Math.PI / sides)).map((t, i) => {
      const bump = 0.93 + 0.14 * chance(habit, i * 13 + k * 7);
      const p = at(t, h);
      const q: Tone = [p[0] * bump, c[1] + (p[1] - c[1]) * bump, p[2] * bump];
      // The normal of the surface, from points close by, mixed with that of a round crown.
      const e = 0.12;
      const [a, b, u, v] = [at(t - e, h), at(t + e, h), at(t, Math.max(-1, h - e)), at(t, Math.min(1, h + e))];
      const along: Tone = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
      const up: Tone = [v[0] - u[0], v[1] - u[1], v[2] - u[2]];
      const n: Tone = [up[1] * along[2] - up[2] * along[1], up[2] * along[0] - up[0] * along[2], up[0] * along[1] - up[1] * along[0]];
      const l = Math.hypot(...n) || 1;
      const out = Math.hypot(p[0], p[1] - c[1], p[2]) || 1;
      const round: Tone = [p[0] / out, (p[1] - c[1]) / out + 0.25, p[2] / out];
      // Hollow where its neighbours stand further out.
      const around = (Math.hypot(a[0], a[2]) + Math.hypot(b[0], b[2])) / 2 - Math.hypot(p[0], p[2]);
      const hollow = Math.max(0, Math.min(1, around / 0.04));
      const light = (0.6 + 0.42 * smooth(-0.8, 0.7, (p[1] - c[1]) / half)) * (1 - 0.34 * hollow) * (0.95 + 0.1 * chance(habit, i + 31 * k));
      const mixed = (m: number) => (n[m] as number) / l + 0.5 * (round[m] as number);
      return push(g, q, [mixed(0), mixed(1), mixed(2)], [light, light, light * 0.94]);
    });
  });
  const bottom = push(g, at(0, -1), [0, -1, 0], [0.5, 0.5, 0.47]);
  const top = push(g, at(0, 1), [0, 1, 0], [1.02, 1.02, 0.96]);
  joined(g, ring, sides);
  const first = ring[0] as number[];
  const last = ring.at(-1) as number[];
  for (let i = 0; i < sides; i++) {
    const j = (i + 1) % sides;
    g.index.push(bottom, first[i] as number, first[j] as number, last[i] as number, top, last[j] as number);
  }
}

function turned(g: Growing, habit: Habit, shell: Crown['shell'], sides: number): void {
  const rows = shell.map(([y, r], k) =>
    circle(sides, (k % 2) * (Math.PI / sides)).map((t, i) => {
      const bump = 1 + 0.22 * (chance(habit, i * 13 + k * 7) - 0.5);
      const droop = r > 0.12 ? 0.03 * (chance(habit, i * 5 + k) - 0.5) : 0;
      // The undersides of a conifer's branches are dark.
      const skirt = (shell[k + 1]?.[1] ?? 0) > r && k > 0;
      const s = (skirt ? 0.52 : 0.68) + 0.34 * smooth(0, 0.8, y) * (skirt ? 0.5 : 1);
      const up = k === 0 ? -0.5 : k === shell.length - 1 ? 2 : 0.35;
      return push(g, [Math.cos(t) * r * bump, y + droop, Math.sin(t) * r * bump], [Math.cos(t), up, Math.sin(t)], [s, s, s * 0.95]);
    }),
  );
  joined(g, rows, sides);
  const first = rows[0] as number[];
  const middle = push(g, [0, shell[0]?.[0] ?? 0, 0], [0, -1, 0], [0.5, 0.5, 0.47]);
  for (let i = 0; i < sides; i++) g.index.push(middle, first[i] as number, first[(i + 1) % sides] as number);
}

/** Leaves of a palm: each a ridge that rises and then hangs, seen from above and from below. */
function fronds(g: Growing, crownAt: number, count: number): void {
  const lean = 0.05;
  for (let k = 0; k < count; k++) {
    const t = (k / count) * 2 * Math.PI + chance('palm', k);
    const lift = 0.02 + 0.1 * chance('palm', k + 40);
    const [c, s] = [Math.cos(t), Math.sin(t)];
    const at = (r: number, y: number, w: number): Tone => [lean + c * r - s * w, crownAt + y, s * r + c * w];
    const spine = [at(0, 0, 0), at(0.15, lift + 0.03, 0), at(0.3, lift - 0.11, 0)].map((p) =>
      push(g, p, [c * 0.3, 1, s * 0.3], [1, 1, 0.9]),
    );
    for (const side of [-1, 1]) {
      const edge = [at(0.13, lift - 0.03, side * 0.055), at(0.27, lift - 0.14, side * 0.03)].map((p) =>
        push(g, p, [c * 0.3 - s * side * 0.4, 0.8, s * 0.3 + c * side * 0.4], [0.8, 0.8, 0.72]),
      );
      const [a, b, d] = spine as [number, number, number];
      const [e, f] = edge as [number, number];
      for (const [x, y, z] of [
        [a, e, b],
        [b, e, f],
        [b, f, d],
      ] as const)
        g.index.push(x, y, z, x, z, y);
    }
  }
}

const circle = (sides: number, turn: number) => Array.from({ length: sides }, (_, i) => (i / sides) * 2 * Math.PI + turn);

function smooth(a: number, b: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - a) / (b - a)));
  return t * t * (3 - 2 * t);
}

function joined(g: Growing, rows: number[][], sides: number): void {
  for (let k = 0; k + 1 < rows.length; k++) {
    for (let i = 0; i < sides; i++) {
      const [a, b] = [rows[k]?.[i], rows[k]?.[(i + 1) % sides]] as [number, number];
      const [d, c] = [rows[k + 1]?.[i], rows[k + 1]?.[(i + 1) % sides]] as [number, number];
      g.index.push(a, d, b, b, d, c);
    }
  }
}
