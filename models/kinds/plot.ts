import type { OtherKind } from './kind.ts';

export const plot: OtherKind = {
  names: { en: 'Vacant plot', zh: '待开发地块' },
  role: 'none',
  ports: [],
  height_m: 0.1,
  side_m: 10,
  vacant: true,
  simulation: {},
};
