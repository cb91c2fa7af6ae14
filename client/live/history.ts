/** Questions about the accounted past: the ledger's state, series, marks and pictures. No React, no three. */
import type { FlowsAnswer } from '../../models/api/flows.ts';
import type { LedgerAnswer } from '../../models/api/ledger.ts';
import type { MarkAnswer } from '../../models/api/marks.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import type { FactorSet } from '../../models/ledger/block.ts';
import type { LedgerStep } from '../../models/ledger/period.ts';
import { decodePictures, type PictureSet } from '../../models/ledger/pictures.ts';
import { createLru } from './lru.ts';

export type HistoryTrouble = 'offline' | 'notPublic' | 'notFound' | 'refused' | 'server';

/** Why there is no answer; the message is the server's, in English. An aborted question rejects with its AbortError. */
export class HistoryError extends Error {
  override name = 'HistoryError';
  readonly trouble: HistoryTrouble;
  constructor(trouble: HistoryTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

export interface SeriesQuestion {
  /** Asset ids, '' for the park; '*' for all assets (step day or longer). */
  owners: readonly string[] | '*';
  /** All that the owners have, if absent. */
  columns?: readonly string[];
  /** Periods that start in [from, to), ms. */
  from: number;
  to: number;
  step: LedgerStep;
  set?: FactorSet;
  edition?: number;
}

export const baseOf = (park: string) => `/api/v1/parks/${encodeURIComponent(park)}`;
const iso = (time: number) => new Date(time).toISOString();

export function seriesPath(park: string, { owners, columns, from, to, step, set, edition }: SeriesQuestion): string {
  const query = new URLSearchParams();
  for (const owner of owners === '*' ? ['*'] : owners) query.append('owner', owner);
  if (columns) query.set('columns', columns.join(','));
  query.set('from', iso(from));
  query.set('to', iso(to));
  query.set('step', step);
  if (set) query.set('set', set);
  if (edition !== undefined) query.set('edition', String(edition));
  return `${baseOf(park)}/series?${query}`;
}

const series = createLru<SeriesAnswer>(24_000_000);

/** The same question is asked again only after `forgetSeries`; closed periods do not change but by restatement and late readings. */
export async function fetchSeries(park: string, question: SeriesQuestion, signal?: AbortSignal): Promise<SeriesAnswer> {
  const path = seriesPath(park, question);
  const known = series.get(path);
  if (known) return known;
  const text = await (await ask(path, signal)).text();
  const answer = JSON.parse(text) as SeriesAnswer;
  // A range that still grows is asked again.
  if (question.to <= Date.parse(answer.until ?? '')) series.set(path, answer, 2 * text.length);
  return answer;
}

/** When the ledger's figures changed: accounted again, restated. */
export function forgetSeries(): void {
  series.clear();
}

export async function fetchLedger(park: string, signal?: AbortSignal): Promise<LedgerAnswer> {
  return (await (await ask(`${baseOf(park)}/ledger`, signal)).json()) as LedgerAnswer;
}

export async function fetchFlows(
  park: string,
  { from, to, set, group }: { from: number; to: number; set: FactorSet; group: string },
  signal?: AbortSignal,
): Promise<FlowsAnswer> {
  const query = new URLSearchParams({ from: iso(from), to: iso(to), set, group });
  return (await (await ask(`${baseOf(park)}/flows?${query}`, signal)).json()) as FlowsAnswer;
}

export async function fetchMarks(park: string, from: number, to: number, signal?: AbortSignal): Promise<MarkAnswer[]> {
  const query = new URLSearchParams({ from: iso(from), to: iso(to) });
  const { marks } = (await (await ask(`${baseOf(park)}/marks?${query}`, signal)).json()) as { marks: MarkAnswer[] };
  return marks;
}

/** Pictures of each `every`-th interval that starts in [from, to), at most 400. Whole local days are quickest. */
export async function fetchPictures(park: string, from: number, to: number, signal?: AbortSignal, every = 1): Promise<PictureSet> {
  const query = new URLSearchParams({ from: iso(from), to: iso(to) });
  if (every !== 1) query.set('every', String(every));
  return decodePictures(await (await ask(`${baseOf(park)}/snapshots?${query}`, signal)).arrayBuffer());
}

export async function ask(path: string, signal?: AbortSignal, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, ...(signal ? { signal } : {}) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new HistoryError('offline', String(cause));
  }
  if (response.ok) return response;
  const message = await messageOf(response);
  if (response.status === 403) throw new HistoryError('notPublic', message);
  if (response.status === 404) throw new HistoryError('notFound', message);
  throw new HistoryError(response.status < 500 ? 'refused' : 'server', message);
}

async function messageOf(response: Response): Promise<string> {
  try {
    const { message } = (await response.json()) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Not from the twin: a proxy's page, perhaps.
  }
  return `${response.status} ${response.statusText}`;
}
