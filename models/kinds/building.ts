import type { OtherKind } from './kind.ts';

export const building: OtherKind = {
  names: { en: 'Building', zh: '建筑' },
  role: 'endUse',
  ports: ['electricity.in'],
  height_m: 8,
  side_m: 10,
  floors: 'let',
  simulation: {},
};
