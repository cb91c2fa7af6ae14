/** Questions about the accounted past: series, marks and snapshots. Uses neither React nor three.js. */
import type { MarkAnswer } from '../../models/api/marks.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import type { LedgerStep } from '../../models/ledger/period.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { decodeSnapshots, type SnapshotSet } from '../../models/snapshots/snapshots.ts';
import { ask, iso, request } from './ask.ts';
import { answerTo, queries, question } from './queries.ts';

export interface SeriesQuestion {
  /** Asset ids, '' for the park; '*' for all assets (step day or longer). */
  owners: readonly string[] | '*';
  /** If absent: all columns that the owners have. */
  columns?: readonly string[];
  /** Periods that start in [from, to), ms. */
  from: number;
  to: number;
  step: LedgerStep;
  set?: FactorSet;
}

const seriesRoute = 'GET /parks/{park}/series';
/** How long an unused answer is kept: long enough to return to a chart, without keeping years of figures. */
const kept_ms = 60_000;
/** Grows when figures of the past change, so that an answer requested before is never used. */
let generation = 0;

/** Asks the same question again only after `forgetSeries`: closed periods change only by restatement and late readings. */
export function fetchSeries(
  park: string,
  { owners, columns, from, to, ...rest }: SeriesQuestion,
  signal?: AbortSignal,
): Promise<SeriesAnswer> {
  const query = {
    owner: owners === '*' ? ['*'] : [...owners],
    ...(columns && { columns: columns.join(',') }),
    from: iso(from),
    to: iso(to),
    ...rest,
  };
  const asked = question(seriesRoute, { park, query });
  return answerTo<SeriesAnswer>(
    {
      ...asked,
      queryKey: [...asked.queryKey, generation],
      gcTime: kept_ms,
      // An answer for a range that still grows is stale at once.
      staleTime: ({ state }) => (to <= Date.parse(state.data?.until ?? '') ? Number.POSITIVE_INFINITY : 0),
    },
    signal,
  );
}

/** To be called when the ledger's figures changed (accounted again, restated). */
export function forgetSeries(): void {
  generation++;
  queries.removeQueries({ queryKey: [seriesRoute], type: 'inactive' });
}

export async function fetchMarks(park: string, from: number, to: number, signal?: AbortSignal): Promise<MarkAnswer[]> {
  return (await ask('GET /parks/{park}/marks', { park, query: { from: iso(from), to: iso(to) } }, signal)).marks;
}

/** Snapshots of each `every`-th interval that starts in [from, to), at most 400. Whole local days are quickest. */
export async function fetchSnapshots(park: string, from: number, to: number, signal?: AbortSignal, every = 1): Promise<SnapshotSet> {
  const query = { from: iso(from), to: iso(to), ...(every !== 1 && { every: String(every) }) };
  return decodeSnapshots(await (await request('GET /parks/{park}/snapshots', { park, query }, signal)).arrayBuffer());
}
