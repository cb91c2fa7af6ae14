/** Where a request comes from, by the address that the server is bound to and by what the request says of itself. */
import type { IncomingMessage } from 'node:http';
import type { Audience } from '../../models/access/view.ts';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export type Headers = Pick<IncomingMessage, 'headers'>;

export function isLoopback(host: string): boolean {
  return loopback.has(host.replace(/^\[|\]$/g, ''));
}

/** The name in a Host or Origin header, without port and brackets; null when there is none to speak of. */
function hostName(header: string | undefined): string | null {
  if (header === undefined) return null;
  try {
    return new URL(header.includes('://') ? header : `http://${header}`).hostname.replace(/^\[|\]$/g, '');
  } catch {
    return null;
  }
}

/**
 * Until there are accounts: bound to loopback everyone is `full`, bound elsewhere everyone is `public`. A name that is not
 * loopback's in the Host header (DNS rebinding, a proxy in front) is `public` too.
 */
export function audienceOf(request: Headers, boundTo: string): Audience {
  if (!isLoopback(boundTo)) return 'public';
  const name = hostName(request.headers.host);
  const forwarded = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
  return name !== null && loopback.has(name) && !forwarded ? 'full' : 'public';
}

/** A page of this server, or of this computer (a development server), or no page at all. */
export function isOwnPage(request: Headers): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const from = hostName(origin);
  if (from === null) return false;
  try {
    if (host !== undefined && new URL(origin).host === new URL(`http://${host}`).host) return true;
  } catch {
    return false;
  }
  const to = hostName(host);
  return loopback.has(from) && to !== null && loopback.has(to);
}
