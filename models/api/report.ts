/** Reports of a month, quarter or year: made now, or as they were published. */
import { z } from 'zod';
import { languages } from '../languages.ts';
import { periodOf } from '../ledger/report/period.ts';
import { reportShape } from '../ledger/report/report-shape.ts';
import { factorSets } from '../park/park.ts';
import { isoTime, measure, ofPark, who } from './fields.ts';
import { operation } from './operation.ts';

const period = z
  .string()
  .refine((id) => periodOf(id) !== null, 'a month 2026-10, a quarter 2026-Q3 or a year 2026')
  .describe('Month `2026-10`, quarter `2026-Q3` or year `2026`, in the park’s own days');
const set = z.enum(factorSets).optional().describe('Set of emission factors: direct, where the park has them, if left out');
const rendering = z.strictObject({
  format: z.enum(['json', 'xlsx', 'csv', 'pdf']).default('json'),
  lang: z.enum(languages).default('en').describe('Of all but JSON, which has both'),
  table: z.string().max(40).optional().describe('Of csv: only this table, heads and rows'),
});
export type Rendering = z.output<typeof rendering>;

/** Media types in which a report can be requested instead of JSON. */
const files = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv', 'application/pdf'] as const;

const problems = {
  404: 'There is no such park, report or table, or the park keeps no ledger',
  501: 'PDF: there is no Chromium on the server; print the page from a browser',
  503: 'PDF: too many are being printed, or printing failed',
};

export const readReport = operation({
  method: 'get',
  path: '/parks/{park}/report',
  needs: 'reports:read',
  summary: 'The report of a month, quarter or year',
  description:
    'Greenhouse gas inventory by scope, carrier, tenant and asset, with factors, method, data quality and restatements. JSON holds exact whole numbers; PDF, XLSX and CSV are rounded so that every table adds up.',
  params: ofPark,
  query: z.strictObject({ period, set, ...rendering.shape }),
  answer: { description: 'The report', schema: reportShape, files },
  problems,
});

const publication = z.strictObject({
  id: z.string().describe('`2026-10.direct.1`'),
  period: z.string(),
  set: z.enum(factorSets),
  who: z.string(),
  at: isoTime,
  total_mg: measure.describe('Scope 1 + 2, location-based, as published; null: not known'),
});
export type Publication = z.infer<typeof publication>;
const publications = z.strictObject({ park: z.string(), reports: z.array(publication) });
export type Publications = z.infer<typeof publications>;

export const listReports = operation({
  method: 'get',
  path: '/parks/{park}/reports',
  needs: 'reports:read',
  summary: 'Published reports',
  description: 'Oldest first.',
  params: ofPark,
  answer: { description: 'The list', schema: publications },
  problems: {},
});

export const readPublished = operation({
  method: 'get',
  path: '/parks/{park}/reports/{report}',
  needs: 'reports:read',
  summary: 'A report as it was published',
  description: 'Its figures never change, whatever was accounted again since.',
  params: z.strictObject({ park: z.string().describe('Id of the park'), report: z.string().describe('Id of the published report') }),
  query: rendering,
  answer: { description: 'The report', schema: reportShape, files },
  problems,
});

export const publishReport = operation({
  method: 'post',
  path: '/parks/{park}/reports',
  needs: 'reports:publish',
  summary: 'Publish a report',
  description:
    'Keeps the report as it is now, for good. Later readings, factors and methods change the ledger, not this. To hold the ledger as well, close the period (`POST …/ledger/locks`).',
  params: ofPark,
  body: z.strictObject({ period, set, who: who.describe('Who publishes') }),
  answer: { description: 'It is kept', schema: publication, status: 201 },
  problems: {
    404: 'There is no such park, or it keeps no ledger',
    409: 'The period is not over or not accounted to its end',
    503: 'The disk is full',
  },
});
