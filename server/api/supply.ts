/** Where an asset's energy comes from and where the energy it gives goes, now or in any accounted interval. */
import type { Api } from '../../models/api/api.ts';
import { follow } from '../../models/carbon/follow.ts';
import { ApiError, notFound } from './errors.ts';
import { isoOf } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import type { Route } from './route.ts';

export const readSupply: Route<Api['readSupply']> = {
  answer: async ({ twin, params: { asset: id }, query: { direction, moment } }) => {
    const { compiled } = twin;
    const asset = compiled.assetIndex.get(id);
    if (asset === undefined) throw notFound(`the park has no asset "${id.slice(0, 120)}"`);
    const about = { park: twin.park.id, asset: id, direction };
    if (moment === undefined) {
      return { ...about, time: isoOf(twin.time), moment: null, asAccounted: true, ...follow(compiled, twin.live, asset, direction) };
    }
    const past = await ledgerOf(twin).followed(id, direction, moment);
    if (past === null) throw new ApiError(404, 'notAccounted', `nothing is accounted of ${isoOf(moment)}, or its records are not kept`);
    const { from, asAccounted, followed } = past;
    return { ...about, time: isoOf(from + 1000 * twin.park.interval_s), moment: isoOf(from), asAccounted, ...followed };
  },
};
