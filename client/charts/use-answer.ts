/** Asks once per question, keeps the last answer while the next is on its way, and says what went wrong. */
import { useEffect, useState } from 'react';

export type Trouble = 'offline' | 'notPublic' | 'error';

export interface Asked<T> {
  /** The answer to this question; to the one before while `loading`; null at first. */
  answer: T | null;
  loading: boolean;
  trouble: Trouble | null;
  retry: () => void;
}

interface State<T> {
  question: string;
  answer: T | null;
  trouble: Trouble | null;
}

function troubleOf(error: unknown): Trouble {
  const { trouble } = (error ?? {}) as { trouble?: unknown };
  return trouble === 'offline' || trouble === 'notPublic' ? trouble : 'error';
}

/** `question` says what `ask` asks: the same text, the same answer. Null asks nothing. */
export function useAnswer<T>(question: string | null, ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [state, setState] = useState<State<T>>({ question: '', answer: null, trouble: null });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for `ask`; `round` asks again
  useEffect(() => {
    if (question === null) return;
    const abort = new AbortController();
    ask(abort.signal)
      .then((answer) => {
        if (!abort.signal.aborted) setState({ question, answer, trouble: null });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState((before) => ({ question, answer: before.answer, trouble: troubleOf(error) }));
      });
    return () => abort.abort();
  }, [question, round]);
  useEffect(() => {
    const again = () => setRound((n) => n + 1);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  const loading = question !== null && state.question !== question;
  return { answer: state.answer, loading, trouble: loading ? null : state.trouble, retry: () => setRound((n) => n + 1) };
}
