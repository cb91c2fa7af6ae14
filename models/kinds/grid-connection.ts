import type { OtherKind } from './kind.ts';

export const gridConnection: OtherKind = {
  names: { en: 'Grid connection', zh: '电网接入点' },
  role: 'connection',
  ports: ['electricity.out'],
  height_m: 6,
  side_m: 26,
  simulation: {},
};
