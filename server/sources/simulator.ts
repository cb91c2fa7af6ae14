/**
 * The simulated park as a source: its points that say `source: {type: simulator}` are told by models/simulate, in a
 * thread of its own: counting up what registers show, or making up days of history, holds up no tick.
 */
import type { Park } from '../../models/park/park.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import { startWorker } from '../store/worker-line.ts';
import type { Source } from './source.ts';

const hour_ms = 3_600_000;
const day_ms = 24 * hour_ms;

export interface SimulatorSettings {
  park: Park;
}

/** Days of readings that an empty store is filled with; eight are enough for an estimate from the same time of the week. */
export const usualHistory_days = 8;

/** Null when nothing of the park is simulated. */
export async function startSimulator(park: Park, history_days = usualHistory_days): Promise<Source | null> {
  if (!park.points.some((point) => point.source.type === 'simulator')) return null;
  const settings: SimulatorSettings = { park: accountedPart(park) };
  const thread = startWorker(new URL('./simulator-thread.ts', import.meta.url), settings, 'simulator', []);
  await thread.ready();
  return {
    name: 'simulator',
    readings: (from, to) => thread.ask<Reading[]>({ kind: 'readings', from, to }),
    history_ms: history_days * day_ms,
    // Short enough that a tick hardly waits behind it.
    slice_ms: hour_ms,
    close: async () => {
      await thread.ask({ kind: 'close' });
      await thread.ended;
    },
  };
}

/** What is only drawn stays here: of a large site it is most of the megabytes. */
function accountedPart(park: Park): Park {
  return { ...park, context: [] };
}
