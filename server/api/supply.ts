/** Where an asset's energy comes from and where what it gives goes, now or in any accounted interval. */
import { z } from 'zod';
import { useKinds } from '../../models/carbon/delivery.ts';
import { directions, type FollowAnswer, follow } from '../../models/carbon/follow.ts';
import { sourceKinds } from '../../models/source-kinds.ts';
import { ApiError, notFound } from './errors.ts';
import { instant, isoOf } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { fullOnly, measure, queryOf, type Route, twinOf } from './operation.ts';

const share = z.number().min(0);
const querySchema = z.strictObject({
  direction: z.enum(directions).default('upstream').describe('upstream: where it comes from; downstream: where what it gives goes'),
  moment: instant.optional().describe('ISO 8601 with offset: the accounted interval that contains it; now if left out'),
});

const path = z.array(z.string()).describe('Assets and lines by id, along the way that most of it takes; of the largest 32 only');
const part = z.number().describe('0…1 of it that goes exactly this way');
const power_kW = z.number().min(0);
const carbon_kgPerH = measure;

const answerSchema = z.object({
  park: z.string(),
  asset: z.string(),
  direction: z.enum(directions),
  time: z.string().describe('Park time, ISO 8601; of an accounted interval its end'),
  moment: z.string().nullable().describe('Start of the accounted interval; null: now'),
  asAccounted: z.boolean().describe('False where readings that came after the period was locked would change what the ledger says'),
  total: z
    .object({ power_kW, intensity_gPerKwh: measure, carbon_kgPerH })
    .nullable()
    .describe('What it takes, or gives; 0 kW where it is at rest and shares say what would be. null: nothing is known'),
  sources: z
    .array(
      z.object({
        asset: z.string(),
        port: z.string().nullable(),
        kind: z.enum(sourceKinds),
        share,
        intensity_gPerKwh: measure,
        power_kW: power_kW.describe('Of what the source gives the part that ends in the asset'),
        carbon_kgPerH,
        path,
        part,
        held: z
          .array(z.object({ kind: z.enum(sourceKinds), share }))
          .optional()
          .describe('Of a storage: what it holds, by the kind it came from'),
      }),
    )
    .describe('Upstream: shares of primary energy, largest first; they sum to 1'),
  uses: z
    .array(z.object({ asset: z.string(), port: z.string().nullable(), kind: z.enum(useKinds), share, power_kW, carbon_kgPerH, path, part }))
    .describe('Downstream: largest first; with lost they sum to 1'),
  lost: share.describe('Downstream: share that stays on the way, where the park accounts losses apart'),
  lines: z
    .array(z.object({ id: z.string(), from: z.string(), to: z.string(), share, power_kW, carbon_kgPerH, assumed: z.boolean() }))
    .describe('Lines it passes, largest first, in the direction of flow; assumed: nobody knows what flows there'),
  through: z.array(z.string()).describe('All assets on the way, both ends included'),
});

export const readSupply: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/assets/{asset}/supply',
    summary: "Where an asset's energy comes from, and where what it gives goes",
    description:
      'Follows the carbon across lines, plants and storage: every source by its share of primary energy (a storage as a source, with the mix it holds) or every use, and the lines on the way. Empty where nothing is known. An accounted interval is worked out again from its records by the same arithmetic. Not public.',
    params: { park: 'Id of the park', asset: 'Id of the asset' },
    query: querySchema,
    answer: { description: 'Ends and lines, largest first', schema: answerSchema },
    problems: {
      400: 'The question is wrong',
      403: 'Not public',
      404: 'There is no such park or asset, or nothing is accounted of that moment',
    },
  },
  handle: async (parts, request, response) => {
    const twin = twinOf(parts, request);
    fullOnly(parts, request);
    const { direction, moment } = queryOf(querySchema, request);
    const { compiled } = twin.parts;
    const id = String(request.params['asset']);
    const asset = compiled.assetIndex.get(id);
    if (asset === undefined) throw notFound(`the park has no asset "${id.slice(0, 120)}"`);
    const about = { park: twin.park.id, asset: id, direction };
    response.set('Cache-Control', 'no-store');
    if (moment === undefined) {
      const now = { time: isoOf(twin.time), moment: null, asAccounted: true };
      response.json({ ...about, ...now, ...follow(compiled, twin.live, asset, direction) } satisfies FollowAnswer);
      return;
    }
    const past = await ledgerOf(parts, request).followed(id, direction, moment);
    if (past === null) throw new ApiError(404, 'notAccounted', `nothing is accounted of ${isoOf(moment)}, or its records are not kept`);
    const { from, asAccounted, followed } = past;
    const then = { time: isoOf(from + 1000 * twin.park.interval_s), moment: isoOf(from), asAccounted };
    response.json({ ...about, ...then, ...followed } satisfies FollowAnswer);
  },
};
