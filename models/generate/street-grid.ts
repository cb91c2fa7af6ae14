/**
 * The places of blocks and streets: a grid of districts, each four blocks by six around a utility block. Metres along the
 * park's own axes, u along the streets' long side and v across; toGlobe turns them against north and gives lon and lat.
 */
import { projector } from '../park/park.ts';

export type Uv = readonly [number, number];

/** Distance between the middles of two streets, metres. */
export const pitch = { u: 200, v: 130 } as const;
export const districtBlocks = { u: 4, v: 6 } as const;
/** Which block of a district holds its substation and plants. */
export const utilityBlock = { u: 1, v: 2 } as const;
/** Metres from the middle of a street to the plots: half an avenue, footway and verge. */
export const margin = 18;
/** Service lane between the two rows of a block, metres. */
export const laneWidth = 6;

export interface StreetBlock {
  district: number;
  /** Column and row in the whole grid; any whole numbers. */
  column: number;
  row: number;
  /** The same within the district. */
  local: { u: number; v: number };
  /** Middle of the block, on its lane. */
  centre: Uv;
}

/** Place of a district, −1, 0, 1 … in both directions: districts are added around the first, so that the park stays compact. */
export function districtAt(index: number): { u: number; v: number } {
  // A square spiral: one step east, one north, two west, two south, three east …
  let [u, v, left, run, turn] = [0, 0, 1, 1, 0];
  const steps = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const;
  for (let i = 0; i < index; i++) {
    const step = steps[turn % 4] as readonly [number, number];
    u += step[0];
    v += step[1];
    if (--left > 0) continue;
    turn++;
    if (turn % 2 === 0) run++;
    left = run;
  }
  return { u, v };
}

/** Blocks of a district in the order in which they are built: the utility block, then outwards along the feeders. */
export function streetBlocksOf(district: number): StreetBlock[] {
  const at = districtAt(district);
  const blocks: StreetBlock[] = [];
  for (let u = 0; u < districtBlocks.u; u++) {
    for (let v = 0; v < districtBlocks.v; v++) {
      const column = at.u * districtBlocks.u + u;
      const row = at.v * districtBlocks.v + v;
      blocks.push({ district, column, row, local: { u, v }, centre: [(column + 0.5) * pitch.u, (row + 0.5) * pitch.v] });
    }
  }
  const far = ({ local: { u, v } }: StreetBlock) => 3 * streetReach(u) + Math.abs(v - utilityBlock.v);
  return blocks.sort((a, b) => far(a) - far(b));
}

/** How many blocks along its feeder a column is; the feeders of a row leave the street east of the utility block. */
export const streetReach = (u: number) => (u <= utilityBlock.u ? utilityBlock.u - u : u - utilityBlock.u - 1);

/** [u, v] → [lon, lat], seven decimals: a centimetre. */
export function toGlobe(place: { lon: number; lat: number }, turn_deg: number): (at: Uv) => [number, number] {
  const scale = projector({ lon: 0, lat: place.lat })(1, place.lat + 1);
  const [perLon, perLat] = [scale[0], scale[1]];
  const turn = (turn_deg * Math.PI) / 180;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const round = (x: number) => Math.round(x * 1e7) / 1e7;
  return ([u, v]) => [round(place.lon + (u * c - v * s) / perLon), round(place.lat + (u * s + v * c) / perLat)];
}
