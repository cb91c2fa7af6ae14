import type { ConverterKind } from './kind.ts';

/** Efficiency of a good condensing boiler. */
export const boiler: ConverterKind = {
  names: { en: 'Boiler', zh: '锅炉' },
  role: 'converter',
  ports: ['gas.in', 'heat.out'],
  conversions: [
    { inputs: { fuel: 1 }, outputs: { heat: 0.92 } },
    { inputs: { fuel: 1 }, outputs: { steam: 0.92 } },
    { inputs: { electricity: 1 }, outputs: { heat: 0.92 } },
    { inputs: { electricity: 1 }, outputs: { steam: 0.92 } },
  ],
  height_m: 9,
  side_m: 10,
  plant: { turn: 4, swing: 6 },
  simulation: {},
};
