/** All ways in that a point of a park may be bound to. */
import { z } from 'zod';
import type { PointBinding } from './binding.ts';
import { csvBinding } from './csv.ts';
import type { Mode } from './mode.ts';
import { mqttBinding } from './mqtt.ts';
import { pushBinding } from './push.ts';
import { simulatorBinding } from './simulator.ts';

const bindings = { mqtt: mqttBinding, simulator: simulatorBinding, push: pushBinding, csv: csvBinding };

export const sourceSchema = z.discriminatedUnion('type', [
  bindings.mqtt.schema,
  bindings.simulator.schema,
  bindings.push.schema,
  bindings.csv.schema,
]);
export type PointSource = z.output<typeof sourceSchema>;
export type SourceType = PointSource['type'];

export function bindingOf({ type }: PointSource): PointBinding {
  const byType: Record<SourceType, PointBinding> = bindings;
  return byType[type];
}

/** A park is replayed if any of its points is, else simulated if any is, else live. */
export function modeOf({ replay, points }: { replay?: unknown; points: readonly { source: PointSource }[] }): Mode {
  const found = new Set(points.map(({ source }) => bindingOf(source).mode));
  if (replay || found.has('replayed')) return 'replayed';
  return found.has('simulated') ? 'simulated' : 'live';
}
