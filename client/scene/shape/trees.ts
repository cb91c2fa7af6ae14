/** Trees: where they stand, and one low form for each habit. */
import type { ParkView } from '../../../models/park/document.ts';
import { chance, type Vec } from './ring.ts';

export const habits = ['broad', 'oval', 'column', 'cone', 'weeping'] as const;
export type Habit = (typeof habits)[number];

export interface Tree {
  at: Vec;
  height: number;
  habit: Habit;
  /** 0…1, turns and tints it. */
  variety: number;
}

const byName: [RegExp, Habit][] = [
  [/pine|fir|spruce|cedar|conifer/i, 'cone'],
  [/metasequoia|cypress|poplar|column|juniper|palm/i, 'column'],
  [/willow|weep/i, 'weeping'],
  [/ginkgo|maple|birch|linden|oval|eucalypt/i, 'oval'],
];

export function treesOf(park: ParkView, project: (lon: number, lat: number) => Vec): Tree[] {
  const trees: Tree[] = [];
  for (const c of park.context) {
    if (c.kind !== 'tree') continue;
    const { geometry } = c;
    const points = geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'MultiPoint' ? geometry.coordinates : [];
    for (const [i, p] of points.entries()) {
      const variety = chance(c.id, i);
      const given = c.properties['height_m'];
      const species = String(c.properties['species'] ?? '');
      const habit = byName.find(([name]) => name.test(species))?.[1] ?? (species === '' ? mixed(variety) : 'broad');
      const height = typeof given === 'number' && given > 0 ? Math.min(given, 60) : 8 + 4 * variety;
      trees.push({ at: project(p[0] as number, p[1] as number), height, habit, variety: chance(c.id, i + 77) });
    }
  }
  return trees;
}

/** Where the species is unknown: a mixed stand. */
function mixed(x: number): Habit {
  if (x < 0.5) return 'broad';
  if (x < 0.72) return 'oval';
  return x < 0.86 ? 'column' : 'cone';
}

export interface TreeForm {
  position: Float32Array;
  normal: Float32Array;
  /** Multiplied with the tint of the tree: darker inside and below. */
  color: Float32Array;
  index: Uint16Array;
}

/**
 * Crowns. `shell` is one surface of revolution with lumps, [height, radius] from below as fractions of the height: all there is
 * on the light tier, and what conifers are. `puffs` are round masses of leaves, [x, y, z, radius, flatness].
 */
interface Crown {
  shell: [number, number][];
  puffs: [number, number, number, number, number][];
  trunk: number;
  lumps: number;
  tint: number;
}

const crowns: Record<Habit, Crown> = {
  broad: {
    shell: [
      [0.22, 0.08],
      [0.34, 0.29],
      [0.55, 0.37],
      [0.78, 0.29],
      [1, 0.03],
    ],
    puffs: [
      [0, 0.66, 0, 0.3, 0.9],
      [0.2, 0.5, 0.08, 0.2, 0.85],
      [-0.16, 0.52, 0.15, 0.21, 0.85],
      [-0.04, 0.48, -0.2, 0.2, 0.85],
      [0.05, 0.84, -0.03, 0.17, 0.9],
    ],
    trunk: 0.42,
    lumps: 0.2,
    tint: 0x8a9d70,
  },
  oval: {
    shell: [
      [0.2, 0.06],
      [0.36, 0.21],
      [0.6, 0.25],
      [0.82, 0.17],
      [1, 0.02],
    ],
    puffs: [
      [0, 0.52, 0, 0.22, 1.25],
      [0.06, 0.76, 0.03, 0.16, 1.3],
      [-0.09, 0.42, 0.07, 0.15, 1],
      [0.09, 0.4, -0.07, 0.15, 1],
    ],
    trunk: 0.3,
    lumps: 0.14,
    tint: 0xa3ad74,
  },
  column: {
    shell: [
      [0.08, 0.05],
      [0.2, 0.15],
      [0.42, 0.16],
      [0.68, 0.115],
      [0.88, 0.055],
      [1, 0.006],
    ],
    puffs: [],
    trunk: 0.14,
    lumps: 0.1,
    tint: 0x839a70,
  },
  cone: {
    shell: [
      [0.12, 0.05],
      [0.15, 0.25],
      [0.36, 0.15],
      [0.39, 0.205],
      [0.6, 0.1],
      [0.63, 0.145],
      [1, 0.004],
    ],
    puffs: [],
    trunk: 0.16,
    lumps: 0.07,
    tint: 0x768f6d,
  },
  weeping: {
    shell: [
      [0.12, 0.27],
      [0.3, 0.36],
      [0.58, 0.38],
      [0.82, 0.27],
      [1, 0.03],
    ],
    puffs: [
      [0, 0.68, 0, 0.3, 0.85],
      [0.22, 0.44, 0.05, 0.17, 1.7],
      [-0.18, 0.44, 0.15, 0.17, 1.7],
      [-0.1, 0.42, -0.21, 0.17, 1.6],
      [0.1, 0.45, 0.2, 0.15, 1.6],
    ],
    trunk: 0.45,
    lumps: 0.24,
    tint: 0xaab680,
  },
};

export const tintOf = (habit: Habit) => crowns[habit].tint;

type Tone = [number, number, number];

/** A form of unit height: a five-sided trunk, and a crown of puffs or one shell. */
export function formOf(habit: Habit, simple: boolean): TreeForm {
  const { shell, puffs, trunk, lumps } = crowns[habit];
  const position: number[] = [];
  const normal: number[] = [];
  const color: number[] = [];
  const index: number[] = [];
  const push = (x: number, y: number, z: number, n: Tone, c: Tone) => {
    position.push(x, y, z);
    const l = Math.hypot(...n) || 1;
    normal.push(n[0] / l, n[1] / l, n[2] / l);
    color.push(...c);
    return position.length / 3 - 1;
  };
  const round = (sides: number, turn: number) => [...Array(sides).keys()].map((i) => (i / sides) * 2 * Math.PI + turn);
  const bark: Tone = [0.66, 0.55, 0.47];
  const rows = [0, trunk].map((y, k) =>
    round(5, 0).map((t) =>
      push(Math.cos(t) * (k ? 0.013 : 0.022), y, Math.sin(t) * (k ? 0.013 : 0.022), [Math.cos(t), 0, Math.sin(t)], bark),
    ),
  );
  joined(rows, 5, index);

  // Darker below and inside, as leaves shade each other.
  const toneAt = (y: number, k: number): Tone => {
    const s = (0.6 + 0.42 * Math.min(1, Math.max(0, (y - 0.18) / 0.6))) * (0.95 + 0.1 * chance(habit, k));
    return [s, s, s * 0.94];
  };
  if (simple || puffs.length === 0) {
    const sides = simple ? 6 : 8;
    const crown = shell.map(([y, r], k) =>
      round(sides, (k % 2) * (Math.PI / sides)).map((t, i) => {
        const bump = 1 + lumps * (chance(habit, i * 13 + k * 7) - 0.5) * 2;
        const up = k === 0 ? -0.5 : k === shell.length - 1 ? 2 : (y - 0.45) * 1.6;
        return push(Math.cos(t) * r * bump, y, Math.sin(t) * r * bump, [Math.cos(t), up, Math.sin(t)], toneAt(y, i + k));
      }),
    );
    joined(crown, sides, index);
    const first = crown[0] as number[];
    const middle = push(0, shell[0]?.[0] ?? 0, 0, [0, -1, 0], [0.5, 0.5, 0.47]);
    for (let i = 0; i < sides; i++) index.push(middle, first[i] as number, first[(i + 1) % sides] as number);
  } else {
    for (const [k, [x, y, z, r, flat]] of puffs.entries()) {
      const sides = 7;
      const rings = [-0.92, -0.38, 0.28, 0.8].map((h, row) =>
        round(sides, row * 0.45 + k).map((t, i) => {
          const w = Math.sqrt(1 - h * h) * (1 + 0.2 * (chance(habit, k * 57 + row * 11 + i) - 0.5));
          const n: Tone = [Math.cos(t) * w, h / flat, Math.sin(t) * w];
          return push(x + Math.cos(t) * w * r, y + h * r * flat, z + Math.sin(t) * w * r, n, toneAt(y + h * r * flat, i + k));
        }),
      );
      joined(rings, sides, index);
      const top = push(x, y + r * flat, z, [0, 1, 0], toneAt(y + r, k));
      const last = rings.at(-1) as number[];
      for (let i = 0; i < sides; i++) index.push(last[i] as number, top, last[(i + 1) % sides] as number);
    }
  }
  return {
    position: Float32Array.from(position),
    normal: Float32Array.from(normal),
    color: Float32Array.from(color),
    index: Uint16Array.from(index),
  };
}

function joined(rows: number[][], sides: number, index: number[]): void {
  for (let k = 0; k + 1 < rows.length; k++) {
    for (let i = 0; i < sides; i++) {
      const [a, b] = [rows[k]?.[i], rows[k]?.[(i + 1) % sides]] as [number, number];
      const [d, c] = [rows[k + 1]?.[i], rows[k + 1]?.[(i + 1) % sides]] as [number, number];
      index.push(a, d, b, b, d, c);
    }
  }
}
