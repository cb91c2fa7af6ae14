import type { ConverterKind } from './kind.ts';

/** Efficiencies of a mid-size gas engine. */
export const chp: ConverterKind = {
  names: { en: 'Cogeneration', zh: '热电联产' },
  role: 'converter',
  ports: ['gas.in', 'electricity.out', 'heat.out'],
  conversions: [
    { inputs: { fuel: 1 }, outputs: { electricity: 0.4, heat: 0.45 } },
    { inputs: { fuel: 1 }, outputs: { electricity: 0.4, steam: 0.45 } },
  ],
  height_m: 14,
  side_m: 26,
  plant: { turn: 1, swing: 3, ratedBy: 'electricity', minLoad: 0.4 },
  simulation: {},
};
