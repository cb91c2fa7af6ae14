/** How a building looks by what it is used for: façade, roof, colour of its walls, what stands on its roof. */
import type { ParkView } from '../../../models/park/document.ts';
import { chance } from './ring.ts';

export type AssetView = ParkView['assets'][number];

/** Façades, drawn in the fragment shader (shaders/facade.ts). */
export const facade = { panel: 0, ribbon: 1, punched: 2, curtain: 3, hall: 4, louvre: 5, deck: 6 } as const;

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

const offices: Character = { style: facade.ribbon, bay: 3, roof: 'flat', wall: 0xe9e4da, plant: 4, skylights: false };
const byUse: [RegExp, Character][] = [
  [/data/i, { style: facade.louvre, bay: 6, roof: 'flat', wall: 0xdcd9d2, plant: 9, skylights: false }],
  [/semicon|fab|clean/i, { style: facade.panel, bay: 6, roof: 'flat', wall: 0xeae7e0, plant: 7, skylights: false }],
  [
    /warehouse|logistic|cold|storage|distribution/i,
    { style: facade.panel, bay: 8, roof: 'gable', wall: 0xe4e0d6, plant: 1, skylights: true },
  ],
  [
    /machin|metal|foundry|assembly|textile|weav|workshop|hall/i,
    { style: facade.hall, bay: 6, roof: 'sawtooth', wall: 0xe0d8ca, plant: 1, skylights: true },
  ],
  [
    /pharma|biotech|laborator|research|lab\b/i,
    { style: facade.punched, bay: 3.6, roof: 'flat', wall: 0xeeeae2, plant: 7, skylights: false },
  ],
  [
    /food|brew|dairy|packag|print|plastic|battery|electronic|led|optic|chem|paint|cosmetic|paper/i,
    { style: facade.hall, bay: 6, roof: 'flat', wall: 0xe6e1d7, plant: 5, skylights: true },
  ],
  [/apart|dorm|resid|housing|hotel/i, { style: facade.punched, bay: 3, roof: 'flat', wall: 0xe8dccb, plant: 2, skylights: false }],
  [
    /visitor|exhib|museum|headquarter|tower|innovation|conference/i,
    { style: facade.curtain, bay: 1.8, roof: 'flat', wall: 0xdfe3e2, plant: 3, skylights: false },
  ],
  [/parking/i, { style: facade.deck, bay: 8, roof: 'flat', wall: 0xdedad2, plant: 0, skylights: false }],
  [/canteen|retail|shop|market|cafe/i, { style: facade.curtain, bay: 2.4, roof: 'shed', wall: 0xe9e2d6, plant: 4, skylights: false }],
  [
    /school|train|kinder|clinic|fire|guard|gate|police|sport/i,
    { style: facade.punched, bay: 3.6, roof: 'flat', wall: 0xebe3d8, plant: 3, skylights: false },
  ],
  [
    /util|water|treat|pump|plant|boiler|energy|workshop|waste|recycl/i,
    { style: facade.louvre, bay: 5, roof: 'flat', wall: 0xdcd7cd, plant: 4, skylights: false },
  ],
];

const roofs: ReadonlySet<string> = new Set(['flat', 'gable', 'shed', 'sawtooth']);

export function characterOf(asset: AssetView): Character {
  const use = asset.use ?? '';
  const known = byUse.find(([pattern]) => pattern.test(use))?.[1];
  const base = known ?? { ...offices, style: chance(asset.id, 3) < 0.5 ? facade.ribbon : facade.punched };
  const given = asset.properties['roof'];
  const roof = typeof given === 'string' && roofs.has(given) ? (given as RoofKind) : known ? base.roof : 'flat';
  return { ...base, roof, wall: shade(base.wall, (chance(asset.id, 7) - 0.5) * 14) };
}

/** The same colour a little lighter or darker (in bytes). */
export function shade(colour: number, by: number): number {
  const c = (shift: number) => Math.max(0, Math.min(255, Math.round(((colour >> shift) & 255) + by)));
  return (c(16) << 16) | (c(8) << 8) | c(0);
}
