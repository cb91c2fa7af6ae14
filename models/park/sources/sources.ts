/** All ways in that a point of a park may be bound to. */
import { z } from 'zod';
import type { PointBinding } from './binding.ts';
import { csvBinding, csvSchema } from './csv.ts';
import type { Mode } from './mode.ts';
import { mqttBinding, mqttSchema } from './mqtt.ts';
import { pushBinding, pushSchema } from './push.ts';
import { simulatorBinding, simulatorSchema } from './simulator.ts';

export const sourceSchema = z.discriminatedUnion('type', [mqttSchema, simulatorSchema, pushSchema, csvSchema]);
export type PointSource = z.output<typeof sourceSchema>;
export type SourceType = PointSource['type'];

const bindings: Record<SourceType, PointBinding> = {
  mqtt: mqttBinding,
  simulator: simulatorBinding,
  push: pushBinding,
  csv: csvBinding,
};

export function bindingOf({ type }: PointSource): PointBinding {
  return bindings[type];
}

/** A park is replayed if any of its points is, else simulated if any is, else live. */
export function modeOf({ replay, points }: { replay?: unknown; points: readonly { source: PointSource }[] }): Mode {
  const found = new Set(points.map(({ source }) => bindingOf(source).mode));
  if (replay || found.has('replayed')) return 'replayed';
  return found.has('simulated') ? 'simulated' : 'live';
}
