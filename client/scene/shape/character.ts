/** How a building looks by what it is used for: façade, roof, colour of its walls, what stands on its roof. */
import type { ParkView } from '../../../models/api/park-view.ts';
import { chance } from './ring.ts';

export type AssetView = ParkView['assets'][number];

/** Façades, drawn in the fragment shader (shaders/facade.ts). */
export const facade = {
  panel: 0,
  rows: 1,
  punched: 2,
  curtain: 3,
  hall: 4,
  louvre: 5,
  deck: 6,
  homes: 7,
  fins: 8,
  turbineHall: 9,
} as const;

export type RoofKind = 'flat' | 'gable' | 'shed' | 'sawtooth';

export interface Character {
  style: number;
  bay: number;
  roof: RoofKind;
  wall: number;
  /** Machines on the roof per 1,000 m². */
  plant: number;
  skylights: boolean;
}

/** Offices differ from one another more than factories do: stone with rows or single windows, fins, glass. */
const offices: readonly Character[] = [
  { style: facade.rows, bay: 3.6, roof: 'flat', wall: 0xf0ebe1, plant: 4, skylights: false },
  { style: facade.punched, bay: 3, roof: 'flat', wall: 0xebe0d0, plant: 4, skylights: false },
  { style: facade.fins, bay: 2.4, roof: 'flat', wall: 0xf1eee7, plant: 4, skylights: false },
  { style: facade.rows, bay: 4.8, roof: 'flat', wall: 0xe6e2da, plant: 4, skylights: false },
];
const tower: Character = { style: facade.curtain, bay: 1.8, roof: 'flat', wall: 0xe6e9e8, plant: 5, skylights: false };

const byUse: [RegExp, Character][] = [
  [/data/i, { style: facade.louvre, bay: 6, roof: 'flat', wall: 0xdedcd6, plant: 9, skylights: false }],
  [/semicon|fab|clean/i, { style: facade.panel, bay: 6, roof: 'flat', wall: 0xf0eee9, plant: 7, skylights: false }],
  [
    /warehouse|logistic|cold|storage|distribution/i,
    { style: facade.panel, bay: 8, roof: 'gable', wall: 0xe9e5db, plant: 1, skylights: true },
  ],
  [
    /machin|metal|foundry|forge|assembly|automotive|textile|weav|workshop|hall/i,
    { style: facade.hall, bay: 6, roof: 'sawtooth', wall: 0xe3d6c5, plant: 1, skylights: true },
  ],
  [
    /pharma|biotech|laborator|research|medical|lab\b/i,
    { style: facade.punched, bay: 3.6, roof: 'flat', wall: 0xf3f0ea, plant: 7, skylights: false },
  ],
  [
    /food|brew|dairy|packag|print|plastic|battery|electronic|led|optic|chem|paint|cosmetic|paper|composite/i,
    { style: facade.hall, bay: 6, roof: 'flat', wall: 0xeae5db, plant: 5, skylights: true },
  ],
  [/apart|dorm|resid|housing/i, { style: facade.homes, bay: 4.2, roof: 'flat', wall: 0xead7c1, plant: 1.5, skylights: false }],
  [/hotel/i, { style: facade.fins, bay: 3, roof: 'flat', wall: 0xeee4d6, plant: 3, skylights: false }],
  [
    /visitor|exhib|museum|headquarter|tower|innovation|conference/i,
    { style: facade.curtain, bay: 1.8, roof: 'flat', wall: 0xe4e8e7, plant: 3, skylights: false },
  ],
  [/parking/i, { style: facade.deck, bay: 8, roof: 'flat', wall: 0xe2ded6, plant: 0, skylights: false }],
  [
    /canteen|retail|shop|market|cafe|restaurant/i,
    { style: facade.curtain, bay: 2.4, roof: 'shed', wall: 0xeee6d9, plant: 4, skylights: false },
  ],
  [
    /school|train|kinder|clinic|fire|guard|gate|police|sport/i,
    { style: facade.punched, bay: 3.6, roof: 'flat', wall: 0xf0e4d3, plant: 3, skylights: false },
  ],
  [
    /util|water|treat|pump|plant|boiler|energy|workshop|waste|recycl|depot|power/i,
    { style: facade.louvre, bay: 5, roof: 'flat', wall: 0xe1dcd2, plant: 4, skylights: false },
  ],
];

const roofs: ReadonlySet<string> = new Set(['flat', 'gable', 'shed', 'sawtooth']);

/** Offices higher than this are clad in glass. */
const high_m = 45;

export function characterOf(asset: AssetView): Character {
  const use = asset.use ?? '';
  const known = byUse.find(([pattern]) => pattern.test(use))?.[1];
  const office = asset.height_m > high_m ? tower : (offices[Math.floor(chance(asset.id, 3) * offices.length)] as Character);
  const base = known ?? office;
  const given = asset.properties['roof'];
  const roof = typeof given === 'string' && roofs.has(given) ? (given as RoofKind) : known ? base.roof : 'flat';
  return { ...base, roof, wall: varied(base.wall, asset.id) };
}

/** Varies the colour from building to building: a little lighter or darker, warmer or cooler. */
function varied(colour: number, id: string): number {
  const light = (chance(id, 7) - 0.5) * 14;
  const warm = (chance(id, 17) - 0.5) * 9;
  const c = (shift: number, by: number) => Math.max(0, Math.min(250, Math.round(((colour >> shift) & 255) + by)));
  return (c(16, light + warm) << 16) | (c(8, light) << 8) | c(0, light - warm);
}

/** The same colour a little lighter or darker (in bytes). */
export function shade(colour: number, by: number): number {
  const c = (shift: number) => Math.max(0, Math.min(255, Math.round(((colour >> shift) & 255) + by)));
  return (c(16) << 16) | (c(8) << 8) | c(0);
}
