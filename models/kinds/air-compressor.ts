import type { ConverterKind } from './kind.ts';

/** Gives the electricity that it takes as compressed air; most of it becomes heat, which some of them give away as well. */
export const airCompressor: ConverterKind = {
  names: { en: 'Air compressor', zh: '空压机' },
  role: 'converter',
  ports: ['electricity.in', 'compressedAir.out'],
  conversions: [{ inputs: { electricity: 1 }, outputs: { compressedAir: 1, heat: 0.7, wasteHeat: 0.7 } }],
  height_m: 5,
  side_m: 10,
  plant: { turn: 3, swing: 5, runFor: 'compressedAir' },
  simulation: {},
};
