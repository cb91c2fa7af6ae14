/** The question for the park's document, and the reasons why there is none that pages can show. */
import { type ParkView, viewOf } from '../../models/api/park-view.ts';
import { AskError, ask } from './ask.ts';

export function parkQuestion(park: string) {
  return {
    queryKey: ['park', park] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ParkView> => viewOf(await ask('GET /parks/{park}', { park }, signal)),
  };
}

export type PageTrouble = 'offline' | 'notFound' | 'server';

export function pageTrouble(error: Error | null): PageTrouble | null {
  if (error === null) return null;
  const trouble = error instanceof AskError ? error.trouble : 'server';
  return trouble === 'offline' || trouble === 'notFound' ? trouble : 'server';
}
