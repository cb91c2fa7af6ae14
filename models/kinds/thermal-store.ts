import type { OtherKind } from './kind.ts';

export const thermalStore: OtherKind = {
  names: { en: 'Heat store', zh: '蓄热罐' },
  role: 'store',
  ports: ['heat.in', 'heat.out'],
  height_m: 18,
  side_m: 14,
  simulation: {},
};
