/** What a way in is given, for tests that start one without main. */
import type { Entrance, StartParts } from '../../../../server/sources/source.ts';
import type { Twin } from '../../../../server/twin/twin.ts';

export function startPartsOf({ parts: { log, metrics } }: Twin, dataDir: string): StartParts {
  const read = async (file: string) => Promise.reject(new Error(`${file} is not to be read`));
  return { read, dataDir, recorded_days: null, simulated_days: 0, registry: metrics.registry, log };
}

export function entranceOf(twin: Twin): Entrance {
  return { mode: twin.mode, clock: twin.parts.clock, accept: (readings, source) => twin.accept(readings, source) };
}
