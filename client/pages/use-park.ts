/** Asks for a park's document until it is there, opens the live line, and asks again when the server has another version. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { linkedIn } from '../live/address.ts';
import { type Choices, useChoices } from '../live/choices.ts';
import { clearMirror, connect } from '../live/connection.ts';
import { startFollowing } from '../live/follow.ts';
import { followMarks } from '../live/isolate.ts';
import { startTimeMachine } from '../live/moment.ts';
import { type PageTrouble, pageTrouble, parkQuestion } from '../live/park.ts';
import { patient, queries } from '../live/queries.ts';

/** Choices about one park mean nothing in the next. */
const nothingChosen: Partial<Choices> = {
  park: null,
  selected: null,
  hovered: null,
  follow: null,
  moment: 'live',
  lit: null,
  only: null,
  underground: false,
  walking: false,
  camera: null,
  flight: null,
};

/** A server that never agrees with its own document must not be asked without end. */
const again_ms = 3000;

export interface Loading {
  trouble: PageTrouble | null;
  retry: () => void;
}

export function usePark(id: string): Loading {
  const asked = parkQuestion(id);
  // It lives as long as the page, and each one that comes is another version: the line begins anew with it. So nothing
  // asks for it by itself once it is here.
  const kept = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnReconnect: false };
  const { data: park, failureReason, refetch } = useQuery({ ...asked, ...patient, ...kept }, queries);

  useEffect(() => {
    if (!park) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Before any page shows: pages write the address, and would overwrite what it asks for.
    useChoices.setState({ park, ...linkedIn(park, location.search) });
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refetch(), again_ms);
    };
    const line = connect(park, { onOtherPark: again });
    const ends = [startTimeMachine(park, again), startFollowing(park), followMarks(park)];
    return () => {
      clearTimeout(timer);
      for (const end of ends.reverse()) end();
      line.close();
      clearMirror();
    };
  }, [park, refetch]);

  useEffect(() => () => useChoices.setState(nothingChosen), []);
  return { trouble: pageTrouble(failureReason), retry: () => void queries.resetQueries({ queryKey: asked.queryKey, exact: true }) };
}
