/** Asks the server: one function, typed by the contract (models/api); only types are imported from there. */
import type { ByRoute } from '../../models/api/api.ts';
import type { Answer, Given } from '../../models/api/operation.ts';

/** Route of an operation, such as `GET /parks/{park}/state`. */
export type RouteName = keyof ByRoute;

export type Trouble = 'offline' | 'notPublic' | 'notFound' | 'refused' | 'server';

/** Why there is no answer; the message is the server's, in English. A cancelled request rejects with its AbortError. */
export class AskError extends Error {
  override name = 'AskError';
  readonly trouble: Trouble;
  constructor(trouble: Trouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** A time as requests state it: ISO 8601 in UTC. */
export const iso = (time: number) => new Date(time).toISOString();

export function addressOf<R extends RouteName>(route: R, given: Given<ByRoute[R]>): string {
  const { query = {}, ...names } = given as { query?: Record<string, string | string[] | undefined> };
  const path = route.slice(route.indexOf(' ') + 1).replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(names[name as never])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(key, one);
  }
  const asked = String(search);
  return `/api/v1${path}${asked === '' ? '' : `?${asked}`}`;
}

/** The response as it comes, for answers that are not JSON. */
export async function request<R extends RouteName>(route: R, given: Given<ByRoute[R]>, signal?: AbortSignal): Promise<Response> {
  const { body } = given as { body?: unknown };
  let response: Response;
  try {
    response = await fetch(addressOf(route, given), {
      method: route.slice(0, route.indexOf(' ')),
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new AskError('offline', String(cause));
  }
  if (response.ok) return response;
  const message = await messageOf(response);
  if (response.status === 403) throw new AskError('notPublic', message);
  if (response.status === 404) throw new AskError('notFound', message);
  throw new AskError(response.status < 500 ? 'refused' : 'server', message);
}

export async function ask<R extends RouteName>(route: R, given: Given<ByRoute[R]>, signal?: AbortSignal): Promise<Answer<ByRoute[R]>> {
  return (await (await request(route, given, signal)).json()) as Answer<ByRoute[R]>;
}

async function messageOf(response: Response): Promise<string> {
  try {
    const { message } = (await response.json()) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // The response is not from the server, but perhaps from a proxy.
  }
  return `${response.status} ${response.statusText}`;
}
