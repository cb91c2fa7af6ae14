/** Where an asset's energy comes from now. */
import { z } from 'zod';
import { supplyOf } from '../../models/carbon/supply.ts';
import { sourceKinds } from '../../models/park/park.ts';
import { notFound } from './errors.ts';
import { fullOnly, measure, type Route, twinOf } from './operation.ts';

const share = z.number().min(0).max(1);

export const readSupply: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/assets/{asset}/supply',
    summary: "Where an asset's energy comes from now",
    description:
      'Every source by its share of primary energy, through storage as storage, and the lines it passes. Shares of sources sum to 1; empty where nothing is known. Not public.',
    params: { park: 'Id of the park', asset: 'Id of the asset' },
    answer: {
      description: 'Sources and lines, largest first',
      schema: z.object({
        park: z.string(),
        asset: z.string(),
        time: z.string().describe('Park time, ISO 8601'),
        sources: z.array(
          z.object({ asset: z.string(), port: z.string().nullable(), kind: z.enum(sourceKinds), share, intensity_gPerKwh: measure }),
        ),
        lines: z.array(z.object({ id: z.string(), share: z.number().min(0) })),
      }),
    },
    problems: { 403: 'Not public', 404: 'There is no such park or asset' },
  },
  handle: (parts, request, response) => {
    const twin = twinOf(parts, request);
    fullOnly(parts, request);
    const { compiled } = twin.parts;
    const id = String(request.params['asset']);
    const asset = compiled.assetIndex.get(id);
    if (asset === undefined) throw notFound(`the park has no asset "${id.slice(0, 120)}"`);
    const supply = supplyOf(compiled, twin.live, asset) ?? { sources: [], lines: [] };
    response.set('Cache-Control', 'no-store').json({ park: twin.park.id, asset: id, time: new Date(twin.time).toISOString(), ...supply });
  },
};
