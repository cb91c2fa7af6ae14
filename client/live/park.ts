/** Fetches parks: the list, and one park's document. Says what went wrong in words the page can show. */
import { type ParkDocument, type ParkView, viewOf } from '../../models/park/document.ts';
import type { SourceKind, Text } from '../../models/park/park.ts';

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

/** Where an asset's energy comes from at this moment, source by source. Not for the public. */
export interface SupplyAnswer {
  /** ISO 8601. */
  time: string;
  sources: { asset: string; port: string | null; kind: SourceKind; share: number; intensity_gPerKwh: number | null }[];
}

export function fetchSupply(park: string, asset: string, signal?: AbortSignal): Promise<SupplyAnswer> {
  return getJson(`/api/v1/parks/${encodeURIComponent(park)}/assets/${encodeURIComponent(asset)}/supply`, signal);
}

export async function fetchPark(id: string, signal?: AbortSignal): Promise<ParkView> {
  return viewOf(await getJson<ParkDocument>(`/api/v1/parks/${encodeURIComponent(id)}`, signal));
}
