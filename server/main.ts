/** The only file that reads the environment and flags, opens files and ports. */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { compile } from '../models/carbon/compile.ts';
import type { Problem } from '../models/park/park.ts';
import { type App, createApp } from './app.ts';
import { runClock, wallClock } from './clock.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { loadParkFolder } from './park-folder.ts';
import { readSettings, type Settings, type SettingsFault } from './settings.ts';
import { csvReplay } from './sources/csv-replay.ts';
import { ingestIsOn } from './sources/http.ts';
import type { MqttFeed } from './sources/mqtt.ts';
import { startMqttFeeds } from './sources/mqtt-feeds.ts';
import { simulatorSource } from './sources/simulator.ts';
import type { Source } from './sources/source.ts';
import { openSqlite } from './store/sqlite.ts';
import { modeOf, Twin } from './twin.ts';

/** What a person has to mend before anything can run. */
class StartFault extends Error {
  override name = 'StartFault';
}

const say = (line: string) => process.stderr.write(`${line}\n`);

async function openTwin(folder: string, settings: Settings, log: pino.Logger, metrics: Metrics): Promise<Twin> {
  const { park, problems, resolve } = await loadParkFolder(folder, { PARK_DATA: settings.parkData });
  if (!park) throw new StartFault([`The park in ${folder} cannot start:`, ...problems.filter(isError).map(inWords)].join('\n'));
  const warnings = problems.filter((problem) => !isError(problem));
  if (warnings.length > 0)
    log.warn({ park: park.id, warnings: warnings.length }, 'the park has warnings: npm run twin -- check lists them');

  const replay = await csvReplay(park.points, (file) => readFile(resolve(file), 'utf8'));
  for (const { file, line, message } of replay?.faults.slice(0, 5) ?? []) log.warn({ park: park.id, file, line }, `left out: ${message}`);
  if (replay && replay.faults.length > 5) log.warn({ park: park.id, rows: replay.faults.length }, 'rows and cells left out in all');
  const compiled = compile(park);
  const sources = [replay?.source ?? null, simulatorSource(compiled)].filter((source): source is Source => source !== null);

  const span = replay?.source.span;
  const ownTime = settings.at ?? (span && modeOf(park) === 'replayed' ? span.first : null);
  const clock = ownTime === null && settings.speed === 1 ? wallClock() : runClock(ownTime ?? Date.now(), settings.speed);
  // A run on a clock of its own must not disturb the history of the real one.
  const file = join(settings.dataDir, clock.wall ? `${park.id}.sqlite` : `${park.id}-run.sqlite`);
  return new Twin({ compiled, warnings, store: await openSqlite({ file }), clock, sources, log, metrics });
}

const isError = ({ severity }: Problem) => severity === 'error';

function inWords({ file, feature, field, message, mend }: Problem): string {
  return `  ${[file, feature, field].filter((part) => part !== undefined).join(' › ')}: ${message} ${mend}`;
}

async function listen(app: App, { host, port }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    app.http.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use, perhaps by another twin. Stop that, or choose another: npm start -- --port ${port + 1}`;
      const why = error.code === 'EADDRINUSE' ? inUse : `Cannot listen on ${host}:${port}: ${error.message}`;
      reject(new StartFault(why));
    });
    app.http.listen(port, host, resolve);
  });
}

function endGracefully(app: App, log: pino.Logger, feed: () => MqttFeed | null): void {
  let ending = false;
  const close = async () => {
    // First, so that all that was heard is stored and acknowledged.
    await feed()?.stop();
    await app.close();
  };
  const end = (signal: string) => {
    if (ending) process.exit(130);
    ending = true;
    log.info({ signal }, 'stopping');
    close().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv, process.env);
  const log = pino({ level: settings.logLevel }, pino.destination(2));
  const metrics = createMetrics({ process: true });
  const twins = await Promise.all(settings.parks.map((folder) => openTwin(folder, settings, log, metrics)));
  const twice = twins.find((twin, i) => twins.findIndex((other) => other.park.id === twin.park.id) !== i);
  if (twice) throw new StartFault(`Two park folders have the id "${twice.park.id}": give one of them another.`);
  const pages = fileURLToPath(new URL('../dist/client', import.meta.url));
  const app = createApp({ twins, host: settings.host, ingestToken: settings.ingestToken, pages, log, metrics });
  await listen(app, settings);
  let feed: MqttFeed | null = null;
  endGracefully(app, log, () => feed);
  await Promise.all(twins.map((twin) => twin.start()));
  feed = await startMqttFeeds({ twins, settings: settings.mqtt, dataDir: settings.dataDir, metrics, log });

  const { port } = app.http.address() as AddressInfo;
  const shown = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  say(`Ecopark Twin: http://${shown === '127.0.0.1' ? 'localhost' : shown}:${port}`);
  for (const { park, mode, parts, time } of twins)
    say(`  ${park.name.en} (${mode}${parts.clock.wall ? '' : `, ${settings.speed}× from ${new Date(time).toISOString()}`})`);
  if (!ingestIsOn(settings.ingestToken)) say('  HTTP ingestion is off: INGEST_TOKEN is not set to 32 characters or more.');
}

main().catch((error: unknown) => {
  const expected =
    error instanceof StartFault || (error as SettingsFault).name === 'SettingsFault' || (error as Error).name === 'ReplayFault';
  say(expected ? (error as Error).message : String((error as Error)?.stack ?? error));
  process.exit(1);
});
