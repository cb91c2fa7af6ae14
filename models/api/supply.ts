/** Where an asset's energy comes from and where what it gives goes, now or in any accounted interval. */
import { z } from 'zod';
import { useKinds } from '../carbon/delivery.ts';
import { directions } from '../carbon/follow.ts';
import { sourceKinds } from '../energy-sources.ts';
import { instant, isoTime, measure } from './fields.ts';
import { operation } from './operation.ts';

const share = z.number().min(0);
const path = z.array(z.string()).describe('Assets and lines by id, along the way that most of it takes; of the largest 32 only');
const part = z.number().describe('0…1 of it that goes exactly this way');
const power_kW = z.number().min(0);
const carbon_kgPerH = measure;

const followed = z.strictObject({
  park: z.string(),
  asset: z.string(),
  direction: z.enum(directions),
  time: isoTime.describe('Park time, ISO 8601; of an accounted interval its end'),
  moment: isoTime.nullable().describe('Start of the accounted interval; null: now'),
  asAccounted: z.boolean().describe('False where readings that came after the period was locked would change what the ledger says'),
  total: z
    .strictObject({ power_kW, intensity_gPerKwh: measure, carbon_kgPerH })
    .nullable()
    .describe('What it takes, or gives; 0 kW where it is at rest and shares say what would be. null: nothing is known'),
  sources: z
    .array(
      z.strictObject({
        asset: z.string(),
        port: z.string().nullable().describe('That injects; null for an unmetered source'),
        kind: z.enum(sourceKinds),
        share,
        intensity_gPerKwh: measure,
        power_kW: power_kW.describe('Of what the source gives the part that ends in the asset'),
        carbon_kgPerH,
        path,
        part,
        held: z
          .array(z.strictObject({ kind: z.enum(sourceKinds), share }))
          .exactOptional()
          .describe('Of a storage: what it holds, by the kind it came from'),
      }),
    )
    .describe('Upstream: shares of primary energy, largest first; they sum to 1'),
  uses: z
    .array(
      z.strictObject({
        asset: z.string(),
        port: z.string().nullable().describe('That takes; null for an unmetered rest'),
        kind: z.enum(useKinds),
        share,
        power_kW,
        carbon_kgPerH,
        path,
        part,
      }),
    )
    .describe('Downstream: largest first; with lost they sum to 1'),
  lost: share.describe('Downstream: share that stays on the way, where the park accounts losses apart'),
  lines: z
    .array(z.strictObject({ id: z.string(), from: z.string(), to: z.string(), share, power_kW, carbon_kgPerH, assumed: z.boolean() }))
    .describe('Lines it passes, largest first, in the direction of flow; assumed: nobody knows what flows there'),
  through: z.array(z.string()).describe('All assets on the way, both ends included'),
});
export type FollowAnswer = z.infer<typeof followed>;

export const readSupply = operation({
  method: 'get',
  path: '/parks/{park}/assets/{asset}/supply',
  needs: 'figures:read',
  summary: "Where an asset's energy comes from, and where what it gives goes",
  description:
    'Follows the carbon across lines, plants and storage: every source by its share of primary energy (a storage as a source, with the mix it holds) or every use, and the lines on the way. Empty where nothing is known. An accounted interval is worked out again from its records by the same arithmetic.',
  params: z.strictObject({ park: z.string().describe('Id of the park'), asset: z.string().describe('Id of the asset') }),
  query: z.strictObject({
    direction: z.enum(directions).default('upstream').describe('upstream: where it comes from; downstream: where what it gives goes'),
    moment: instant.optional().describe('ISO 8601 with offset: the accounted interval that contains it; now if left out'),
  }),
  answer: { description: 'Ends and lines, largest first', schema: followed },
  problems: {
    404: 'There is no such park or asset, or nothing is accounted of that moment',
  },
});
