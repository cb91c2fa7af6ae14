/**
 * Finds the principal of a request or socket and what it may do. No code outside this folder looks at hosts, headers, tokens
 * or addresses for that; what each view may see is in models/access/permissions.ts. Deny by default.
 */
import { type Audience, isWrite, type Permission, permissions, sees } from '../../models/access/permissions.ts';
import { audienceOf, type Headers, isOwnPage } from './origin.ts';
import { ingestIsOn, isToken, shortestToken } from './token.ts';

export interface Principal {
  /** Decides which view it gets. */
  audience: Audience;
  /** What it may change. */
  writes: ReadonlySet<Permission>;
  /** The token that it sent. With a `wrong` one it may change nothing, not even what it might change without one. */
  token: 'none' | 'right' | 'wrong';
}

/** A refusal as an HTTP answer. */
export interface Refused {
  status: 401 | 403 | 503;
  code: string;
  message: string;
}

export interface Access {
  principalOf(request: Headers): Principal;
  /** Whether it may open a socket: a page of another site may not, even in the browser of a person who has access. */
  admits(request: Headers): boolean;
  /** Null where the principal has the permission. */
  refusal(principal: Principal, needs: Permission): Refused | null;
}

export interface AccessSettings {
  /** Address that the server is bound to. */
  host: string;
  ingestToken: string | undefined;
}

const nothing: ReadonlySet<Permission> = new Set();
const allWrites: ReadonlySet<Permission> = new Set((Object.keys(permissions) as Permission[]).filter(isWrite));
/** Permissions of a person at the server's own computer: all but handing in readings, which programs and devices do. */
const ownWrites: ReadonlySet<Permission> = new Set([...allWrites].filter((permission) => permission !== 'readings:write'));

/** Browsers send in a header where a request began; programs do not. `same-site`: a development server on another port. */
const isOwnSite = (said: string | string[] | undefined) =>
  said === undefined || ['same-origin', 'same-site', 'none'].includes(String(said));

export function may({ audience, writes }: Principal, permission: Permission): boolean {
  return isWrite(permission) ? writes.has(permission) : sees(audience, permission);
}

export function createAccess({ host, ingestToken }: AccessSettings): Access {
  return {
    principalOf: (request) => {
      const audience = audienceOf(request, host);
      const { authorization } = request.headers;
      if (authorization !== undefined) {
        const right = ingestIsOn(ingestToken) && isToken(authorization, ingestToken);
        return { audience, writes: right ? allWrites : nothing, token: right ? 'right' : 'wrong' };
      }
      const own = audience === 'full' && isOwnPage(request) && isOwnSite(request.headers['sec-fetch-site']);
      return { audience, writes: own ? ownWrites : nothing, token: 'none' };
    },
    admits: isOwnPage,
    refusal: (principal, needs) => {
      if (may(principal, needs)) return null;
      if (!isWrite(needs)) {
        return { status: 403, code: 'notPublic', message: 'this is not public: ask the park, or its server on its own computer' };
      }
      if (needs !== 'readings:write' && principal.token === 'none') {
        return {
          status: 403,
          code: 'notYours',
          message: 'only the server’s own pages on its own computer, or whoever has the ingest token, may decide this',
        };
      }
      if (!ingestIsOn(ingestToken)) {
        return {
          status: 503,
          code: 'ingestionOff',
          message: `HTTP ingestion is off: set INGEST_TOKEN to a secret of at least ${shortestToken} characters and start the server again`,
        };
      }
      return { status: 401, code: 'unauthorized', message: 'the Authorization header needs "Bearer" and the ingest token' };
    },
  };
}
