/** Asks once per question, keeps the last answer while the next is on its way, and says what went wrong. */
import { useEffect, useState } from 'react';

export type Trouble = 'offline' | 'notPublic' | 'error';

export interface Asked<T, S> {
  /** The last answer; null at first. */
  answer: T | null;
  /** What that answer is about: title and figures always belong together, also while the next one is on its way. */
  about: S;
  loading: boolean;
  trouble: Trouble | null;
  retry: () => void;
}

interface State<T, S> {
  what: string;
  about: S | null;
  answer: T | null;
  trouble: Trouble | null;
}

function troubleOf(error: unknown): Trouble {
  const { trouble } = (error ?? {}) as { trouble?: unknown };
  return trouble === 'offline' || trouble === 'notPublic' ? trouble : 'error';
}

/** `what` is asked, about `about`; it is asked again, quietly, whenever `stand` says that the answer may have changed. */
export function useAnswer<T, S>(what: string, stand: string, about: S, ask: (signal: AbortSignal) => Promise<T>): Asked<T, S> {
  const [state, setState] = useState<State<T, S>>({ what: '', about: null, answer: null, trouble: null });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `what` and `stand` stand for `ask`; `round` asks again
  useEffect(() => {
    const abort = new AbortController();
    ask(abort.signal)
      .then((answer) => {
        if (!abort.signal.aborted) setState({ what, about, answer, trouble: null });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        // Figures of another question must not stand under this one's trouble.
        setState((before) =>
          before.what === what ? { ...before, trouble: troubleOf(error) } : { what, about, answer: null, trouble: troubleOf(error) },
        );
      });
    return () => abort.abort();
  }, [what, stand, round]);
  useEffect(() => {
    const again = () => setRound((n) => n + 1);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  const loading = state.what !== what;
  return {
    answer: state.answer,
    about: state.answer === null ? about : (state.about ?? about),
    loading,
    trouble: loading ? null : state.trouble,
    retry: () => setRound((n) => n + 1),
  };
}
