/** Opens the parts that a park folder needs to run: sources, store, ledger, clock, twin. Does not start the ticks. */
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Park } from '../../models/park/park.ts';
import { modeOf } from '../../models/park/sources/sources.ts';
import { openStores, storeFiles } from '../database/database.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import type { Metrics } from '../process/metrics.ts';
import { StartFault } from '../process/start-fault.ts';
import type { Protocol } from '../sources/source.ts';
import { runClock, wallClock } from './clock.ts';
import { loadParkFolder } from './park-folder.ts';
import { type GoodFolder, inWords, isError, readBases } from './read-park.ts';
import { makeReloading, type Reloading } from './reload.ts';
import { Twin } from './twin.ts';
import { startWaysIn } from './ways-in.ts';

export interface OpenSettings {
  /** Park time to begin at, ms since 1970; null = the time of the wall clock. */
  at: number | null;
  /** Park seconds per second. */
  speed: number;
  dataDir: string;
  parkData: string | undefined;
  /**
   * Days of history: a simulated park makes them up at its first start, a replayed park takes them from its record.
   * Null = as park.yaml says for a simulated park, the whole record for a replayed one.
   */
  historyDays: number | null;
  /** Settings of each protocol of a source from the environment, by its type. */
  sources: Readonly<Record<string, unknown>>;
}

export interface OpenParts {
  folder: string;
  protocols: readonly Protocol[];
  settings: OpenSettings;
  /** Version of this software, recorded with the figures of the ledger. */
  software: string;
  log: Logger;
  metrics: Metrics;
}

/** `listen` is called after the twin has started. */
export interface OpenTwin extends Reloading {
  twin: Twin;
}

/** Days of readings that an empty store is filled with; eight are enough for an estimate from the same time of the week. */
const usualHistory_days = 8;

/** Throws a StartFault. */
export async function openTwin({ folder, protocols, settings, software, log, metrics }: OpenParts): Promise<OpenTwin> {
  const found = await loadParkFolder(folder, { PARK_DATA: settings.parkData });
  const { park, problems } = found;
  if (!park) throw new StartFault([`The park in ${folder} cannot start:`, ...problems.filter(isError).map(inWords)].join('\n'));
  const warnings = problems.filter((problem) => !isError(problem));
  if (warnings.length > 0)
    log.warn({ park: park.id, warnings: warnings.length }, `the park has warnings: npm run twin -- check ${folder} lists them`);

  const { at, speed, dataDir, parkData, historyDays } = settings;
  // A park with points from files is replayed on its own time, whatever `replay` in park.yaml says.
  const wall = at === null && speed === 1 && modeOf({ points: park.points }) !== 'replayed';
  // A run on its own clock must not change the history of the real twin.
  const files = storeFiles(dataDir, wall ? park.id : `${park.id}-run`);
  const start = (good: GoodFolder) =>
    startWaysIn(good.park, protocols, settings.sources, {
      read: (file) => readFile(good.resolve(file), 'utf8'),
      dataDir,
      recorded_days: historyDays,
      simulated_days: pastOf(good.park, historyDays, wall).readings_days,
      wall: wall && modeOf(good.park) !== 'replayed',
      registry: metrics.registry,
      log,
    });
  // First, so that a source that cannot start leaves no files behind.
  const good = { ...found, park };
  const ways = await start(good);
  // The worker threads load while this thread builds the park with the other factor set.
  const [stores, bases] = await Promise.all([openStores(files.journal), readBases(good, parkData, log)]);
  const { sources } = ways;
  const clock = wall ? wallClock() : runClock(at ?? sources.find(({ span }) => span)?.span?.first ?? Date.now(), speed);
  const ledger = await openLedger({
    stores,
    files,
    bases,
    software,
    fill: pastOf(park, historyDays, wall).fill,
    now: clock.now(),
    log,
    metrics,
  });
  const twin = new Twin({ bases, warnings, stores, ledger, clock, sources, log, metrics });
  return { twin, ...makeReloading({ folder, parkData, twin, ways, start, log }) };
}

/** How much history a simulated park makes up at its first start: days of readings, and days of ledger before them. */
function pastOf(
  park: Park,
  historyDays: number | null,
  wall: boolean,
): { readings_days: number; fill: { days: number; raw_days: number } | null } {
  // A run on its own clock begins again each time: it makes up a long history only if HISTORY_DAYS asks for it.
  const days = historyDays ?? (wall ? Number(park.simulation?.['history_days'] ?? 0) : 0);
  const raw_days = Math.min(days, park.retention?.raw_days ?? usualHistory_days);
  if (modeOf(park) !== 'simulated' || days <= raw_days) return { readings_days: days > 0 ? days : usualHistory_days, fill: null };
  // One more day of readings than the ledger reads: its first day needs the readings just before it.
  return { readings_days: raw_days + 1, fill: { days, raw_days } };
}
