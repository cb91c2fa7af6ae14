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

/** Crown outline from below: [height, radius] as fractions of the height. */
const crowns: Record<Habit, { profile: [number, number][]; trunk: number; lumps: number; tint: number }> = {
  broad: {
    profile: [
      [0.24, 0.08],
      [0.34, 0.27],
      [0.52, 0.36],
      [0.72, 0.33],
      [0.9, 0.18],
      [1, 0.02],
    ],
    trunk: 0.3,
    lumps: 0.24,
    tint: 0x7f9467,
  },
  oval: {
    profile: [
      [0.22, 0.06],
      [0.36, 0.2],
      [0.56, 0.26],
      [0.78, 0.2],
      [1, 0.02],
    ],
    trunk: 0.28,
    lumps: 0.16,
    tint: 0x93a26c,
  },
  column: {
    profile: [
      [0.1, 0.05],
      [0.22, 0.14],
      [0.45, 0.155],
      [0.7, 0.11],
      [0.9, 0.05],
      [1, 0.008],
    ],
    trunk: 0.16,
    lumps: 0.1,
    tint: 0x748c63,
  },
  cone: {
    profile: [
      [0.14, 0.06],
      [0.17, 0.25],
      [0.38, 0.16],
      [0.41, 0.21],
      [0.62, 0.1],
      [0.64, 0.14],
      [1, 0.005],
    ],
    trunk: 0.18,
    lumps: 0.08,
    tint: 0x66805f,
  },
  weeping: {
    profile: [
      [0.12, 0.27],
      [0.3, 0.36],
      [0.55, 0.38],
      [0.78, 0.3],
      [0.93, 0.15],
      [1, 0.02],
    ],
    trunk: 0.4,
    lumps: 0.3,
    tint: 0x9cab72,
  },
};

export const tintOf = (habit: Habit) => crowns[habit].tint;

/** A form of unit height: a five-sided trunk and a crown of seven sides with lumps, smooth. */
export function formOf(habit: Habit): TreeForm {
  const { profile, trunk, lumps } = crowns[habit];
  const position: number[] = [];
  const normal: number[] = [];
  const color: number[] = [];
  const index: number[] = [];
  const push = (x: number, y: number, z: number, n: [number, number, number], c: [number, number, number]) => {
    position.push(x, y, z);
    const l = Math.hypot(...n) || 1;
    normal.push(n[0] / l, n[1] / l, n[2] / l);
    color.push(...c);
    return position.length / 3 - 1;
  };
  const bark: [number, number, number] = [0.62, 0.5, 0.42];
  const legs = 5;
  const foot = [...Array(legs).keys()].map((i) => (i / legs) * 2 * Math.PI);
  const rows = [0, trunk].map((y, k) =>
    foot.map((t) => push(Math.cos(t) * (k ? 0.014 : 0.024), y, Math.sin(t) * (k ? 0.014 : 0.024), [Math.cos(t), 0, Math.sin(t)], bark)),
  );
  joined(rows, legs, index);

  const sides = 7;
  const crown = profile.map(([y, r], k) => {
    const shadeAt = 0.62 + 0.38 * Math.min(1, Math.max(0, (y - 0.15) / 0.6));
    return [...Array(sides).keys()].map((i) => {
      const t = (i / sides) * 2 * Math.PI + (k % 2) * (Math.PI / sides);
      const bump = 1 + lumps * (chance(habit, i * 13 + k * 7) - 0.5) * 2;
      const up = k === 0 ? -0.5 : k === profile.length - 1 ? 2 : (y - 0.45) * 1.6;
      const drop = (chance(habit, i * 5 + k * 3) - 0.5) * lumps * 0.25;
      return push(
        Math.cos(t) * r * bump,
        y + drop * (k > 0 && k < profile.length - 1 ? 1 : 0),
        Math.sin(t) * r * bump,
        [Math.cos(t), up, Math.sin(t)],
        [shadeAt * (0.94 + 0.12 * chance(habit, i + k)), shadeAt, shadeAt * 0.95],
      );
    });
  });
  joined(crown, sides, index);
  // The underside, dark.
  const first = crown[0] as number[];
  const middle = push(0, profile[0]?.[0] ?? 0, 0, [0, -1, 0], [0.5, 0.5, 0.48]);
  for (let i = 0; i < sides; i++) index.push(middle, first[i] as number, first[(i + 1) % sides] as number);
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
