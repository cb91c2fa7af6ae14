/** Trees: where they stand, of what habit and how high. Their forms: tree-form.ts. */
import type { ParkView } from '../../../models/api/park-view.ts';
import { chance, type Vec } from './ring.ts';

export const habits = ['broad', 'oval', 'column', 'cone', 'weeping', 'palm', 'shrub'] as const;
export type Habit = (typeof habits)[number];

export interface Tree {
  at: Vec;
  height: number;
  habit: Habit;
  /** 0…1, sets its rotation and tint. */
  variety: number;
}

const byName: [RegExp, Habit][] = [
  [/palm/i, 'palm'],
  [/shrub|bush|hedge/i, 'shrub'],
  [/pine|fir|spruce|cedar|conifer/i, 'cone'],
  [/metasequoia|cypress|poplar|column|juniper/i, 'column'],
  [/willow|weep/i, 'weeping'],
  [/ginkgo|maple|birch|linden|oval|eucalypt/i, 'oval'],
];

/** Plants lower than this are shrubs, whatever their species. */
const shrub_m = 3;
/** Side of a stand in metres; where the species is unknown, one habit prevails in each stand. */
const stand_m = 55;
/** Palms are assumed only below this latitude, where winters are mild. */
const mildLatitude = 36;

export function treesOf(park: ParkView, project: (lon: number, lat: number) => Vec): Tree[] {
  const trees: Tree[] = [];
  const mild = Math.abs(park.metadata.place.lat) < mildLatitude;
  for (const c of park.context) {
    if (c.kind !== 'tree') continue;
    const { geometry } = c;
    const points = geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'MultiPoint' ? geometry.coordinates : [];
    const given = c.properties['height_m'];
    const species = String(c.properties['species'] ?? '');
    for (const [i, p] of points.entries()) {
      const place = project(p[0] as number, p[1] as number);
      const variety = chance(c.id, i);
      const height =
        typeof given === 'number' && given > 0 ? Math.min(given, 60) * (points.length > 1 ? 0.85 + 0.3 * variety : 1) : 6.5 + 6 * variety;
      const named = byName.find(([name]) => name.test(species))?.[1] ?? 'broad';
      const habit = height < shrub_m ? 'shrub' : species === '' ? mixed(place, variety, mild) : named;
      trees.push({ at: place, height, habit, variety: chance(c.id, i + 77) });
    }
  }
  return trees;
}

/** The habit where the species is unknown: in each stand one habit prevails, as with planted and with wild trees. */
function mixed([x, y]: Vec, variety: number, mild: boolean): Habit {
  const stand = chance(`${Math.floor(x / stand_m)},${Math.floor(y / stand_m)}`, 5);
  const pick = variety < 0.7 ? stand : (variety - 0.7) / 0.3;
  if (mild && pick > 0.88) return 'palm';
  if (pick < 0.42) return 'broad';
  if (pick < 0.66) return 'oval';
  return pick < 0.78 ? 'column' : 'cone';
}
