/** What a way in is given, for tests that start one without main. */
import type { Entrance, StartParts } from '../../../../server/sources/source.ts';
import type { Twin } from '../../../../server/twin/twin.ts';

export function startPartsOf({ mode, parts: { log, metrics, clock } }: Twin, dataDir: string): StartParts {
  const read = async (file: string) => Promise.reject(new Error(`${file} is not to be read`));
  return {
    read,
    dataDir,
    recorded_days: null,
    simulated_days: 0,
    wall: clock.wall && mode !== 'replayed',
    registry: metrics.registry,
    log,
  };
}

export function entranceOf(twin: Twin): Entrance {
  return { now: () => twin.parts.clock.now(), accept: (readings, source) => twin.accept(readings, source) };
}
