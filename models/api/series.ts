/** The accounted past as series: energy and carbon of assets or the park by interval, hour, day, month or year. */
import { z } from 'zod';
import { columnUnits } from '../ledger/column-unit.ts';
import { steps } from '../ledger/period.ts';
import { factorSets } from '../park/park.ts';
import { instant, isoTime, measure, ofPark } from './fields.ts';
import { operation } from './operation.ts';

export const seriesLimits = {
  /** The most values in one answer: periods × columns × owners. */
  values: 2_000_000,
  /** The most periods in one answer. */
  rows: 20_000,
} as const;

const column = z.strictObject({
  unit: z.enum(columnUnits),
  values: z.array(measure).describe('Sums of what is known; of levels the last; null where nothing is'),
  known: z.array(z.number()).describe('0…1 of the accounted intervals that are in the sum'),
});
export type SeriesColumn = z.infer<typeof column>;

const series = z.strictObject({
  park: z.string(),
  set: z.enum(factorSets),
  edition: z.int().nullable(),
  step: z.enum(steps),
  timeZone: z.string(),
  until: isoTime.nullable().describe('End of what is accounted; periods after it are not there, or grow'),
  times: z.array(isoTime).describe('Starts of the periods'),
  owners: z.record(z.string(), z.strictObject({ columns: z.record(z.string(), column) })).describe('By id of the asset; "" is the park'),
  intervals: z.array(z.number()).describe('Accounted intervals of each period'),
  expected: z.array(z.number()).describe('Intervals that it has: 92 to 100 a day'),
  gone: z
    .array(z.strictObject({ from: isoTime, to: isoTime.describe('Not included') }))
    .describe('Parts of the range that are not kept at this step any more: null there; longer steps have them'),
});
export type SeriesAnswer = z.infer<typeof series>;

export const readSeries = operation({
  method: 'get',
  path: '/parks/{park}/series',
  needs: 'figures:read',
  summary: 'The accounted past, step by step',
  description: `Energy in Wh and carbon in mg, whole numbers: sums of parts are totals exactly. Streams; at most ${seriesLimits.rows} rows (days, for months and years) and ${seriesLimits.values} values. Periods without figures are there with null.`,
  params: ofPark,
  query: z.strictObject({
    owner: z
      .array(z.string().max(120))
      .max(200)
      .optional()
      .describe('Id of an asset; empty (or left out) for the park; may be given several times; * for all assets, by day or longer'),
    columns: z
      .string()
      .max(4000)
      .optional()
      .describe('Names with commas between, such as electricity.in.Wh,carbon.mg; all that the owner has if left out'),
    from: instant.describe('ISO 8601 with offset: periods that start then or later'),
    to: instant.describe('ISO 8601 with offset: periods that start before it'),
    step: z.enum(steps).default('day').describe("Days, months and years are the park's own"),
    set: z.enum(factorSets).optional().describe('Which factors it was accounted with: direct, where the park has them, if left out'),
    edition: z
      .string()
      .regex(/^[1-9]\d{0,8}$/, 'a whole number')
      .transform(Number)
      .optional()
      .describe('As of this edition of the ledger; the newest if left out'),
  }),
  answer: { description: 'Values in order of time', schema: series },
  problems: { 400: 'The question is wrong or too large', 404: 'There is no such park or asset, or no ledger' },
});
