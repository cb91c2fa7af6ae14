import type { OtherKind } from './kind.ts';

export const coolingTower: OtherKind = {
  names: { en: 'Cooling tower', zh: '冷却塔' },
  role: 'endUse',
  ports: [],
  height_m: 12,
  side_m: 12,
  simulation: {},
};
