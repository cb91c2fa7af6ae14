/**
 * The simulated park as a source: models/simulate makes the readings of points with `source: {type: simulator}`, in a
 * thread of its own, so that counting up registers or making up days of history delays no tick.
 */

import type { Park } from '../../../models/park/park.ts';
import { simulatorSchema } from '../../../models/park/sources/simulator.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { startWorker } from '../../process/worker.ts';
import type { Protocol } from '../source.ts';
import type { SimulatorSettings } from './thread.ts';

const hour_ms = 3_600_000;
const day_ms = 24 * hour_ms;

export const simulator: Protocol<null> = {
  type: 'simulator',
  schema: simulatorSchema,
  settings: () => null,
  start: async (park, _settings, { simulated_days }) => {
    if (!park.points.some((point) => point.source.type === 'simulator')) return null;
    const settings: SimulatorSettings = { park: accountedPart(park) };
    const thread = await startWorker(new URL('./thread.ts', import.meta.url), settings, 'simulator');
    const ready = thread.ready();
    // It loads while other parts open; a fault is thrown where the first readings are asked for.
    ready.catch(() => {});
    return {
      source: {
        name: 'simulator',
        readings: async (from, to) => {
          await ready;
          return thread.ask<Reading[]>({ kind: 'readings', from, to });
        },
        history_ms: simulated_days * day_ms,
        // Short enough that a tick hardly waits for it.
        slice_ms: hour_ms,
        close: async () => {
          await thread.ask({ kind: 'close' });
          await thread.ended;
        },
      },
    };
  },
};

/** The park without its context, which is only drawn: the thread does not need it, and it is most of a large site's data. */
function accountedPart(park: Park): Park {
  return { ...park, context: [] };
}
