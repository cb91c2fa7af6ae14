/** Readings that were set aside: the list, and what a person decides about each. */
import type { Api } from '../../models/api/api.ts';
import type { AsideAnswer } from '../../models/api/quarantine.ts';
import { asideReasons, reasonOf } from '../../models/telemetry/quarantine.ts';
import type { AsideReading } from '../store/journal.ts';
import { Undecidable } from '../twin/quarantine.ts';
import { ApiError, notFound } from './errors.ts';
import { isoOf, isoOrNull } from './instant.ts';
import type { Route } from './route.ts';

function written({ id, point, time, value, quality, received, reason, state, decided }: AsideReading): AsideAnswer {
  const code = reasonOf(reason);
  const message = code === 'message' ? reason : asideReasons[code];
  return {
    id,
    point,
    // Stores of older versions may hold times that a Date cannot have; such readings are refused now.
    time: isoOf(Math.max(-8.64e15, Math.min(8.64e15, time))),
    value,
    quality,
    received: isoOf(received),
    reason: code,
    message,
    state,
    decided: isoOrNull(decided),
  };
}

export const listQuarantine: Route<Api['listQuarantine']> = {
  answer: async ({ twin: { park, quarantine }, query: { limit, cursor, point, reason, state } }) => {
    const filter = { before: cursor, point, reason, state: state === 'all' ? undefined : state };
    const [found, counts] = await Promise.all([quarantine.list(limit + 1, filter), quarantine.counts()]);
    const readings = found.slice(0, limit).map(written);
    const waiting = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const next = found.length > limit ? String(readings.at(-1)?.id) : null;
    return { park: park.id, waiting, counts, readings, next };
  },
};

function decision(verb: 'release' | 'discard'): Route<Api['releaseReading'] | Api['discardReading']> {
  return {
    answer: async ({ twin: { quarantine }, params: { id } }) => {
      if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound(`no reading "${id.slice(0, 40)}" was set aside here`);
      try {
        return written(await quarantine[verb](Number(id)));
      } catch (error) {
        if (!(error instanceof Undecidable)) throw error;
        throw error.why === 'unknown' ? notFound(error.message) : new ApiError(409, 'undecidable', error.message);
      }
    },
  };
}

export const releaseReading = decision('release');
export const discardReading = decision('discard');
