import type { ConverterKind } from './kind.ts';

/** Efficiencies typical of its size. */
export const fuelCell: ConverterKind = {
  names: { en: 'Fuel cell', zh: '燃料电池' },
  role: 'converter',
  ports: ['gas.in', 'electricity.out'],
  conversions: [{ inputs: { fuel: 1 }, outputs: { electricity: 0.5, heat: 0.3 } }],
  height_m: 4,
  side_m: 14,
  plant: { turn: 2, swing: 3, ratedBy: 'electricity' },
  simulation: {},
};
