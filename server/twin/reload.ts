/**
 * Takes a park's changed folder without a restart. Everything that may fail comes first: reading and checking the folder,
 * starting its ways in, preparing the state and the ledger. Only then are the old feeds stopped and the park replaced.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { Bases } from '../../models/carbon/basis.ts';
import type { FactorSet, Park } from '../../models/park/park.ts';
import { parkFileName } from '../../models/park/park-file.ts';
import type { Problem } from '../../models/park/problems.ts';
import { modeOf } from '../../models/park/sources/sources.ts';
import { changeOf, fingerprintsOf } from '../ledger/accounted-park.ts';
import { StartFault } from '../process/start-fault.ts';
import type { Feed } from '../sources/source.ts';
import { Busy } from './accept.ts';
import { loadParkFolder } from './park-folder.ts';
import { type GoodFolder, isError, readBases } from './read-park.ts';
import type { Twin } from './twin.ts';
import type { WaysIn } from './ways-in.ts';

/** How many of a kind there are now that there were not before, and so on, by their ids. */
export interface Changes {
  added: number;
  removed: number;
  changed: number;
}

export interface Reloaded {
  /** False: the folder describes the park that runs, and nothing was done. */
  changed: boolean;
  /** The epoch that runs now, and the park's time in it, ms since 1970. */
  epoch: number;
  time: number;
  warnings: number;
  assets: Changes;
  lines: Changes;
  /** Virtual points too. */
  points: Changes;
  /** Sets of factors by which the ledger accounts otherwise from the open day on, and why, in words. */
  accounting: { set: FactorSet; reason: string }[];
}

/** The folder is not taken; the park goes on as it was. */
export class ReloadRefusal extends Error {
  override name = 'ReloadRefusal';
  constructor(
    /** `restart`: the change needs one. `problems`: the folder has errors. */
    readonly why: 'problems' | 'restart',
    message: string,
    readonly problems: Problem[] = [],
  ) {
    super(message);
  }
}

export interface ReloadParts {
  folder: string;
  parkData: string | undefined;
  twin: Twin;
  ways: WaysIn;
  /** Starts the ways in of another version. Throws a StartFault. */
  start(folder: GoodFolder): Promise<WaysIn>;
  log: Logger;
}

export interface Reloading {
  /** Starts the feeds, once. What it returns stops those that run then, and ends reloading. */
  listen(): Feed;
  /** One at a time: another one waits, and then reads the folder itself. Throws ReloadRefusal, Busy or a StoreError. */
  reload(): Promise<Reloaded>;
}

export function makeReloading({ folder, parkData, twin, start, log, ...first }: ReloadParts): Reloading {
  let { ways } = first;
  let feed: Feed | null = null;
  let ending = false;
  let turn: Promise<unknown> = Promise.resolve();
  const { clock } = twin.parts;
  const entrance = { now: () => clock.now(), accept: twin.accept };

  const demandRunning = () => {
    if (ending) throw new Busy('the server is shutting down');
    if (!twin.ready) throw new Busy('the park is starting, or stopping');
  };

  const startAndAsk = async (good: GoodFolder): Promise<WaysIn> => {
    const cannot = (message: string) => {
      const problem: Problem = { severity: 'error', file: parkFileName, message, mend: 'Mend that, and reload again.' };
      return new ReloadRefusal('problems', 'a source of the folder cannot start, and the park goes on as it was', [problem]);
    };
    const next = await start(good).catch((error: unknown) => {
      throw error instanceof StartFault ? cannot(error.message) : error;
    });
    try {
      // Asked for nothing: whatever answers has really started.
      for (const { readings } of next.sources) await readings(twin.time, twin.time);
    } catch (error) {
      await next.close();
      throw cannot((error as Error).message);
    }
    return next;
  };

  const once = async (): Promise<Reloaded> => {
    demandRunning();
    const before = twin.park;
    const found = await loadParkFolder(folder, { PARK_DATA: parkData });
    const { park, problems } = found;
    if (!park) {
      const errors = problems.filter(isError);
      throw new ReloadRefusal('problems', `the folder has errors (${errors.length}), and the park goes on as it was`, errors);
    }
    const why = whyRestart(before, park);
    if (why !== null) throw new ReloadRefusal('restart', `${why}; stop the server and start it again`);
    const good = { ...found, park };
    const next = await readBases(good, parkData, log);
    const { bases, warnings } = twin.parts;
    const told = () => ({ epoch: twin.epoch, time: twin.time, warnings: problems.length });
    const differences = differencesOf(bases, next);
    if (isDeepStrictEqual([next, problems], [bases, warnings])) return { changed: false, ...told(), ...differences };
    const nextWays = await startAndAsk(good);
    const hadFeeds = feed !== null;
    const stopFeeds = async () => {
      // What fails here was not stored, so its sender sends it again.
      await feed?.stop().catch((error) => log.error({ err: error, park: park.id }, 'a source could not be stopped'));
      feed = null;
    };
    try {
      demandRunning();
      const { sources } = nextWays;
      await twin.replacePark({ bases: next, warnings: problems, sources }, stopFeeds);
    } catch (error) {
      if (twin.park !== park) await nextWays.close();
      throw error;
    } finally {
      if (twin.park === park) ways = nextWays;
      if (hadFeeds && !ending && twin.ready) feed ??= ways.listen(entrance);
    }
    const reloaded = { changed: true, ...told(), ...differences };
    log.info({ park: park.id, ...reloaded }, 'the changed park is taken');
    return reloaded;
  };

  return {
    listen: () => {
      feed = ways.listen(entrance);
      return {
        stop: async () => {
          ending = true;
          await turn;
          await feed?.stop();
          feed = null;
        },
      };
    },
    reload: () => {
      const done = turn.then(once);
      turn = done.catch(() => {});
      return done;
    },
  };
}

/** Why the other version cannot be taken while the park runs; null where it can. */
function whyRestart(before: Park, after: Park): string | null {
  if (after.id !== before.id)
    return `the park's id is "${after.id}" now, and readings and ledger are kept under "${before.id}": it would be another history`;
  if (after.timeZone !== before.timeZone)
    return `the time zone is ${after.timeZone} now, and not ${before.timeZone}: the days of the ledger would be others`;
  if (after.interval_s !== before.interval_s)
    return `intervals are ${after.interval_s} s now, and not ${before.interval_s} s: those of the ledger would be others`;
  const [mode, was] = [modeOf(after), modeOf(before)];
  if (mode !== was || modeOf({ points: after.points }) !== modeOf({ points: before.points }))
    return `the park would be ${mode} now, and not ${was}: it would run on another clock`;
  return null;
}

interface WithId {
  id: string;
}

function changesOf(before: readonly WithId[], after: readonly WithId[]): Changes {
  const old = new Map(before.map((one) => [one.id, one]));
  const kept = after.filter(({ id }) => old.has(id));
  return {
    added: after.length - kept.length,
    removed: before.length - kept.length,
    changed: kept.filter((one) => !isDeepStrictEqual(one, old.get(one.id))).length,
  };
}

function differencesOf(bases: Bases, next: Bases) {
  const [[{ park: before }], [{ park: after }]] = [bases, next];
  const accounting = next.flatMap((is) => {
    const was = bases.find(({ factors }) => factors === is.factors);
    const reason = was ? changeOf(fingerprintsOf(was), fingerprintsOf(is)) : 'first accounting';
    return reason ? [{ set: is.factors, reason }] : [];
  });
  return {
    assets: changesOf(before.assets, after.assets),
    lines: changesOf(before.lines, after.lines),
    points: changesOf([...before.points, ...before.virtualPoints], [...after.points, ...after.virtualPoints]),
    accounting,
  };
}
