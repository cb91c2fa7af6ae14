/** The ingest token: what programs and devices authenticate with. */
import { createHash, timingSafeEqual } from 'node:crypto';

export const shortestToken = 32;

/** On only with a token of 32 characters or more. */
export function ingestIsOn(token: string | undefined): token is string {
  return token !== undefined && token.length >= shortestToken;
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
export function isToken(authorization: string, token: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (given === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
