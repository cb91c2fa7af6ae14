/** Who gets what: every operation for everybody who may ask, and every field and slot of every view. Nothing is left out. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Audience, audiences, type Permission, permissions, sees } from '../../../models/access/permissions.ts';
import { type Api, api } from '../../../models/api/api.ts';
import type { Operation } from '../../../models/api/operation.ts';
import { type Layout, layoutOf } from '../../../models/wire/layout.ts';
import { samplePark } from '../../sample-park.ts';
import { handClock, noon, type Sample, startSample, token } from '../sample-server.ts';

const askers = {
  /** A person or program at the server's own computer. */
  own: {},
  /** A page of somewhere else, in a browser at the server's own computer. */
  foreignPage: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  /** The same, as no browser says it. */
  oddPage: { 'sec-fetch-site': 'CROSS-SITE' },
  /** Somebody elsewhere, through a proxy. */
  stranger: { host: 'park.example' },
  forwarded: { 'x-forwarded-for': '203.0.113.7' },
  /** Something elsewhere that has the token. */
  device: { host: 'park.example', authorization: `Bearer ${token}` },
  wrongToken: { authorization: 'Bearer nonsense' },
} as const;
type Asker = keyof typeof askers;

/** 0 is: let in. */
type Row = Record<Asker, 0 | 401 | 403>;
const everybody: Row = { own: 0, foreignPage: 0, oddPage: 0, stranger: 0, forwarded: 0, device: 0, wrongToken: 0 };
/** By the view, which no token changes. */
const notPublic: Row = { own: 0, foreignPage: 0, oddPage: 0, stranger: 403, forwarded: 403, device: 403, wrongToken: 0 };
const decisions: Row = { own: 0, foreignPage: 403, oddPage: 403, stranger: 403, forwarded: 403, device: 0, wrongToken: 401 };
const devices: Row = { own: 401, foreignPage: 401, oddPage: 401, stranger: 401, forwarded: 401, device: 0, wrongToken: 401 };

const table: Record<keyof Api, Row> = {
  listParks: everybody,
  readPark: everybody,
  reloadPark: decisions,
  readState: everybody,
  readSupply: notPublic,
  readHistory: notPublic,
  postReadings: devices,
  listQuarantine: notPublic,
  releaseReading: decisions,
  discardReading: decisions,
  readLedger: notPublic,
  restateLedger: decisions,
  lockPeriod: decisions,
  unlockPeriod: decisions,
  readSeries: notPublic,
  readSnapshots: notPublic,
  readMarks: notPublic,
  readFlows: notPublic,
  readReport: notPublic,
  listReports: notPublic,
  publishReport: decisions,
  readPublished: notPublic,
};

let sample: Sample;
beforeAll(async () => {
  sample = await startSample({ clock: handClock(noon), ledger: {} });
});
afterAll(() => sample.close());

function asked(path: string, method: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const going = httpRequest({ port: sample.port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    going.on('error', reject).end();
  });
}

const places: Record<string, string> = { park: 'sample', asset: 'hall', id: '1', report: 'none' };
const pathOf = ({ path }: Operation) => `/api/v1${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => places[name] ?? '')}`;

describe('operations', () => {
  const cells = (Object.keys(table) as (keyof Api)[]).flatMap((name) =>
    (Object.keys(askers) as Asker[]).map((asker) => [name, asker, table[name][asker]] as const),
  );
  it.each(cells)('%s asked by %s: %d', async (name, asker, refused) => {
    const operation: Operation = api[name];
    const { status, body } = await asked(pathOf(operation), operation.method.toUpperCase(), { ...askers[asker] });
    // Whoever is let in may still have asked for nothing that there is.
    if (refused === 0) expect([401, 403, 500]).not.toContain(status);
    else {
      expect(status).toBe(refused);
      expect(Object.keys(JSON.parse(body)).sort()).toEqual(['error', 'message']);
    }
  });

  it('of a park that there is not are refused alike: nobody learns which there are', async () => {
    const { status } = await asked('/api/v1/parks/nobody/ledger', 'GET', { ...askers.stranger });
    expect(status).toBe(403);
  });

  it('each say which permission they need, and the description says so too', async () => {
    const { body } = await asked('/api/v1/openapi.json', 'GET', {});
    const { paths } = JSON.parse(body);
    for (const { path, method, needs } of Object.values(api) as Operation[]) {
      expect(Object.keys(permissions)).toContain(needs);
      expect(paths[path][method]['x-needs']).toBe(needs);
      expect(/Not public\.$/.test(paths[path][method].description)).toBe(needs.endsWith(':read') && !sees('public', needs));
    }
  });
});

/** Paths of an object's fields; ids of assets, lines and list items are stars. */
function fieldsOf(value: unknown, ids: ReadonlySet<string>, path = ''): string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((one) => fieldsOf(one, ids, `${path}.*`))];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => [path, ...fieldsOf(inner, ids, `${path}.${ids.has(key) ? '*' : key}`)]);
}

/** Fields that a schema says only some views have. */
function hiddenIn(schema: unknown, path = ''): { path: string; needs: Permission }[] {
  if (Array.isArray(schema)) return schema.flatMap((one) => hiddenIn(one, path));
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, additionalProperties, items, anyOf, ...rest } = schema as Record<string, unknown>;
  const needs = rest['x-needs'] as Permission | undefined;
  return [
    ...(needs ? [{ path, needs }] : []),
    ...Object.entries(properties as object).flatMap(([key, inner]) => hiddenIn(inner, `${path}.${key}`)),
    ...hiddenIn(additionalProperties, `${path}.*`),
    ...hiddenIn(items, `${path}.*`),
    ...hiddenIn(anyOf, path),
  ];
}

describe('fields', () => {
  const expected: Partial<Record<keyof Api, string[]>> = {
    listParks: [],
    readPark: ['.metadata.warnings'],
    readState: ['.assets.*.attributed_kgPerH', '.assets.*.ports', '.assets.*.stack_kgPerH', '.lines.*.power_kW'],
  };

  it.each(Object.entries(expected))('of %s that the public does not see', async (name, hidden) => {
    const operation: Operation = api[name as keyof Api];
    expect(sees('public', operation.needs)).toBe(true);
    const { assets, lines } = samplePark();
    const ids = new Set([...assets, ...lines].map(({ id }) => id));
    const read = async (asker: Asker) => fieldsOf(JSON.parse((await asked(pathOf(operation), 'GET', { ...askers[asker] })).body), ids);
    const [full, open] = [new Set(await read('own')), new Set(await read('stranger'))];
    const missing = [...full].filter((path) => !open.has(path));
    const tops = missing.filter((path) => !missing.some((other) => path.startsWith(`${other}.`))).sort();
    expect(tops).toEqual(hidden);
    expect([...open].filter((path) => !full.has(path))).toEqual([]);
    // The contract says the same.
    const said = hiddenIn(z.toJSONSchema(operation.answer.schema, { io: 'output', unrepresentable: 'any' }));
    expect(said.map(({ path }) => path).sort()).toEqual(hidden);
    for (const { needs } of said) expect([sees('public', needs), sees('full', needs)]).toEqual([false, true]);
  });

  it('are told apart for every operation that the public may ask', () => {
    const open = Object.entries(api).filter(([, { needs }]) => sees('public', needs));
    expect(open.map(([name]) => name).sort()).toEqual(Object.keys(expected).sort());
  });
});

describe('slots', () => {
  function slotsOf({ totals, assets, lines, unmetered }: Layout): Set<string> {
    const found = new Set(Object.keys(totals).map((name) => `totals.${name}`));
    const add = (name: string, slot: number) => slot >= 0 && found.add(name);
    for (const [id, { ports, ...own }] of assets) {
      for (const [name, slot] of Object.entries(own)) add(`${id}.${name}`, slot);
      for (const [port, slots] of Object.entries(ports))
        for (const [name, slot] of Object.entries(slots)) add(`${id}.${port}.${name}`, slot);
    }
    for (const [id, slots] of lines) for (const [name, slot] of Object.entries(slots)) add(`${id}.${name}`, slot);
    for (const [id, slots] of unmetered) for (const [name, slot] of Object.entries(slots)) add(`${id}.${name}`, slot);
    return found;
  }
  const of = (audience: Audience) => slotsOf(layoutOf(samplePark(), audience));

  it('that the public does not have are power, emissions, levels, and what an asset takes of several carriers', () => {
    const [full, open] = [of('full'), of('public')];
    const hidden = [...full].filter((slot) => !open.has(slot));
    const names = [...new Set(hidden.map((slot) => slot.split('.').at(-1)))].sort();
    expect(names).toEqual(['attributed', 'intensity', 'level', 'power', 'stack']);
    for (const slot of hidden.filter((one) => one.endsWith('.intensity'))) expect(slot).toMatch(/\.in\.intensity$/);
    expect([...open].filter((slot) => /power$|attributed$|stack$|level$/.test(slot))).toEqual([]);
    expect([...open].filter((slot) => !full.has(slot))).toEqual([]);
  });

  it('are what the socket sends: one layout for each view and no other', () => {
    for (const audience of audiences) {
      const { values } = sample.twin.snapshot(audience);
      expect(values.byteLength).toBe(4 * layoutOf(samplePark(), audience).size);
    }
  });
});
