import type { OtherKind } from './kind.ts';

export const substation: OtherKind = {
  names: { en: 'Substation', zh: '变电站' },
  role: 'junction',
  ports: [],
  height_m: 4,
  side_m: 5,
  simulation: {},
};
