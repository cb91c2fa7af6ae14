/** The only file that reads the environment and flags, and listens on a port. */
import './process/hangup.ts';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { ingestIsOn } from './access/token.ts';
import { protocols } from './all-sources.ts';
import { type App, createApp } from './app.ts';
import { atHangup } from './process/hangup.ts';
import { createMetrics } from './process/metrics.ts';
import { StartFault } from './process/start-fault.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Feed } from './sources/source.ts';
import { Busy } from './twin/accept.ts';
import { type OpenTwin, openTwin } from './twin/open-twin.ts';
import { ReloadRefusal } from './twin/reload.ts';
import type { Twin } from './twin/twin.ts';
import { version } from './version.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

async function listen(app: App, { host, port }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    app.http.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use, perhaps by another twin. Stop that, or choose another: npm start -- --port ${port + 1}`;
      const why = error.code === 'EADDRINUSE' ? inUse : `Cannot listen on ${host}:${port}: ${error.message}`;
      reject(new StartFault(why));
    });
    // After a restart thousands of viewers reconnect at once; a viewer that finds the queue full tries again much later.
    app.http.listen({ port, host, backlog: 4096 }, resolve);
  });
}

/** A changed park is taken at SIGHUP; one that cannot be goes on as it was, and hinders no other. */
function reloadAtHangup(log: pino.Logger, open: readonly OpenTwin[]): void {
  atHangup(() => {
    log.info({ signal: 'SIGHUP', parks: open.length }, 'reloading');
    for (const { twin, reload } of open) {
      reload().then(
        ({ changed }) => {
          if (!changed) log.info({ park: twin.park.id }, 'the park is as it was');
        },
        (error) => {
          const known = error instanceof ReloadRefusal || error instanceof Busy;
          const about = known
            ? { why: error.message, ...(error instanceof ReloadRefusal && { problems: error.problems }) }
            : { err: error };
          log.error({ park: twin.park.id, ...about }, 'the park was not reloaded');
        },
      );
    }
  });
}

function endGracefully(app: App, log: pino.Logger, feeds: () => readonly Feed[]): void {
  let ending = false;
  const close = async () => {
    // The feeds stop first, so that everything they received is stored and acknowledged.
    await Promise.all(feeds().map((feed) => feed.stop()));
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
  const opened = await Promise.all(
    settings.parks.map((folder) => openTwin({ folder, protocols, settings, software: version, log, metrics })),
  );
  const twins = opened.map(({ twin }) => twin);
  const twice = twins.find((twin, i) => twins.findIndex((other) => other.park.id === twin.park.id) !== i);
  if (twice) throw new StartFault(`Two park folders have the id "${twice.park.id}": give one of them another.`);
  const pages = fileURLToPath(new URL('../dist/client', import.meta.url));
  const { host, ingestToken, chromium, checkAnswers } = settings;
  const reload = async (twin: Twin) => (opened.find((one) => one.twin === twin) as OpenTwin).reload();
  const app = createApp({ twins, reload, host, ingestToken, pages, log, metrics, chromium, checkAnswers });
  await listen(app, settings);
  let feeds: Feed[] = [];
  endGracefully(app, log, () => feeds);
  await Promise.all(twins.map((twin) => twin.start()));
  feeds = opened.map(({ listen }) => listen());
  reloadAtHangup(log, opened);

  const { port } = app.http.address() as AddressInfo;
  const shown = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  say(`Ecopark Twin: http://${shown === '127.0.0.1' ? 'localhost' : shown}:${port} (process ${process.pid})`);
  for (const { park, mode, parts, time } of twins)
    say(`  ${park.name.en} (${mode}${parts.clock.wall ? '' : `, ${settings.speed}× from ${new Date(time).toISOString()}`})`);
  if (!ingestIsOn(settings.ingestToken)) say('  HTTP ingestion is off: INGEST_TOKEN is not set to 32 characters or more.');
}

main().catch((error: unknown) => {
  say(error instanceof StartFault ? error.message : String((error as Error)?.stack ?? error));
  process.exit(1);
});
