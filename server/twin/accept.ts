/** The one entrance for readings: judged, committed, and only then known. */
import type { Point } from '../../models/park/park.ts';
import { admit } from '../../models/telemetry/admission.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import { apply, applyDecision, markConflict, type TwinState } from '../../models/telemetry/state.ts';
import type { Metrics } from '../process/metrics.ts';
import type { Journal } from '../store/journal.ts';
import type { Clock } from './clock.ts';
import type { Quarantine } from './quarantine.ts';

export interface Accepted {
  accepted: number;
  duplicates: number;
  quarantined: number;
}

/** Resolves when committed; throws a Refusal (nothing stored), Busy or a StoreError. */
export type Accept = (readings: readonly Reading[], source: string) => Promise<Accepted>;

/** Too much is waiting for the disk, or the twin cannot do this now: try again later. */
export class Busy extends Error {
  override name = 'Busy';
}

/** At most this many readings may wait for the disk; with more, the sender must try again. */
const mostWaiting = 200_000;

export interface AcceptParts {
  park: string;
  journal: Journal;
  clock: Clock;
  metrics: Metrics;
  quarantine: Quarantine;
  /** The park's points now, by id. */
  points(): ReadonlyMap<string, Point>;
  stopping(): boolean;
  /** Counts how often the history was emptied: what was on its way to the journal then is not known any more. */
  life(): number;
  /** Changes what is known. */
  change(how: (state: TwinState) => void): void;
  /** Readings came for times that are accounted already. */
  late(): void;
}

export function makeAccept({ park, journal, clock, metrics, quarantine, points, stopping, life, change, late }: AcceptParts): Accept {
  let waiting = 0;
  return async (readings, source) => {
    if (stopping()) throw new Busy('the server is shutting down');
    if (waiting + readings.length > mostWaiting) throw new Busy('too many readings are waiting to be stored');
    const { taken, aside } = admit(points(), readings, clock.now(), Date.now());
    for (const { point, reason } of aside) quarantine.note(point, reason, source);
    const own = life();
    waiting += readings.length;
    try {
      const { accepted, duplicates, conflicting, conflicts, decided, late: isLate } = await journal.append(taken, aside);
      if (own === life()) {
        change((state) => {
          apply(state, taken);
          for (const { point, time } of conflicts) markConflict(state, point, time);
          for (const reading of decided) applyDecision(state, reading);
        });
      }
      for (const { point } of conflicts) quarantine.note(point, 'conflict', source);
      if (isLate) late();
      const result = { accepted, duplicates, quarantined: aside.length + conflicting };
      metrics.count(park, source, result);
      return result;
    } finally {
      waiting -= readings.length;
    }
  };
}
