/** All source protocols. A new one needs a folder in sources/, its binding in models/park/sources, and a line in each list. */
import type { SourceType } from '../models/park/sources/sources.ts';
import { csv } from './sources/csv/csv.ts';
import { mqtt } from './sources/mqtt/mqtt.ts';
import { push } from './sources/push/push.ts';
import { simulator } from './sources/simulator/simulator.ts';
import type { Protocol } from './sources/source.ts';

const byType: Record<SourceType, Protocol> = { mqtt, simulator, push, csv };
export const protocols: readonly Protocol[] = Object.values(byType);
