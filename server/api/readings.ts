/** Readings over HTTP: answered when they are committed. */
import type { Api } from '../../models/api/api.ts';
import { readBody } from '../sources/push/body.ts';
import { ApiError } from './errors.ts';
import { demandJson } from './json-body.ts';
import type { Route } from './route.ts';

/** 10,000 readings are about 1 MB. */
const mostBytes = 8_000_000;

export const postReadings: Route<Api['postReadings']> = {
  guard: (twin, request) => {
    if (twin.mode === 'replayed') {
      throw new ApiError(409, 'replayed', 'this park replays recorded data and takes no readings from anywhere else');
    }
    demandJson(request);
  },
  ownBody_bytes: mostBytes,
  answer: async ({ twin, parts, request }) => {
    try {
      return await twin.accept(readBody(request.body), 'http');
    } catch (error) {
      parts.metrics.refused(twin.park.id, error instanceof Error ? error.name : 'unknown');
      throw error;
    }
  },
};
