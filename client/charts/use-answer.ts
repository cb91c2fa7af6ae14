/** Asks once per question, keeps the last answer while the next is loading, and reports what went wrong. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { AskError } from '../live/ask.ts';
import { queries } from '../live/queries.ts';

export type ChartTrouble = 'offline' | 'notPublic' | 'error';

export interface AnswerState<T, S> {
  /** The last answer; null at first. */
  answer: T | null;
  /** What that answer is about: title and figures always belong together, also while the next one is loading. */
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

/** Asks the question `what` about `about`, and again in the background whenever `stand` changes: the answer may then differ. */
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
      // Figures of the question before stay until this one's arrive, but not if this one fails.
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
