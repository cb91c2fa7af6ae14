/** Readings over HTTP: answered when they are committed. */
import type { Api } from '../../models/api/api.ts';
import { readBody } from '../sources/http.ts';
import { ApiError } from './errors.ts';
import type { Route } from './route.ts';

/** 10,000 readings are about 1 MB. */
const mostBytes = 8_000_000;

export const postReadings: Route<Api['postReadings']> = {
  guard: (twin, request) => {
    if (twin.mode === 'replayed') {
      throw new ApiError(409, 'replayed', 'this park replays recorded data and takes no readings from anywhere else');
    }
    if (!/^application\/(\w+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new ApiError(415, 'notJson', 'the Content-Type must be application/json');
    }
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
