/** Where a request comes from, by the address that the server is bound to and by the headers of the request. */
import type { IncomingMessage } from 'node:http';
import type { Audience } from '../../models/access/permissions.ts';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export type Headers = Pick<IncomingMessage, 'headers'> & Partial<Pick<IncomingMessage, 'headersDistinct'>>;

export function isLoopback(host: string): boolean {
  return loopback.has(host.replace(/^\[|\]$/g, ''));
}

/** The name in a Host header, without port and brackets; null if it is not valid, such as `localhost#evil.example`. */
function nameOfHost(header: string | undefined): string | null {
  const found = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return found ? (found[1] ?? found[2] ?? '').toLowerCase() : null;
}

/** The name in an Origin header; null when it is not an address. */
function nameOfOrigin(header: string): string | null {
  try {
    return new URL(header).hostname.replace(/^\[|\]$/g, '');
  } catch {
    return null;
  }
}

/** Headers that proxies add. */
const forwarding = /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|cf-.*|true-client-ip)$/;

/**
 * Until there are user accounts: if the server is bound to loopback every request is `full`, otherwise `public`. It is
 * `public` too with a name other than loopback's in the Host header (DNS rebinding, a proxy in front), with two Host
 * headers, or with a header that a proxy adds.
 */
export function audienceOf({ headers, headersDistinct }: Headers, boundTo: string): Audience {
  if (!isLoopback(boundTo) || (headersDistinct?.host?.length ?? 1) > 1) return 'public';
  const name = nameOfHost(headers.host);
  const forwarded = Object.keys(headers).some((header) => forwarding.test(header));
  return name !== null && loopback.has(name) && !forwarded ? 'full' : 'public';
}

/** True for a page of this server or of this computer (a development server), and where the request is not from a page. */
export function isOwnPage(request: Headers): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const from = nameOfOrigin(origin);
  if (from === null) return false;
  try {
    if (host !== undefined && new URL(origin).host === new URL(`http://${host}`).host) return true;
  } catch {
    return false;
  }
  const to = nameOfHost(host);
  return loopback.has(from) && to !== null && loopback.has(to);
}
