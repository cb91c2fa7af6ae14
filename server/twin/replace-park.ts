/** What a twin needs to take another version of its park while it runs: the new parts, and a state that knows what the old one did. */
import type { Bases } from '../../models/carbon/basis.ts';
import type { Compiled, Level } from '../../models/carbon/step.ts';
import type { Park } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import { qualities, type Validity } from '../../models/quality.ts';
import { ahead_ms } from '../../models/telemetry/admission.ts';
import { apply, createState, type TwinState } from '../../models/telemetry/state.ts';
import type { Window } from '../../models/telemetry/window.ts';
import type { PolledSource } from '../sources/source.ts';
import type { Journal } from '../store/journal.ts';
import { recall } from './recall.ts';

/** Another version of the same park: with the same id, time zone, interval and mode. */
export interface NextPark {
  bases: Bases;
  warnings: Problem[];
  /** Started already; the twin closes those that they replace. */
  sources: PolledSource[];
}

/** A state of the next version with what the journal knows at `now`, ms; readings that come meanwhile have to be applied to it. */
export async function nextState(compiled: Compiled, journal: Journal, since: number, now: number): Promise<TwinState> {
  const state = createState(compiled);
  // Readings may be ahead of the clock by so much.
  await recall(compiled.park, journal, state, since, now + ahead_ms);
  return state;
}

/**
 * Hands over what the journal does not tell: the last reading of a meter that has been silent for long, what was learnt for
 * estimates, and what the storages hold that both versions have. Until the ledger has accounted the day again it does not
 * know the levels of a storage in a new edition.
 */
export function handOver(before: TwinState, next: TwinState): void {
  for (const [i, { id }] of before.compiled.park.points.entries()) {
    const { times, values, validities } = before.windows[i] as Window;
    const readings = times.map((time, n) => ({
      ...{ point: id, time, value: values[n] as number },
      quality: qualities[validities[n] as number] as Validity,
    }));
    apply(next, readings);
  }
  next.typical = before.typical;
  const held = new Map(storesOf(before.compiled).map((id, s) => [id, before.levels[s] as Level]));
  next.levels = storesOf(next.compiled).map((id, s) => held.get(id) ?? (next.levels[s] as Level));
}

/** Ids of the points that only the next version has. */
export function newPoints(before: Park, next: Park): Set<string> {
  const known = new Set(before.points.map(({ id }) => id));
  return new Set(next.points.flatMap(({ id }) => (known.has(id) ? [] : [id])));
}

function storesOf({ park, stores }: Compiled): string[] {
  return stores.map((asset) => park.assets[asset]?.id as string);
}
