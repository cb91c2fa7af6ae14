/** While a page of charts covers the park nothing is drawn: the last frame stays, and a new one is drawn afterwards. */
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
