import type { OtherKind } from './kind.ts';

export const evCharger: OtherKind = {
  names: { en: 'Charging station', zh: '充电站' },
  role: 'endUse',
  ports: ['electricity.in'],
  height_m: 4,
  side_m: 14,
  simulation: { load: 'cars' },
};
