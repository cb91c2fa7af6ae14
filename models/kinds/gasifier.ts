import type { ConverterKind } from './kind.ts';

/** Makes syngas of biomass or coal; cold gas efficiency of a fixed-bed gasifier, three quarters of the lower heating value. */
export const gasifier: ConverterKind = {
  names: { en: 'Gasifier', zh: '气化炉' },
  role: 'converter',
  ports: ['biomass.in', 'syngas.out'],
  conversions: [{ inputs: { fuel: 1 }, outputs: { syngas: 0.75, heat: 0.12, wasteHeat: 0.12 } }],
  height_m: 16,
  side_m: 18,
  plant: { turn: 2, swing: 5, runFor: 'syngas', minLoad: 0.3 },
  simulation: {},
};
