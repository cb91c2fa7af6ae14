/** The question for the park's document, and the reasons why there is none that pages can show. */
import { type ParkView, viewOf } from '../../models/api/park-view.ts';
import { AskError, ask } from './ask.ts';
import { forgetSeries } from './history.ts';
import { queries } from './queries.ts';

export function parkQuestion(park: string) {
  return {
    queryKey: ['park', park] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ParkView> => viewOf(await ask('GET /parks/{park}', { park }, signal)),
  };
}

/** To be called when the park has changed: all answers but its document are asked again where they are shown. */
export function outdateAnswers(): void {
  forgetSeries();
  void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'park' });
}

export type PageTrouble = 'offline' | 'notFound' | 'server';

export function pageTrouble(error: Error | null): PageTrouble | null {
  if (error === null) return null;
  const trouble = error instanceof AskError ? error.trouble : 'server';
  return trouble === 'offline' || trouble === 'notFound' ? trouble : 'server';
}
