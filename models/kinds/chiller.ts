import type { ConverterKind } from './kind.ts';

/** Compression with a coefficient of performance of 5, absorption with 0.7. */
export const chiller: ConverterKind = {
  names: { en: 'Chiller', zh: '冷水机组' },
  role: 'converter',
  ports: ['electricity.in', 'cooling.out'],
  conversions: [
    { inputs: { electricity: 1 }, outputs: { cooling: 5, wasteHeat: 6 } },
    { inputs: { heat: 1 }, outputs: { cooling: 0.7 } },
  ],
  height_m: 6,
  side_m: 10,
  plant: { turn: 3, swing: 5 },
  simulation: {},
};
