/** All ways in. A new one is a folder here, its binding in models/park/sources, and a line in each list. */
import type { SourceType } from '../../models/park/sources/sources.ts';
import { csv } from './csv/csv.ts';
import { mqtt } from './mqtt/mqtt.ts';
import { push } from './push/push.ts';
import { simulator } from './simulator/simulator.ts';
import type { Protocol } from './source.ts';

const byType: Record<SourceType, Protocol> = { mqtt, simulator, push, csv };
export const protocols: readonly Protocol[] = Object.values(byType);
