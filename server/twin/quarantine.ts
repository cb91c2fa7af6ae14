/** Readings of a park that were set aside: logged once, counted, listed, and decided on by a person. */
import type { Logger } from 'pino';
import { ahead_ms, earliest } from '../../models/telemetry/admission.ts';
import { type AsideReason, asideReasons } from '../../models/telemetry/quarantine.ts';
import type { AsideFilter, AsideReading, Journal } from '../store/journal.ts';
import type { Clock } from './clock.ts';

export interface Quarantine {
  /** One line in the log for each point and reason. */
  note(point: string, reason: AsideReason, source: string): void;
  list(limit: number, filter: AsideFilter): Promise<AsideReading[]>;
  /** Readings that wait for a decision, by reason. */
  counts(): Promise<Partial<Record<AsideReason, number>>>;
  /** Puts a reading into history as uncertain, because a person decided so. Throws Undecidable. */
  release(id: number): Promise<AsideReading>;
  /** Leaves a reading out for good; it is kept. Throws Undecidable. */
  discard(id: number): Promise<AsideReading>;
}

/** The decision cannot be taken, and why. */
export class Undecidable extends Error {
  override name = 'Undecidable';
  constructor(
    readonly why: 'unknown' | 'impossible',
    message: string,
  ) {
    super(message);
  }
}

export interface QuarantineParts {
  park: string;
  journal: Journal;
  clock: Clock;
  log: Logger;
}

/** `enter` is called with every reading that a person released into history. */
export function makeQuarantine({ park, journal, clock, log }: QuarantineParts, enter: (reading: AsideReading) => void): Quarantine {
  const said = new Set<string>();
  const known = (reading: AsideReading | null | undefined, id: number): AsideReading => {
    if (reading) return reading;
    throw new Undecidable('unknown', `no reading ${id} was set aside here`);
  };
  return {
    note: (point, reason, source) => {
      const key = `${point}|${reason}`;
      if (said.has(key)) return;
      said.add(key);
      // The simulator's meters give wrong readings on purpose.
      const level = source === 'simulator' ? 'debug' : 'warn';
      log[level]({ park, point, source, reason: asideReasons[reason] }, 'reading quarantined; more of the same are only counted');
    },
    list: (limit, filter) => journal.quarantine(limit, filter),
    counts: () => journal.quarantineCounts(),
    release: async (id) => {
      const [found] = await journal.quarantine(1, { before: id + 1 });
      const why = whyNot(known(found?.id === id ? found : null, id), clock.now());
      if (why !== null) throw new Undecidable('impossible', why);
      const reading = known(await journal.decide(id, 'released', Date.now()), id);
      enter(reading);
      log.info({ park, point: reading.point, id }, 'a person released a reading');
      return reading;
    },
    discard: async (id) => {
      const reading = known(await journal.decide(id, 'discarded', Date.now()), id);
      if (reading.state === 'released')
        throw new Undecidable('impossible', 'it was released and is in history: release another value of its time instead');
      log.info({ park, point: reading.point, id }, 'a person discarded a reading');
      return reading;
    },
  };
}

/** Why a reading cannot be released; null when it can. A person may overrule what is plausible, but not the time of a reading. */
function whyNot({ value, time }: AsideReading, now: number): string | null {
  if (value === null) return 'it has no value to release: discard it';
  if (time < earliest) return 'its time cannot be right: discard it and hand it in again with the right one';
  if (time > now + ahead_ms) return 'its time has not come yet: discard it, or release it then';
  return null;
}
