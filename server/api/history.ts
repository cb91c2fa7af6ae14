/** The past values of a port or a point. */
import type { Api } from '../../models/api/api.ts';
import { historyLimits } from '../../models/api/history.ts';
import { readPointHistory, tellersOf } from '../twin/point-history.ts';
import { ApiError, notFound } from './errors.ts';
import { checkDays, checkRange, isoOf, isoOrNull } from './instant.ts';
import type { Route } from './route.ts';

export const readHistory: Route<Api['readHistory']> = {
  answer: async ({ twin, query: { asset, quantity, from, to, step, aggregation } }) => {
    const step_ms = step * 1000;
    checkRange({ from, to });
    checkDays({ from, to }, historyLimits.days);
    if ((to - from) / step_ms > historyLimits.steps)
      throw new ApiError(400, 'tooMuch', `at most ${historyLimits.steps} steps at a time: take a larger step`);
    if (!twin.park.assets.some(({ id }) => id === asset)) throw notFound(`the park has no asset "${asset}"`);
    const tellers = tellersOf(twin.park, asset, quantity);
    if (tellers.length === 0) throw notFound(`no point measures "${quantity}" of "${asset}"`);
    const past = await readPointHistory(twin.park, twin.parts.stores.journal, tellers, from, to, step_ms);
    const energy = aggregation === 'energy';
    if (energy && past.unit !== 'kW') throw new ApiError(400, 'badQuery', `aggregation: energy is of a power, not of ${past.unit}`);
    return {
      park: twin.park.id,
      asset,
      quantity,
      unit: energy ? 'kWh' : past.unit,
      origin: past.origin,
      source: past.from,
      step_s: step,
      aggregation: aggregation ?? null,
      readingsFrom: isoOrNull(twin.parts.ledger?.status().rawFrom ?? null),
      values: past.values.map(({ time, mean, min, max, coverage, uncertain }) => {
        const told = {
          mean,
          min,
          max,
          // Energy of the measured part of the step only: nothing is estimated for the rest.
          energy: mean === null ? null : (mean * coverage * step) / 3600,
        };
        return {
          time: isoOf(time),
          ...(aggregation ? { value: told[aggregation] } : { mean, min, max }),
          coverage: Math.round(coverage * 1e4) / 1e4,
          quality: uncertain ? 'uncertain' : 'good',
        };
      }),
    };
  },
};
