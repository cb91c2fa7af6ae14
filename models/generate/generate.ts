/**
 * A plausible park of any size from a seed: districts of blocks along streets, each with its substation and energy centre, feeders
 * and pipes along lanes and streets, buildings by the sort of their quarter, photovoltaics, chargers, tanks, trees, water. The same
 * seed and number give the same files to the last byte.
 */
import { hash, seedOf } from '../simulate/noise.ts';
import { addCooling, dressBlock, fillGreen, fillPlots, fillSolar, half, type Stations, vacant } from './block.ts';
import type { Quarter } from './block-uses.ts';
import { createDice } from './dice.ts';
import { createDraft, type Draft, room } from './draft.ts';
import { addToChain, type Chains, closeRings } from './feeders.ts';
import { sizePlants } from './sizes.ts';
import { districtBlocks, laneWidth, pitch, type StreetBlock, streetBlocksOf, toGlobe, type Uv } from './street-grid.ts';
import { layStreets } from './streets.ts';
import { addUtility, streetEastOf, type Utility } from './utility.ts';
import { writeGeoJson, writeYaml } from './write.ts';

export const fewestAssets = 10;
/** The most assets that stay within a park folder's limits of features and vertices (models/park/geojson-file.ts). */
export const mostAssets = 30_000;

export interface Wish {
  assets: number;
  seed: number;
  /** Called with the number of assets so far. */
  progress?: (done: number) => void;
}

/** File name → text. Throws RangeError when that number of assets is not possible. */
export function generatePark({ assets, seed, progress }: Wish): Map<string, string> {
  if (!Number.isInteger(assets) || assets < fewestAssets || assets > mostAssets)
    throw new RangeError(
      `a park of ${assets} assets cannot be generated: from ${fewestAssets} to ${mostAssets.toLocaleString('en')}, whole`,
    );
  const dice = createDice(seedOf(seed, 'generate'));
  const turn_deg = Math.round(dice.between(-14, 14));
  const place = { lon: 120.9, lat: 31.6 };
  const globe = toGlobe(place, turn_deg);
  const draft = createDraft(assets, dice, turn_deg);
  const built: StreetBlock[] = [];
  for (let district = 0; room(draft) > 0; district++) built.push(...fillDistrict(draft, district, globe, progress));
  layStreets(draft, built);
  const peaks = sizePlants(draft);
  const title = { id: `generated-${assets}`, place, seed };
  return new Map([
    ['park.yaml', writeYaml(draft, peaks, title)],
    ['park.geojson', writeGeoJson(draft, peaks, globe)],
  ]);
}

/** The fewest assets of a block: a station, and something that uses it. */
const fewestForBlock = 2;

function fillDistrict(
  draft: Draft,
  district: number,
  globe: (at: Uv) => [number, number],
  progress?: (done: number) => void,
): StreetBlock[] {
  const blocks = streetBlocksOf(district);
  const chains: Chains = new Map();
  const built: StreetBlock[] = [];
  let utility: Utility | null = null;
  for (const [i, block] of blocks.entries()) {
    if (room(draft) === 0) break;
    // A new district needs a substation, a ring main unit and a user; if fewer assets are left, they become vacant plots.
    if (room(draft) < (i === 0 ? 4 : fewestForBlock)) {
      vacant(draft, [block.centre[0] - half.u, block.centre[1] + laneWidth, block.centre[0] - half.u + 50, block.centre[1] + half.v]);
      if (room(draft) > 0)
        vacant(draft, [block.centre[0] + 10, block.centre[1] + laneWidth, block.centre[0] + 60, block.centre[1] + half.v]);
      if (room(draft) > 0)
        vacant(draft, [block.centre[0] + 10, block.centre[1] - half.v, block.centre[0] + 60, block.centre[1] - laneWidth]);
      dressBlock(draft, block, 'works');
      built.push(block);
      break;
    }
    utility ??= addUtility(draft, block, globe);
    const { gasStation, heatHub } = utility;
    const electricity = addToChain(draft, chains, 'electricity', block, utility);
    const home = utility;
    let heatId: string | null = null;
    const heat = () => {
      if (heatId === null && heatHub !== null && room(draft) >= fewestForBlock) heatId = addToChain(draft, chains, 'heat', block, home);
      return heatId;
    };
    const stations: Stations = {
      electricity,
      heat,
      cooling: null,
      gas: gasStation && { from: gasStation.id, course: gasCourse(gasStation.centre, block) },
    };
    const quarter = i === 0 ? 'works' : quarterOf(draft, block);
    if (i === 0) {
      draft.unmetered.push({
        asset: electricity,
        carrier: 'electricity',
        name: { en: `Street lighting and small users, district ${district + 1}`, zh: `第${district + 1}片区路灯与零星用户` },
      });
      if (heatHub !== null) {
        const name = { en: `Small heat users and losses, district ${district + 1}`, zh: `第${district + 1}片区零星用热与热损` };
        draft.unmetered.push({ asset: heatHub.id, carrier: 'heat', name });
      }
    }
    if (quarter === 'solar') fillSolar(draft, block, stations);
    else if (quarter === 'green') fillGreen(draft, block, stations);
    else {
      if (quarter === 'offices' && room(draft) > 24) stations.cooling = addCooling(draft, block, stations);
      // The southern row of the utility block is for the plants, the northern row of a cooled block for the chillers.
      fillPlots(draft, block, quarter, stations, i === 0 ? [1] : stations.cooling === null ? [1, -1] : [-1]);
    }
    dressBlock(draft, block, i === 0 ? 'utility' : quarter);
    built.push(block);
    progress?.(draft.assets.length);
  }
  closeRings(draft, chains);
  return built;
}

/** Course of a gas pipe from the pressure station along the lane, and along the street if the block lies in another row. */
function gasCourse(from: Uv, block: StreetBlock): Uv[] {
  const own = from[1] + laneWidth / 2 + 4 - 2.6;
  const v = block.centre[1] - 2.2;
  if (Math.abs(own - v) < 20) return [from, [from[0], v]];
  const u = streetEastOf(from[0]) + 5.5;
  return [from, [from[0], own], [u, own], [u, v]];
}

/** Offices in the middle of large parks, homes around them, works and logistics outside; fields and greens here and there. */
function quarterOf(draft: Draft, block: StreetBlock): Quarter {
  // Half the width of a square park with the wanted number of assets, about eleven per block.
  const reach = Math.sqrt((draft.wanted / 11) * pitch.u * pitch.v) / 2;
  const far = Math.hypot(block.centre[0] - (districtBlocks.u / 2) * pitch.u, block.centre[1] - (districtBlocks.v / 2) * pitch.v) / reach;
  const seed = seedOf(draft.wanted, `${block.column}/${block.row}`);
  const luck = hash(seed, 1);
  if (far > 0.45 && luck < 0.035) return 'solar';
  if (luck > 0.965) return 'green';
  if (luck > 0.945) return 'data';
  const near = far + 0.5 * (hash(seed, 2) - 0.5);
  if (near < 0.32) return 'offices';
  if (near < 0.55) return hash(seed, 3) < 0.72 ? 'homes' : 'works';
  return hash(seed, 4) < 0.74 ? 'works' : 'logistics';
}
