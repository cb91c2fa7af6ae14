import type { ConverterKind } from './kind.ts';

/** Efficiency on the lower heating value of hydrogen. */
export const electrolyser: ConverterKind = {
  names: { en: 'Electrolyser', zh: '电解槽' },
  role: 'converter',
  ports: ['electricity.in', 'hydrogen.out'],
  conversions: [{ inputs: { electricity: 1 }, outputs: { hydrogen: 0.65, heat: 0.2, wasteHeat: 0.2 } }],
  height_m: 5,
  side_m: 10,
  plant: { turn: 3, swing: 5 },
  simulation: {},
};
