/** While a page of charts lies over the park no picture is drawn; it stays as it is, and is brought up to date when it shows again. */
import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { useChoices } from '../live/choices.ts';

export function Rest() {
  const setFrameloop = useThree((s) => s.setFrameloop);
  const invalidate = useThree((s) => s.invalidate);
  const covered = useChoices((view) => view.covered);
  useEffect(() => {
    setFrameloop(covered ? 'never' : 'demand');
    if (!covered) invalidate();
  }, [covered, setFrameloop, invalidate]);
  return null;
}
