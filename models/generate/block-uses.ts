/** The buildings in each sort of quarter and the energy they take. Our own round figures: plausible, not statistics. */
import type { Text } from '../park/park.ts';
import type { FootprintForm } from './footprints.ts';

export interface Use {
  use: string;
  name: Text;
  floors: readonly [number, number];
  storey_m: number;
  forms: readonly FootprintForm[];
  roof: 'flat' | 'gable' | 'shed' | 'sawtooth';
  /** W of electricity, heat and cooling for a m² of floor at the peak. */
  electricity: number;
  heat: number;
  cooling: number;
  /** W of gas for a m² of floor at the peak, for uses that burn gas. */
  gas?: number;
  /** Share of heat and cooling that does not depend on the weather. */
  process?: number;
  /** Share of roofs with photovoltaics. */
  pv: number;
  /** Loading docks per 1,000 m². */
  docks?: number;
}

export const quarters = ['works', 'logistics', 'offices', 'homes', 'data', 'solar', 'green'] as const;
export type Quarter = (typeof quarters)[number];

const use = (
  id: string,
  en: string,
  zh: string,
  floors: Use['floors'],
  storey_m: number,
  forms: Use['forms'],
  roof: Use['roof'],
  electricity: number,
  heat: number,
  cooling: number,
  pv: number,
  more: Partial<Use> = {},
): Use => ({ use: id, name: { en, zh }, floors, storey_m, forms, roof, electricity, heat, cooling, pv, ...more });

export const usesOf: Record<'works' | 'logistics' | 'offices' | 'homes' | 'data', readonly Use[]> = {
  works: [
    use('machineWorks', 'machine hall', '机械厂房', [1, 1], 11, ['plain', 'ell', 'notched'], 'sawtooth', 60, 45, 0, 0.35),
    use('electronicsAssembly', 'electronics hall', '电子厂房', [2, 3], 6, ['plain', 'notched', 'u'], 'flat', 90, 35, 0, 0.5),
    use('foodPlant', 'food plant', '食品厂', [1, 2], 8, ['plain', 'ell', 'tee'], 'flat', 70, 90, 0, 0.4, { process: 0.7 }),
    use('textileMill', 'textile mill', '纺织车间', [1, 2], 7, ['plain', 'notched'], 'sawtooth', 65, 70, 0, 0.3, { process: 0.6 }),
    use('packaging', 'packaging works', '包装厂', [1, 2], 7, ['plain', 'ell'], 'flat', 50, 30, 0, 0.5),
    use('metalWorks', 'metal works', '金属加工厂', [1, 1], 13, ['plain', 'tee'], 'gable', 80, 30, 0, 0.2, { gas: 60 }),
    use('batteryMaterials', 'battery materials', '电池材料厂', [2, 3], 6.5, ['notched', 'ell', 'u'], 'flat', 110, 60, 0, 0.3, {
      process: 0.8,
      gas: 40,
    }),
    use('pharma', 'formulation works', '制剂车间', [2, 4], 5, ['ell', 'u', 'notched'], 'flat', 85, 70, 0, 0.3, { process: 0.4 }),
  ],
  logistics: [
    use('warehouse', 'warehouse', '仓库', [1, 1], 12, ['plain', 'notched'], 'gable', 12, 12, 0, 0.6, { docks: 2.4 }),
    use('distributionCentre', 'distribution centre', '分拨中心', [1, 2], 10, ['plain', 'ell'], 'flat', 20, 15, 0, 0.7, { docks: 3 }),
    use('coldStore', 'cold store', '冷库', [1, 1], 14, ['plain'], 'flat', 70, 0, 0, 0.6, { docks: 2 }),
  ],
  offices: [
    use('office', 'offices', '办公楼', [4, 14], 3.9, ['plain', 'ell', 'court', 'chamfered'], 'flat', 34, 40, 55, 0.15),
    use('laboratory', 'laboratories', '实验楼', [3, 7], 4.4, ['u', 'ell', 'tee', 'court'], 'flat', 60, 50, 60, 0.25),
    use('innovationCentre', 'innovation centre', '创新中心', [4, 9], 4.2, ['chamfered', 'u', 'court'], 'flat', 38, 38, 55, 0.2),
    use('retail', 'shops', '商业楼', [2, 3], 5, ['plain', 'ell'], 'shed', 55, 35, 70, 0.2),
  ],
  homes: [
    use('apartments', 'apartments', '公寓', [6, 18], 3, ['plain', 'notched', 'ell'], 'flat', 14, 38, 0, 0.15),
    use('apartments', 'terraced flats', '联排公寓', [3, 6], 3, ['plain', 'ell', 'u'], 'gable', 14, 42, 0, 0.1),
    use('school', 'school', '学校', [2, 4], 3.8, ['u', 'court', 'ell'], 'flat', 24, 45, 0, 0.4),
    use('canteen', 'canteen', '食堂', [1, 2], 4.5, ['plain', 'chamfered'], 'shed', 60, 45, 0, 0.3, { gas: 50 }),
  ],
  data: [
    use('dataCentre', 'data hall', '数据机房', [2, 3], 7, ['plain', 'notched'], 'flat', 420, 0, 0, 0.1),
    use('office', 'operations house', '运维楼', [3, 5], 3.9, ['plain', 'ell'], 'flat', 34, 40, 0, 0.2),
  ],
};

/** Width of a plot along the street, metres. */
export const plotWidths: Record<keyof typeof usesOf, readonly [number, number]> = {
  works: [30, 62],
  logistics: [54, 110],
  offices: [24, 40],
  homes: [19, 29],
  data: [41, 60],
};
