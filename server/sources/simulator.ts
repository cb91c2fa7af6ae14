/** The simulated park as a source: its points that say `source: {type: simulator}` are told by models/simulate. */
import type { Compiled } from '../../models/carbon/step.ts';
import { createSimulator } from '../../models/simulate/simulator.ts';
import type { Source } from './source.ts';

const day_ms = 86_400_000;

export function simulatorSource(compiled: Compiled): Source | null {
  const own = new Set(compiled.park.points.filter((point) => point.source.type === 'simulator').map((point) => point.id));
  if (own.size === 0) return null;
  const simulator = createSimulator(compiled, compiled.park.simulation ?? {});
  return {
    name: 'simulator',
    readings: (from, to) => simulator.readings(from, to).filter((reading) => own.has(reading.point)),
    // Enough for an estimate from the same time of the week.
    history_ms: 8 * day_ms,
    // Coarse (five minutes), and short enough that ticks hardly wait.
    slice_ms: day_ms / 8,
  };
}
