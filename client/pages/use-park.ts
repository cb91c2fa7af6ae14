/** Requests a park's document until it is loaded, opens the connection; requests it again when the server has another version. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { linkedIn } from '../live/address.ts';
import { type Choices, useChoices } from '../live/choices.ts';
import { clearMirror, connect } from '../live/connection.ts';
import { startFollowing } from '../live/follow.ts';
import { followMarks } from '../live/isolate.ts';
import { keptChoices } from '../live/kept-choices.ts';
import { startTimeMachine } from '../live/moment.ts';
import { outdateAnswers, type PageTrouble, pageTrouble, parkQuestion } from '../live/park.ts';
import { backOff_s, patient, queries } from '../live/queries.ts';

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

/** Not all viewers of a park ask for its new version at the same moment. */
const spread_ms = 1000;

/** Wait before the document is requested again; longer each time that it was no other version after all. */
const wait_ms = (tries: number) => (tries === 0 ? Math.random() * spread_ms : 1000 * backOff_s(tries - 1));

export interface Loading {
  trouble: PageTrouble | null;
  retry: () => void;
}

export function usePark(id: string): Loading {
  const asked = parkQuestion(id);
  // The document is kept as long as the page, and the connection starts anew with each one. So it is never requested again
  // automatically.
  const kept = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnReconnect: false };
  const { data: park, failureReason, refetch } = useQuery({ ...asked, ...patient, ...kept }, queries);
  /** Requests since the document became the version that it is. */
  const tries = useRef(0);

  useEffect(() => {
    if (!park) return;
    const view = useChoices.getState();
    const before = view.park;
    // This runs before any page shows: pages write the address, and would overwrite what it states.
    if (before === null) useChoices.setState({ park, ...linkedIn(park, location.search) });
    else useChoices.setState(keptChoices(park, view));
    if (before !== null && before.metadata.revision !== park.metadata.revision) {
      tries.current = 0;
      // When panels have let go of what is gone, so that nobody asks about it again.
      setTimeout(outdateAnswers);
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          void refetch({ cancelRefetch: false });
        },
        wait_ms(tries.current++),
      );
    };
    const line = connect(park, { onOtherPark: again });
    const ends = [startTimeMachine(park, again), startFollowing(park), followMarks(park)];
    return () => {
      clearTimeout(timer);
      for (const end of ends.reverse()) end();
      line.close();
    };
  }, [park, refetch]);

  useEffect(
    () => () => {
      clearMirror();
      useChoices.setState(nothingChosen);
    },
    [],
  );
  return { trouble: pageTrouble(failureReason), retry: () => void queries.resetQueries({ queryKey: asked.queryKey, exact: true }) };
}
