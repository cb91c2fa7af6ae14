/** The real server with one park, a temporary store and, if need be, a clock that tests move. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { basesOf } from '../../models/carbon/basis.ts';
import type { Park } from '../../models/park/park.ts';
import { type App, type AppParts, createApp } from '../../server/app.ts';
import { type LedgerSettings, openLedger } from '../../server/ledger/open-ledger.ts';
import type { LiveTimes } from '../../server/live/live.ts';
import { createMetrics } from '../../server/process/metrics.ts';
import type { PolledSource } from '../../server/sources/source.ts';
import { openStores, storeFiles } from '../../server/store/sqlite/open-stores.ts';
import { type Clock, runClock, wallClock } from '../../server/twin/clock.ts';
import { Twin } from '../../server/twin/twin.ts';

export const token = 'a-token-of-thirty-two-characters-or-more';
export const noon = Date.UTC(2025, 5, 2, 4);

export interface HandClock extends Clock {
  advance(ms: number): void;
}

/** A clock that stands until it is moved. `wall` makes the twin keep its history over a restart. */
export function handClock(at: number, wall = false): HandClock {
  let elapsed = 0;
  const clock = runClock(at, 1, () => elapsed);
  clock.restart(at);
  const advance = (ms: number) => {
    elapsed += ms;
  };
  return { ...clock, wall, advance };
}

export interface ServerOptions {
  clock?: Clock;
  sources?: PolledSource[];
  /** A tick goes on without a source that takes longer. By default long: a tick of a test has its readings. */
  patience_ms?: number;
  /** Address the server believes to be bound to. */
  host?: string;
  token?: string | undefined;
  folder?: string;
  /** 0 = the port of before. */
  port?: number;
  maxPages?: number;
  liveTimes?: Partial<LiveTimes>;
  /** Path of the Chromium that prints reports. */
  chromium?: string;
  /** What a reload is answered with: the park is not of a folder. */
  reload?: AppParts['reload'];
  /** With a ledger, and how. */
  ledger?: Partial<LedgerSettings>;
}

export interface Started {
  app: App;
  twin: Twin;
  url: string;
  port: number;
  folder: string;
  /** Lines of the log. */
  log: string[];
  /** Closes; the folder stays for another start unless `forget`. */
  close(forget?: boolean): Promise<void>;
}

export async function startServer(park: Park, options: ServerOptions = {}): Promise<Started> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sample-')));
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics({ process: false });
  const settings = options.maxPages === undefined ? {} : { maxPages: options.maxPages };
  const files = storeFiles(folder, park.id);
  const stores = await openStores({ ...files.journal, ...settings });
  const clock = options.clock ?? wallClock();
  const chosen = { bases: basesOf(park), software: 'test', fill: null, late_ms: 20, ...options.ledger };
  const ledger = options.ledger && (await openLedger({ files, stores, now: clock.now(), log, metrics, ...chosen }));
  const twin = new Twin({
    bases: options.ledger?.bases ?? basesOf(park),
    warnings: [],
    stores,
    ledger,
    clock,
    sources: options.sources ?? [],
    patience_ms: options.patience_ms ?? 20_000,
    log,
    metrics,
  });
  const app = createApp({
    twins: [twin],
    ...(options.reload && { reload: options.reload }),
    host: options.host ?? '127.0.0.1',
    ingestToken: 'token' in options ? options.token : token,
    pages: join(folder, 'client'),
    log,
    metrics,
    liveTimes: { resync_ms: 10, ...options.liveTimes },
    chromium: options.chromium,
    checkAnswers: process.env['CHECK_ANSWERS'] === '1',
  });
  await new Promise<void>((resolve) => app.http.listen(options.port ?? 0, '127.0.0.1', resolve));
  await twin.start();
  const { port } = app.http.address() as AddressInfo;
  const close = async (forget = true) => {
    await app.close();
    if (forget) await rm(folder, { recursive: true, force: true });
  };
  return { app, twin, url: `http://127.0.0.1:${port}`, port, folder, log: lines, close };
}

export function postReadings(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/v1/parks/sample/readings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
