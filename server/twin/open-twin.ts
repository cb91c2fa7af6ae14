/** Opens the parts that a park folder needs to run: sources, store, ledger, clock, twin. Does not start the ticks. */
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { compile } from '../../models/carbon/compile.ts';
import type { Park } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import { modeOf } from '../../models/park/sources/sources.ts';
import type { ParkSets } from '../ledger/cache.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import type { Metrics } from '../process/metrics.ts';
import { StartFault } from '../process/start-fault.ts';
import type { Feed, Protocol, Started } from '../sources/source.ts';
import { openStores, storeFiles } from '../store/sqlite/open-stores.ts';
import { runClock, wallClock } from './clock.ts';
import { loadParkFolder } from './park-folder.ts';
import { Twin } from './twin.ts';

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

export interface OpenTwin {
  twin: Twin;
  /** Starts the sources that deliver readings by themselves; called after the twin has started. */
  listen(): Feed;
}

/** Days of readings that an empty store is filled with; eight are enough for an estimate from the same time of the week. */
const usualHistory_days = 8;

/** Throws a StartFault. */
export async function openTwin({ folder, protocols, settings, software, log, metrics }: OpenParts): Promise<OpenTwin> {
  const { park, problems, resolve } = await loadParkFolder(folder, { PARK_DATA: settings.parkData });
  if (!park) throw new StartFault([`The park in ${folder} cannot start:`, ...problems.filter(isError).map(inWords)].join('\n'));
  const warnings = problems.filter((problem) => !isError(problem));
  if (warnings.length > 0)
    log.warn({ park: park.id, warnings: warnings.length }, `the park has warnings: npm run twin -- check ${folder} lists them`);

  const { at, speed, dataDir, historyDays } = settings;
  // A park with points from files is replayed on its own time, whatever `replay` in park.yaml says.
  const wall = at === null && speed === 1 && modeOf({ points: park.points }) !== 'replayed';
  const past = pastOf(park, historyDays, wall);
  // A run on its own clock must not change the history of the real twin.
  const files = storeFiles(dataDir, wall ? park.id : `${park.id}-run`);
  const startParts = {
    read: (file: string) => readFile(resolve(file), 'utf8'),
    dataDir,
    recorded_days: historyDays,
    simulated_days: past.readings_days,
    wall: wall && modeOf(park) !== 'replayed',
    registry: metrics.registry,
    log,
  };
  // First, so that a source that cannot start leaves no files behind.
  const started = await Promise.all(protocols.map((protocol) => protocol.start(park, settings.sources[protocol.type], startParts)));
  // The worker threads load while this thread builds the park with the other factor set.
  const [stores, parks] = await Promise.all([openStores(files.journal), bothSets(folder, park, settings, log)]);
  const there = started.filter((one): one is Started => one !== null);
  const sources = there.flatMap(({ source }) => source ?? []);
  const clock = wall ? wallClock() : runClock(at ?? sources.find(({ span }) => span)?.span?.first ?? Date.now(), speed);
  const { fill } = past;
  const ledger = await openLedger({
    stores,
    files,
    parks,
    software,
    fill,
    now: clock.now(),
    log,
    metrics,
  });
  const beside = parks.lifecycle && parks.lifecycle !== park ? compile(parks.lifecycle) : undefined;
  const twin = new Twin({ compiled: compile(park), beside, warnings, stores, ledger, clock, sources, log, metrics });
  return {
    twin,
    listen: () => {
      const feeds = there.flatMap(({ listen }) => listen?.({ now: () => clock.now(), accept: (all, by) => twin.accept(all, by) }) ?? []);
      return { stop: async () => void (await Promise.all(feeds.map((feed) => feed.stop()))) };
    },
  };
}

/** The park, and the same park built with life-cycle factors where it has one for every source. */
async function bothSets(folder: string, park: Park, { parkData }: OpenSettings, log: Logger): Promise<ParkSets> {
  if (park.set === 'lifecycle') return { direct: null, lifecycle: park };
  const { sources = [], fallback = [] } = park.lifecycleLacks ?? {};
  if (sources.length > 0 || fallback.length > 0) return { direct: park, lifecycle: null };
  const other = await loadParkFolder(folder, { PARK_DATA: parkData }, 'lifecycle');
  if (!other.park) log.warn({ park: park.id }, `no life-cycle set: ${other.problems.filter(isError).map(inWords).join(' ')}`);
  // Both share the context (what is only drawn), so that it is in memory once.
  return { direct: park, lifecycle: other.park && { ...other.park, context: park.context } };
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

const isError = ({ severity }: Problem) => severity === 'error';

function inWords({ file, feature, field, message, mend }: Problem): string {
  return `  ${[file, feature, field].filter((part) => part !== undefined).join(' › ')}: ${message} ${mend}`;
}
