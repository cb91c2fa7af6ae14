/** Loads a park's document, keeps trying, opens the live line, and loads again when the server has another version. */
import { useEffect, useState } from 'react';
import { clearMirror, connect } from '../live/connection.ts';
import { startFollowing } from '../live/follow.ts';
import { followMarks } from '../live/isolate.ts';
import { linkedIn } from '../live/link.ts';
import { startTimeMachine } from '../live/moment.ts';
import { fetchPark, ParkError, type Trouble } from '../live/park.ts';
import { useView, type View } from '../live/view.ts';

/** Seconds before trying again: 2, 4, 8 … 30. */
export function backOff_s(attempt: number): number {
  return Math.min(30, 2 ** (attempt + 1));
}

/** Choices about one park mean nothing in the next. */
const nothingChosen: Partial<View> = {
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

export interface Loading {
  trouble: Trouble | null;
  retry: () => void;
}

export function usePark(id: string): Loading {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  // Counts versions of the document asked for: by another park, by the server's restart, by hand.
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let close = () => {};
    const load = async (attempt: number) => {
      try {
        const park = await fetchPark(id, abort.signal);
        if (abort.signal.aborted) return;
        setTrouble(null);
        // Before any page shows: pages write the address, and would overwrite what it asks for.
        useView.setState({ park, ...linkedIn(park, location.search) });
        // Not at once: a server that never agrees with its own document must not be asked without end.
        const again = () => {
          clearTimeout(timer);
          timer = setTimeout(() => setRound((n) => n + 1), 3000);
        };
        const line = connect(park, { onOtherPark: again });
        const endTimeMachine = startTimeMachine(park, again);
        const endFollowing = startFollowing(park);
        const endMarks = followMarks(park);
        close = () => {
          endFollowing();
          endMarks();
          endTimeMachine();
          line.close();
        };
      } catch (error) {
        if (abort.signal.aborted) return;
        const what = error instanceof ParkError ? error.trouble : 'server';
        setTrouble(what);
        if (what !== 'notFound') timer = setTimeout(() => load(attempt + 1), 1000 * backOff_s(attempt));
      }
    };
    void load(0);
    return () => {
      abort.abort();
      clearTimeout(timer);
      close();
      clearMirror();
    };
  }, [id, round]);

  useEffect(() => () => useView.setState(nothingChosen), []);
  return { trouble, retry: () => setRound((n) => n + 1) };
}
