/** The only file that reads the environment and flags, opens files and ports. */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { compile } from '../models/carbon/compile.ts';
import { modeOf } from '../models/park/mode.ts';
import type { Park, Problem } from '../models/park/park.ts';
import { ingestIsOn } from './access/token.ts';
import { type App, createApp } from './app.ts';
import { type Clock, runClock, wallClock } from './clock.ts';
import { openLedger } from './ledger/open-ledger.ts';
import type { Parks } from './ledger/shelf.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { loadParkFolder } from './park-folder.ts';
import { readSettings, type Settings, type SettingsFault } from './settings.ts';
import { csvReplay } from './sources/csv-replay.ts';
import type { MqttFeed } from './sources/mqtt.ts';
import { startMqttFeeds } from './sources/mqtt-feeds.ts';
import { startSimulator, usualHistory_days } from './sources/simulator.ts';
import type { Source } from './sources/source.ts';
import { openSqlite } from './store/sqlite.ts';
import { Twin } from './twin.ts';
import { version } from './version.ts';

/** What a person has to mend before anything can run. */
class StartFault extends Error {
  override name = 'StartFault';
}

const day_ms = 86_400_000;
const say = (line: string) => process.stderr.write(`${line}\n`);

async function openTwin(folder: string, settings: Settings, log: pino.Logger, metrics: Metrics): Promise<Twin> {
  const { park, problems, resolve } = await loadParkFolder(folder, { PARK_DATA: settings.parkData });
  if (!park) throw new StartFault([`The park in ${folder} cannot start:`, ...problems.filter(isError).map(inWords)].join('\n'));
  const warnings = problems.filter((problem) => !isError(problem));
  if (warnings.length > 0)
    log.warn({ park: park.id, warnings: warnings.length }, `the park has warnings: npm run twin -- check ${folder} lists them`);

  const { historyDays } = settings;
  const read = (file: string) => readFile(resolve(file), 'utf8');
  const replay = await csvReplay(park.points, read, historyDays === null ? undefined : historyDays * day_ms);
  for (const { file, line, message } of replay?.faults.slice(0, 5) ?? []) log.warn({ park: park.id, file, line }, `left out: ${message}`);
  if (replay && replay.faults.length > 5) log.warn({ park: park.id, rows: replay.faults.length }, 'rows and cells left out in all');

  const span = replay?.source.span;
  const ownTime = settings.at ?? (span && modeOf(park) === 'replayed' ? span.first : null);
  const clock = ownTime === null && settings.speed === 1 ? wallClock() : runClock(ownTime ?? Date.now(), settings.speed);
  const past = pastOf(park, settings, clock);
  // A run on a clock of its own must not disturb the history of the real one.
  const name = join(settings.dataDir, clock.wall ? park.id : `${park.id}-run`);
  const storeFile = `${name}.sqlite`;
  // Threads load while this one builds the other set.
  const [simulator, store, parks] = await Promise.all([
    startSimulator(park, past.readings_days),
    openSqlite({ file: storeFile }),
    bothSets(folder, park, settings, log),
  ]);
  const sources = [replay?.source ?? null, simulator].filter((source): source is Source => source !== null);
  const { fill } = past;
  const ledgerFile = `${name}.ledger.sqlite`;
  const ledger = await openLedger({ file: ledgerFile, store, storeFile, parks, software: version, fill, now: clock.now(), log, metrics });
  const beside = parks.lifecycle && parks.lifecycle !== park ? compile(parks.lifecycle) : undefined;
  return new Twin({ compiled: compile(park), beside, warnings, store, ledger, clock, sources, log, metrics });
}

/** The park built with life-cycle factors beside, where it has one for every source. */
async function bothSets(folder: string, park: Park, settings: Settings, log: pino.Logger): Promise<Parks> {
  if (park.set === 'lifecycle') return { direct: null, lifecycle: park };
  const { sources = [], fallback = [] } = park.lifecycleLacks ?? {};
  if (sources.length > 0 || fallback.length > 0) return { direct: park, lifecycle: null };
  const other = await loadParkFolder(folder, { PARK_DATA: settings.parkData }, 'lifecycle');
  if (!other.park) log.warn({ park: park.id }, `no life-cycle set: ${other.problems.filter(isError).map(inWords).join(' ')}`);
  // What is only drawn is there once.
  return { direct: park, lifecycle: other.park && { ...other.park, context: park.context } };
}

/** How much of a past a simulated park makes up at its first start: days of readings, and of ledger before them. */
function pastOf(
  park: Park,
  { historyDays }: Settings,
  clock: Clock,
): { readings_days: number; fill: { days: number; raw_days: number } | null } {
  // A run on a clock of its own begins anew each time: it does not make up a year unless asked to.
  const days = historyDays ?? (clock.wall ? Number(park.simulation?.['history_days'] ?? 0) : 0);
  const raw_days = Math.min(days, park.retention?.raw_days ?? usualHistory_days);
  if (modeOf(park) !== 'simulated' || days <= raw_days) return { readings_days: days > 0 ? days : usualHistory_days, fill: null };
  // One more day of readings than the ledger begins to read: its first day rests on what came before it.
  return { readings_days: raw_days + 1, fill: { days, raw_days } };
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
    // After a restart thousands come back at once; whom the queue has no room for tries again much later.
    app.http.listen({ port, host, backlog: 4096 }, resolve);
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
  const { host, ingestToken, chromium, checkAnswers } = settings;
  const app = createApp({ twins, host, ingestToken, pages, log, metrics, chromium, checkAnswers });
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
