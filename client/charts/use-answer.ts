/** Asks once per question, keeps the last answer while the next is on its way, and says what went wrong. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { AskError } from '../live/ask.ts';
import { queries } from '../live/queries.ts';

export type ChartTrouble = 'offline' | 'notPublic' | 'error';

export interface AnswerState<T, S> {
  /** The last answer; null at first. */
  answer: T | null;
  /** What that answer is about: title and figures always belong together, also while the next one is on its way. */
  about: S;
  loading: boolean;
  trouble: ChartTrouble | null;
  retry: () => void;
}

function troubleOf(error: Error | null): ChartTrouble | null {
  if (error === null) return null;
  const trouble = error instanceof AskError ? error.trouble : 'error';
  return trouble === 'offline' || trouble === 'notPublic' ? trouble : 'error';
}

interface Found<T, S> {
  about: S;
  answer: T;
}

/** `what` is asked, about `about`; it is asked again, quietly, whenever `stand` says that the answer may have changed. */
export function useAnswer<T, S>(
  what: readonly string[],
  stand: string,
  about: S,
  ask: (signal: AbortSignal) => Promise<T>,
): AnswerState<T, S> {
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery<Found<T, S>>(
    {
      queryKey: what,
      queryFn: async ({ signal }) => ({ about, answer: await ask(signal) }),
      // Figures of another question stand until this one's are here, but not under its trouble.
      placeholderData: keepPreviousData,
    },
    queries,
  );
  const asked = useRef({ what: what.join(' '), stand });
  useEffect(() => {
    const before = asked.current;
    asked.current = { what: what.join(' '), stand };
    if (before.stand !== stand && before.what === asked.current.what) void refetch();
  });
  return {
    answer: data?.answer ?? null,
    about: data?.about ?? about,
    loading: isPending || isPlaceholderData,
    trouble: isPending || isPlaceholderData ? null : troubleOf(error),
    retry: () => void refetch(),
  };
}
