/** The park on the screen. Panels are only mounted when there is one. */
import type { ParkView } from '../../../models/api/park-view.ts';
import { useView } from '../../live/view.ts';

export function useParkView(): ParkView {
  const park = useView((view) => view.park);
  if (!park) throw new Error('a panel needs a park');
  return park;
}
