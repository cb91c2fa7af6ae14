import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWrite, type Permission, permissions, sees } from '../../../models/access/permissions.ts';
import { createAccess, may } from '../../../server/access/access.ts';

const token = 'a-token-of-thirty-two-characters-or-more';
const all = Object.keys(permissions) as Permission[];
const at = (host: string, ingestToken: string | null = token) => createAccess({ host, ingestToken: ingestToken ?? undefined });
const local = { headers: { host: 'localhost:3000' } };
const mayOf = (access: ReturnType<typeof at>, headers: Record<string, string>) => {
  const principal = access.principalOf({ headers });
  return all.filter((permission) => may(principal, permission));
};

describe('a principal', () => {
  it('at the server’s own computer sees and decides everything, and hands in nothing without the token', () => {
    expect(mayOf(at('127.0.0.1'), local.headers)).toEqual(all.filter((permission) => permission !== 'readings:write'));
  });

  it('elsewhere sees what is public', () => {
    expect(mayOf(at('0.0.0.0'), local.headers)).toEqual(['park:read']);
    expect(mayOf(at('127.0.0.1'), { host: 'park.example' })).toEqual(['park:read']);
  });

  it('with the token may change everything from anywhere, and sees no more than without', () => {
    const found = mayOf(at('0.0.0.0'), { host: 'park.example', authorization: `Bearer ${token}` });
    expect(found).toEqual(all.filter((permission) => isWrite(permission) || sees('public', permission)));
  });

  it('whatever it says of itself, never has more than its view and its token give', () => {
    const header = fc.oneof(
      fc.string(),
      fc.constantFrom('localhost', '127.0.0.1', '[::1]:3000', 'https://evil.example', 'cross-site', 'null'),
    );
    const names = ['host', 'origin', 'authorization', 'x-forwarded-for', 'forwarded', 'sec-fetch-site', 'x-forwarded-host', 'x-real-ip'];
    const headers = fc.dictionary(fc.constantFrom(...names), header);
    fc.assert(
      fc.property(headers, (said) => {
        // Bound elsewhere no header makes anybody more than public, but the token itself.
        expect(mayOf(at('192.168.1.5'), said)).toEqual(['park:read']);
        const { audience } = at('127.0.0.1').principalOf({ headers: said });
        if (said['x-forwarded-for'] !== undefined || said['forwarded'] !== undefined) expect(audience).toBe('public');
      }),
    );
  });
});

describe('a refusal', () => {
  const refusal = (access: ReturnType<typeof at>, headers: Record<string, string>, needs: Permission) =>
    access.refusal(access.principalOf({ headers }), needs);

  it('says what is missing: a view, a person at the computer, a token, or a token to compare with', () => {
    const away = { host: 'park.example' };
    expect(refusal(at('127.0.0.1'), away, 'park:read')).toBeNull();
    expect(refusal(at('127.0.0.1'), away, 'figures:read')).toMatchObject({ status: 403, code: 'notPublic' });
    expect(refusal(at('127.0.0.1'), away, 'ledger:lock')).toMatchObject({ status: 403, code: 'notYours' });
    expect(refusal(at('127.0.0.1'), away, 'readings:write')).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(refusal(at('127.0.0.1'), { ...local.headers, authorization: 'Bearer x' }, 'ledger:lock')).toMatchObject({ status: 401 });
    for (const weak of [null, 'short']) {
      expect(refusal(at('127.0.0.1', weak), away, 'readings:write')).toMatchObject({ status: 503, code: 'ingestionOff' });
    }
  });
});
