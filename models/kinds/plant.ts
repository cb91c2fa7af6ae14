import type { OtherKind } from './kind.ts';

/** A works of the park itself: water, waste, process. Its floors are not let. */
export const plant: OtherKind = {
  names: { en: 'Plant', zh: '厂站' },
  role: 'endUse',
  ports: ['electricity.in'],
  height_m: 12,
  side_m: 10,
  floors: 'own',
  simulation: { shift: 'continuous' },
};
