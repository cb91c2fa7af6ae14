/**
 * The only list of energy carriers, one row each. A new carrier needs its row here and its name in
 * docs/park-folder.md.
 */

import type { SourceKind } from './energy-sources.ts';
import { type Names, namesOf } from './languages.ts';

interface CarrierRow {
  names: Names;
  /** What burning it emits; null: it is not burnt. Carbon leaves a chimney where it is converted, hydrogen burns to water. */
  fuel: 'carbon' | 'water' | null;
  /** GHG Protocol scope of the carrier when bought: 2 made elsewhere, 1 burnt here; null: heat that would otherwise be wasted. */
  boughtScope: 1 | 2 | null;
  /** Source kind of an import of it. */
  importKind: SourceKind;
  /** Whole colour scale of intensity, or half of it: heat carries about half the carbon per kWh (METHODS 8). */
  scale: 'whole' | 'half';
  conduit: 'cable' | 'pipe';
  /** Whether its lines run above the ground, unless the park states it for a line. */
  overhead: boolean;
  /** Order in the ground, 1 is uppermost, as in real streets: cables above pipes. */
  depth: number;
  /**
   * Whether a kWh of it brings heat to the asset where it ends, takes heat away, or neither. By the first law this gives the
   * heat that a cooling tower gives to the air.
   */
  heat: 'brings' | 'takes' | 'none';
  /** For the simulator: peak W per m² of floor where the park states none; null: by the use of the floor. */
  peak_WPerM2: number | null;
  /** Colour in charts and of lines in the ground; `night` where dark sheets need another. */
  colour: { day: string; night?: string };
}

/** In the order in which they are listed everywhere. */
export const carrierTable = {
  electricity: {
    names: { en: 'Electricity', zh: '电力' },
    fuel: null,
    boughtScope: 2,
    importKind: 'grid',
    scale: 'whole',
    conduit: 'cable',
    overhead: false,
    depth: 1,
    heat: 'brings',
    peak_WPerM2: null,
    colour: { day: '#56789f', night: '#7fa2cb' },
  },
  heat: {
    names: { en: 'Heat', zh: '热力' },
    fuel: null,
    boughtScope: 2,
    importKind: 'other',
    scale: 'half',
    conduit: 'pipe',
    overhead: false,
    depth: 3,
    heat: 'brings',
    peak_WPerM2: 50,
    colour: { day: '#c27b62' },
  },
  cooling: {
    names: { en: 'Cooling', zh: '冷量' },
    fuel: null,
    boughtScope: 2,
    importKind: 'other',
    scale: 'half',
    conduit: 'pipe',
    overhead: false,
    depth: 2,
    heat: 'takes',
    peak_WPerM2: 60,
    colour: { day: '#79aeb9' },
  },
  gas: {
    names: { en: 'Gas', zh: '燃气' },
    fuel: 'carbon',
    boughtScope: 1,
    importKind: 'gas',
    scale: 'whole',
    conduit: 'pipe',
    overhead: false,
    depth: 6,
    heat: 'brings',
    peak_WPerM2: 30,
    colour: { day: '#9a8a6c' },
  },
  steam: {
    names: { en: 'Steam', zh: '蒸汽' },
    fuel: null,
    boughtScope: 2,
    importKind: 'other',
    scale: 'half',
    conduit: 'pipe',
    overhead: false,
    depth: 5,
    heat: 'brings',
    peak_WPerM2: 40,
    colour: { day: '#b3a39b' },
  },
  hydrogen: {
    names: { en: 'Hydrogen', zh: '氢气' },
    fuel: 'water',
    boughtScope: 1,
    importKind: 'other',
    scale: 'whole',
    conduit: 'pipe',
    overhead: false,
    depth: 7,
    heat: 'brings',
    peak_WPerM2: 20,
    colour: { day: '#8aa274' },
  },
  oil: {
    names: { en: 'Oil', zh: '燃油' },
    fuel: 'carbon',
    boughtScope: 1,
    importKind: 'other',
    scale: 'whole',
    conduit: 'pipe',
    overhead: false,
    depth: 8,
    heat: 'brings',
    peak_WPerM2: 20,
    colour: { day: '#7d6b58', night: '#a08d78' },
  },
  coal: {
    names: { en: 'Coal', zh: '煤炭' },
    fuel: 'carbon',
    boughtScope: 1,
    importKind: 'other',
    scale: 'whole',
    conduit: 'pipe',
    overhead: false,
    depth: 9,
    heat: 'brings',
    peak_WPerM2: 20,
    colour: { day: '#565350', night: '#8f8b86' },
  },
  biomass: {
    names: { en: 'Biomass', zh: '生物质' },
    fuel: 'carbon',
    boughtScope: 1,
    importKind: 'biomass',
    scale: 'whole',
    conduit: 'pipe',
    overhead: false,
    depth: 10,
    heat: 'brings',
    peak_WPerM2: 20,
    colour: { day: '#86995a' },
  },
  /** Low-temperature heat that a heat pump lifts. */
  wasteHeat: {
    names: { en: 'Waste heat', zh: '余热' },
    fuel: null,
    boughtScope: null,
    importKind: 'recoveredHeat',
    scale: 'half',
    conduit: 'pipe',
    overhead: false,
    depth: 4,
    heat: 'brings',
    peak_WPerM2: 20,
    colour: { day: '#b58aa0' },
  },
  /** Counted as the electricity that it took, metered in Nm³ with kWh per Nm³: its enthalpy would not balance. */
  compressedAir: {
    names: { en: 'Compressed air', zh: '压缩空气' },
    fuel: null,
    boughtScope: 2,
    importKind: 'other',
    scale: 'whole',
    conduit: 'pipe',
    overhead: true,
    depth: 11,
    heat: 'none',
    peak_WPerM2: 20,
    colour: { day: '#7a93a8', night: '#96aec2' },
  },
  /** Carbon monoxide, hydrogen and methane from a gasifier. */
  syngas: {
    names: { en: 'Syngas', zh: '合成气' },
    fuel: 'carbon',
    boughtScope: 1,
    importKind: 'gas',
    scale: 'whole',
    conduit: 'pipe',
    overhead: true,
    depth: 12,
    heat: 'brings',
    peak_WPerM2: 20,
    colour: { day: '#8f7f9a', night: '#a899b3' },
  },
} as const satisfies Record<string, CarrierRow>;

export type Carrier = keyof typeof carrierTable;
export const carriers = Object.keys(carrierTable) as Carrier[];

export function carrierRow(carrier: Carrier): CarrierRow {
  return carrierTable[carrier];
}

/** Whether the carrier is burnt, whatever it emits. */
export function isFuel(carrier: Carrier): boolean {
  return carrierRow(carrier).fuel !== null;
}

/** Whether its carbon leaves a chimney when it is converted. */
export function isBurnt(carrier: Carrier): boolean {
  return carrierRow(carrier).fuel === 'carbon';
}

export const carrierNames = namesOf(carrierTable);
