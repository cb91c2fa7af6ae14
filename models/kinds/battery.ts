import type { OtherKind } from './kind.ts';

export const battery: OtherKind = {
  names: { en: 'Battery', zh: '储能电池' },
  role: 'store',
  ports: ['electricity.in', 'electricity.out'],
  height_m: 3,
  side_m: 14,
  simulation: {},
};
