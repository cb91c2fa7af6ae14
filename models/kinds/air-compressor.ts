import type { ConverterKind } from './kind.ts';

/**
 * The electricity that it takes counts in full as compressed air. Most of it also becomes heat: where that is used, it is
 * waste heat, and the carbon stays with the air.
 */
export const airCompressor: ConverterKind = {
  names: { en: 'Air compressor', zh: '空压机' },
  role: 'converter',
  ports: ['electricity.in', 'compressedAir.out'],
  conversions: [{ inputs: { electricity: 1 }, outputs: { compressedAir: 1, wasteHeat: 0.7 } }],
  height_m: 5,
  side_m: 10,
  plant: { turn: 3, swing: 5, runFor: 'compressedAir' },
  simulation: {},
};
