import type { OtherKind } from './kind.ts';

export const gasConnection: OtherKind = {
  names: { en: 'Gas connection', zh: '燃气接入点' },
  role: 'connection',
  ports: ['gas.out'],
  height_m: 3,
  side_m: 10,
  simulation: {},
};
