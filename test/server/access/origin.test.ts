import { describe, expect, it } from 'vitest';
import { audienceOf, isOwnPage } from '../../../server/access/origin.ts';

const from = (headers: Record<string, string>) => ({ headers });

describe('audience', () => {
  it.each([
    ['localhost:3000', '127.0.0.1', 'full'],
    ['127.0.0.1:3000', 'localhost', 'full'],
    ['[::1]:3000', '::1', 'full'],
    ['park.example', '127.0.0.1', 'public'],
    ['localhost.evil.example:3000', '127.0.0.1', 'public'],
    ['LOCALHOST:3000', '127.0.0.1', 'full'],
    ['localhost#evil.example', '127.0.0.1', 'public'],
    ['evil@localhost', '127.0.0.1', 'public'],
    ['localhost/evil', '127.0.0.1', 'public'],
    ['http://localhost', '127.0.0.1', 'public'],
    ['%6cocalhost', '127.0.0.1', 'public'],
    ['0x7f.1', '127.0.0.1', 'public'],
    ['2130706433', '127.0.0.1', 'public'],
    ['localhost:3000', '0.0.0.0', 'public'],
    ['localhost:3000', '192.168.1.5', 'public'],
  ])('of %s at a server bound to %s is %s', (host, bound, audience) => expect(audienceOf(from({ host }), bound)).toBe(audience));

  it('is public behind a proxy on the same computer', () => {
    for (const trace of ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip'])
      expect(audienceOf(from({ host: 'localhost', [trace]: '1.2.3.4' }), '127.0.0.1'), trace).toBe('public');
  });

  it('is public where two hosts are named', () => {
    const request = { headers: { host: 'localhost' }, headersDistinct: { host: ['localhost', 'evil.example'] } };
    expect(audienceOf(request, '127.0.0.1')).toBe('public');
  });
});

describe('a page of this server or computer', () => {
  it.each([
    [{ host: 'park.example', origin: 'https://park.example' }, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:3001' }, true],
    [{ host: 'localhost:3000' }, true],
    [{ host: 'park.example', origin: 'https://evil.example' }, false],
    [{ host: 'localhost:3000', origin: 'http://evil.example' }, false],
    [{ host: 'park.example', origin: 'http://localhost' }, false],
    [{ host: 'localhost:3000', origin: 'null' }, false],
  ])('%o: %s', (headers, may) => expect(isOwnPage(from(headers as Record<string, string>))).toBe(may));
});
