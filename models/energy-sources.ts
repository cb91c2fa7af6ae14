/** Kinds of energy source, in everyday words; shares are published by these kinds. */
import { type Names, namesOf } from './languages.ts';

interface SourceKindRow {
  names: Names;
  /** Counts as renewable electricity. */
  renewable: boolean;
  /** Own generation of this kind emits no carbon where it is made (24/7 matching counts it). */
  carbonFree: boolean;
  /**
   * Factors of data/factors that are used where the park names none. The direct ones are 0; the life-cycle ones may differ
   * for an asset on a roof.
   */
  usualFactors: { direct?: string; lifecycle?: string; lifecycleOnRoof?: string };
}

const none = { renewable: false, carbonFree: false, usualFactors: {} } as const;

/** The place in this table is the code on the wire and in the ledger: append only. */
export const sourceKindTable = {
  grid: { ...none, names: { en: 'Grid', zh: '电网' } },
  solar: {
    names: { en: 'Solar', zh: '光伏' },
    renewable: true,
    carbonFree: true,
    usualFactors: { direct: 'solar-direct', lifecycle: 'solar-lifecycle-utility', lifecycleOnRoof: 'solar-lifecycle-roof' },
  },
  wind: {
    names: { en: 'Wind', zh: '风电' },
    renewable: true,
    carbonFree: true,
    usualFactors: { direct: 'wind-direct', lifecycle: 'wind-lifecycle-onshore' },
  },
  gas: { ...none, names: { en: 'Gas', zh: '燃气' } },
  recoveredHeat: { ...none, names: { en: 'Recovered heat', zh: '回收余热' }, usualFactors: { direct: 'waste-heat-direct' } },
  biomass: { ...none, names: { en: 'Biomass', zh: '生物质' }, renewable: true },
  storage: { ...none, names: { en: 'Storage', zh: '储能' } },
  unmetered: { ...none, names: { en: 'Unmetered', zh: '未计量' } },
  other: { ...none, names: { en: 'Other', zh: '其他' } },
} as const satisfies Record<string, SourceKindRow>;

export type SourceKind = keyof typeof sourceKindTable;
export const sourceKinds = Object.keys(sourceKindTable) as SourceKind[];

export function sourceKindRow(kind: SourceKind): SourceKindRow {
  return sourceKindTable[kind];
}

export const sourceNames = namesOf(sourceKindTable);
