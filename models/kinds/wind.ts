import type { OtherKind } from './kind.ts';

export const wind: OtherKind = {
  names: { en: 'Wind turbine', zh: '风力发电机' },
  role: 'source',
  ports: ['electricity.out'],
  height_m: 110,
  side_m: 9,
  generates: 'wind',
  simulation: { generation: 'wind', load: 'standby' },
};
