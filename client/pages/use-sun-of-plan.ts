/** Without the scene, the plan computes the sun's altitude (suncalc), so that light and dark still follow the park. */
import { useEffect } from 'react';
import { getPosition } from 'suncalc';
import { useChoices } from '../live/choices.ts';
import { mirror, subscribe } from '../live/mirror.ts';

export function useSunOfPlan(): void {
  const plan = useChoices((view) => view.plan);
  useEffect(() => {
    if (!plan) return;
    let seen = Number.NaN;
    const look = () => {
      const { park } = useChoices.getState();
      // Once a minute of the park's time is often enough for the sun.
      if (!park || Number.isNaN(mirror.time) || Math.abs(mirror.time - seen) < 60_000) return;
      seen = mirror.time;
      const { altitude } = getPosition(new Date(mirror.time), park.metadata.place.lat, park.metadata.place.lon);
      const night = altitude < 0;
      if (useChoices.getState().night !== night) useChoices.setState({ night });
    };
    look();
    return subscribe(look);
  }, [plan]);
}
