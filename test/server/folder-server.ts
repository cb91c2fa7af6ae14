/** The real server with a park from a folder that tests edit, opened as main opens it, in this process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { protocols } from '../../server/all-sources.ts';
import { type App, createApp } from '../../server/app.ts';
import { createMetrics } from '../../server/process/metrics.ts';
import type { Protocol } from '../../server/sources/source.ts';
import { type OpenTwin, openTwin } from '../../server/twin/open-twin.ts';
import { sampleGeoJson, sampleYaml } from '../sample-park.ts';
import { writeSampleFolder } from './child-server.ts';
import { token } from './park-server.ts';

/** Ticks once a minute, and when told to. */
export const slowYaml = `${sampleYaml}clock: {tick_s: 60}\n`;
/** The same with posted readings only. */
export const quietYaml = slowYaml.replaceAll('{type: simulator}', '{type: push}');

export interface FolderOptions {
  yaml?: string;
  /** Where readings and ledger are kept: of a server before. */
  dataDir?: string;
  /** The park folder of a server before. */
  folder?: string;
  protocols?: readonly Protocol[];
  /** Settings of the protocols, by type. */
  sources?: Record<string, unknown>;
  historyDays?: number;
  at?: number;
}

export interface FolderServer extends OpenTwin {
  app: App;
  url: string;
  folder: string;
  dataDir: string;
  log: string[];
  /** Writes park.yaml or the features, as a person edits them. */
  edit(yaml: string, geojson?: string): Promise<void>;
  post(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  get(path: string): Promise<Record<string, unknown>>;
  /** Stops as main does; the folders stay for another start unless `forget`. */
  close(forget?: boolean): Promise<void>;
}

export async function startFolder(options: FolderOptions = {}): Promise<FolderServer> {
  const folder = options.folder ?? (await writeSampleFolder(options.yaml ?? quietYaml));
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'data-')));
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics({ process: false });
  const settings = {
    at: options.at ?? null,
    speed: 1,
    dataDir,
    parkData: undefined,
    historyDays: options.historyDays ?? null,
    sources: options.sources ?? {},
  };
  const opened = await openTwin({ folder, protocols: options.protocols ?? protocols, settings, software: 'test', log, metrics });
  const { twin } = opened;
  const app = createApp({
    ...{ twins: [twin], reload: () => opened.reload(), host: '127.0.0.1', ingestToken: token },
    ...{ pages: join(dataDir, 'client'), log, metrics, liveTimes: { resync_ms: 10 }, checkAnswers: true },
  });
  await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve));
  await twin.start();
  const feed = opened.listen();
  const { port } = app.http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const park = `${url}/api/v1/parks/${twin.park.id}`;
  return {
    ...opened,
    ...{ app, url, folder, dataDir, log: lines },
    edit: async (yaml, geojson = sampleGeoJson) => {
      await writeSampleFolder(yaml, folder);
      await writeFile(join(folder, 'park.geojson'), geojson);
    },
    post: async (path, body) => {
      const headers = { ...(body !== undefined && { 'content-type': 'application/json', authorization: `Bearer ${token}` }) };
      const response = await fetch(`${park}${path}`, {
        method: 'POST',
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    get: async (path) => (await fetch(`${park}${path}`)).json() as Promise<Record<string, unknown>>,
    close: async (forget = true) => {
      await feed.stop();
      await app.close();
      if (forget) for (const gone of [folder, dataDir]) await rm(gone, { recursive: true, force: true });
    },
  };
}
