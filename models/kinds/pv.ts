import type { OtherKind } from './kind.ts';

export const pv: OtherKind = {
  names: { en: 'Solar power', zh: '光伏' },
  role: 'source',
  ports: ['electricity.out'],
  height_m: 2,
  side_m: 14,
  onRoof_m: 0.5,
  generates: 'solar',
  simulation: { generation: 'sun', load: 'standby' },
};
