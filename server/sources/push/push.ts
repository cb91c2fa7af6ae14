/** Readings that are posted over HTTP: server/api/readings.ts takes them, body.ts reads them. Nothing has to be started. */
import { pushSchema } from '../../../models/park/sources/push.ts';
import type { Protocol } from '../source.ts';

export const push: Protocol<null> = { type: 'push', schema: pushSchema, settings: () => null, start: async () => null };
