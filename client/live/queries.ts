/** Cache of answers from the server: the same question, asked at the same time or soon after, shares one answer. */
import { QueryClient, QueryObserver, type QueryObserverOptions } from '@tanstack/query-core';
import type { ByRoute } from '../../models/api/api.ts';
import type { Answer, Given } from '../../models/api/operation.ts';
import { AskError, ask, type RouteName } from './ask.ts';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A failed question reports its error at once; questions that should be retried use `patient`.
      retry: false,
      // The browser's opinion of being online is ignored: the request itself shows whether the server can be reached.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: 'always',
      // Comparing a year of figures with the answer before costs more than drawing it.
      structuralSharing: false,
    },
    mutations: { networkMode: 'always' },
  },
});

/** A question made of a route and its parameters. */
export function question<R extends RouteName>(route: R, given: Given<ByRoute[R]>) {
  return {
    queryKey: [route, given] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Answer<ByRoute[R]>> => ask(route, given, signal),
  };
}

/** Seconds before trying again: 2, 4, 8 … 30. */
export function backOff_s(attempt: number): number {
  return Math.min(30, 2 ** (attempt + 1));
}

/** Options for an answer that a page cannot do without: retried without end, unless there is no such thing. */
export const patient = {
  retry: (_count: number, error: Error) => !(error instanceof AskError && error.trouble === 'notFound'),
  retryDelay: (attempt: number) => 1000 * backOff_s(attempt),
};

/** Resolves with the answer, once; a question that no caller waits for any more is cancelled. */
export function answerTo<T>(
  options: Pick<QueryObserverOptions<T>, 'queryKey' | 'queryFn' | 'staleTime' | 'gcTime'>,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const observer = new QueryObserver<T>(queries, options);
    let stop = () => {};
    const leave = () => {
      stop();
      reject(signal?.reason);
    };
    const hear = () => {
      const { status, fetchStatus, data, error } = observer.getCurrentResult();
      if (fetchStatus !== 'idle') return;
      stop();
      signal?.removeEventListener('abort', leave);
      if (status === 'success') resolve(data);
      else reject(error);
    };
    stop = observer.subscribe(hear);
    signal?.addEventListener('abort', leave);
    hear();
  });
}
