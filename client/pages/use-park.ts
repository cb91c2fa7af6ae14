/** Requests a park's document until it is loaded, opens the connection; requests it again when the server has another version. */
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

/** Resets the choices about one park, which have no meaning in the next. */
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

/** Wait before the next request, for a server whose values never match its own document. */
const again_ms = 3000;

export interface Loading {
  trouble: PageTrouble | null;
  retry: () => void;
}

export function usePark(id: string): Loading {
  const asked = parkQuestion(id);
  // The document is kept as long as the page, and each new one counts as another version: the connection starts anew with it.
  // So it is never requested again automatically.
  const kept = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnReconnect: false };
  const { data: park, failureReason, refetch } = useQuery({ ...asked, ...patient, ...kept }, queries);

  useEffect(() => {
    if (!park) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // This runs before any page shows: pages write the address, and would overwrite what it states.
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
