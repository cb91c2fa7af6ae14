/** Energy and carbon of a period as flows: what a Sankey diagram shows. */
import { z } from 'zod';
import { carriers } from '../carriers.ts';
import { flowNodeKinds } from '../ledger/flow-graph.ts';
import { useGroups } from '../ledger/flows.ts';
import { factorSets } from '../park/park.ts';
import { textShape as text } from '../park/part-schemas.ts';
import { isoTime, measure, ofPark, range } from './fields.ts';
import { operation } from './operation.ts';

/** The most days in one request. */
export const mostFlowDays = 1100;
const whole = z.int().min(0);

const flows = z.strictObject({
  park: z.string(),
  set: z.enum(factorSets),
  edition: z.int().nullable(),
  timeZone: z.string(),
  from: isoTime,
  to: isoTime,
  until: isoTime.nullable().describe('End of what is accounted'),
  intervals: z.number().describe('Accounted intervals of the period'),
  expected: z.number().describe('Intervals that it has'),
  estimatedShare: measure.describe('Of the electricity used'),
  nodes: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(flowNodeKinds),
      ref: z.string().describe('What it is of its kind: solar, electricity, chp, tenant:…'),
      name: text.exactOptional().describe("The park's own name, of tenants and assets"),
    }),
  ),
  links: z
    .array(
      z.strictObject({
        source: z.string(),
        target: z.string(),
        carrier: z.enum(carriers),
        Wh: whole,
        mg: whole,
        carbonUnknown: z.literal(true).exactOptional().describe("The carbon of some of it is not known: mg is the rest's"),
      }),
    )
    .describe('Carriers and conversions take in exactly what they give'),
  unknown: z.array(z.string()).describe('Ports of which nothing is known in the period, as asset/port'),
});
export type FlowsAnswer = z.infer<typeof flows>;

export const readFlows = operation({
  method: 'get',
  path: '/parks/{park}/flows',
  needs: 'figures:read',
  summary: 'Where energy and carbon of a period come from and go',
  description: `Sources, carriers, conversions, uses, export, storage, losses and what has no meter, in whole Wh and mg. At most ${mostFlowDays} days.`,
  params: ofPark,
  query: z.strictObject({
    ...range,
    set: z.enum(factorSets).optional().describe('Which factors it was accounted with: direct, where the park has them, if left out'),
    group: z
      .enum(useGroups)
      .default('tenant')
      .describe('What end uses are put together by; a use without a tenant stands by its use or kind'),
  }),
  answer: { description: 'Nodes and links, without circles', schema: flows },
  problems: { 400: 'The question is wrong or too large', 404: 'There is no such park, or it keeps no ledger' },
});
