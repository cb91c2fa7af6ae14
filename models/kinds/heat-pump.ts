import type { ConverterKind } from './kind.ts';

/** Coefficient of performance 3.5: of 3.5 kWh of heat, 2.5 kWh are waste heat that it lifts. */
export const heatPump: ConverterKind = {
  names: { en: 'Heat pump', zh: '热泵' },
  role: 'converter',
  ports: ['electricity.in', 'heat.out'],
  conversions: [{ inputs: { electricity: 1, wasteHeat: 2.5 }, outputs: { heat: 3.5 } }],
  height_m: 6,
  side_m: 10,
  plant: { turn: 0, swing: 4 },
  simulation: {},
};
