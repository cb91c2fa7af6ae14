/** Fetches parks: the list, and one park's document. Says what went wrong in words the page can show. */

import type { ParkDocument } from '../../models/api/park-document.ts';
import { type ParkView, viewOf } from '../../models/api/park-view.ts';
import type { FollowAnswer } from '../../models/carbon/follow.ts';
import type { Text } from '../../models/park/park.ts';
import type { FollowWay } from './view.ts';

export type Trouble = 'offline' | 'notFound' | 'server';

export class ParkError extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

export interface ParkSummary {
  id: string;
  name: Text;
  description?: Text;
  fictional?: boolean;
  place?: { lon: number; lat: number; country?: string; name?: Text };
}

async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });
  } catch (cause) {
    throw new ParkError('offline', String(cause));
  }
  if (response.status === 404) throw new ParkError('notFound', `${path}: 404`);
  if (!response.ok) throw new ParkError('server', `${path}: ${response.status} ${response.statusText}`);
  return (await response.json()) as T;
}

export async function fetchParks(signal?: AbortSignal): Promise<ParkSummary[]> {
  const answer = await getJson<ParkSummary[] | { parks: ParkSummary[] }>('/api/v1/parks', signal);
  return Array.isArray(answer) ? answer : answer.parks;
}

/** Where an asset's energy comes from, or where what it gives goes; `moment` in ms, null for now. Not for the public. */
export function fetchFollowed(
  park: string,
  asset: string,
  way: FollowWay,
  moment: number | null,
  signal?: AbortSignal,
): Promise<FollowAnswer> {
  const query = new URLSearchParams({ direction: way === 'up' ? 'upstream' : 'downstream' });
  if (moment !== null) query.set('moment', new Date(moment).toISOString());
  return getJson(`/api/v1/parks/${encodeURIComponent(park)}/assets/${encodeURIComponent(asset)}/supply?${query}`, signal);
}

export async function fetchPark(id: string, signal?: AbortSignal): Promise<ParkView> {
  return viewOf(await getJson<ParkDocument>(`/api/v1/parks/${encodeURIComponent(id)}`, signal));
}
