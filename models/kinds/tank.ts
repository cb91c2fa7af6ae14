import type { OtherKind } from './kind.ts';

export const tank: OtherKind = {
  names: { en: 'Tank', zh: '储罐' },
  role: 'none',
  ports: [],
  height_m: 10,
  side_m: 10,
  simulation: {},
};
