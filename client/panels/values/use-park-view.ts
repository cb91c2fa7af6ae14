/** The park on the screen. Panels are only mounted when there is one. */
import type { ParkView } from '../../../models/api/park-view.ts';
import { useChoices } from '../../live/choices.ts';

export function useParkView(): ParkView {
  const park = useChoices((view) => view.park);
  if (!park) throw new Error('a panel needs a park');
  return park;
}
