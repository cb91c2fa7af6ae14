/** Reports of a month, quarter or year: made now, or as they were published. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { factorSets } from '../../models/ledger/block.ts';
import type { Report } from '../../models/ledger/report.ts';
import { documentOf } from '../../models/ledger/report-document.ts';
import { periodOf, type ReportPeriod } from '../../models/ledger/report-period.ts';
import { reportLanguages } from '../../models/ledger/report-words.ts';
import { isLoopback } from '../audience.ts';
import { csvOf, csvOfTable } from '../report/csv.ts';
import { gatherReport } from '../report/gather.ts';
import { findChromium, PrintFault, printPage } from '../report/pdf.ts';
import { publications, publish, published } from '../report/published.ts';
import { xlsxOf } from '../report/xlsx.ts';
import { checkSet, usualSet } from './chosen-set.ts';
import { ApiError, notFound } from './errors.ts';
import { bodyOf, smallBody } from './json-body.ts';
import { ledgerOf } from './ledger.ts';
import { type ApiParts, fullOnly, queryOf, type Route, twinOf } from './operation.ts';
import { mayDecide } from './quarantine.ts';

const period = z
  .string()
  .refine((id) => periodOf(id) !== null, 'a month 2026-10, a quarter 2026-Q3 or a year 2026')
  .describe('Month `2026-10`, quarter `2026-Q3` or year `2026`, in the park’s own days');
const set = z.enum(factorSets).optional().describe('Set of emission factors: direct, where the park has them, if left out');
const rendering = {
  format: z.enum(['json', 'xlsx', 'csv', 'pdf']).default('json'),
  lang: z.enum(reportLanguages).default('en').describe('Of all but JSON, which has both'),
  table: z.string().max(40).optional().describe('Of csv: only this table, heads and rows'),
};
const querySchema = z.strictObject({ period, set, ...rendering });
const publishedQuery = z.strictObject(rendering);
type Rendering = z.output<typeof publishedQuery>;

const known = z.union([z.object({ value: z.number(), why: z.null() }), z.object({ value: z.null(), why: z.string() })]);
const sums = z.looseObject({
  intervals: z.int(),
  expected: z.int(),
  columns: z.record(z.string(), z.number().nullable()).describe('By the ledger’s column names: whole Wh or mg; null: unknown'),
});
const reportSchema = z
  .looseObject({
    format: z.literal(1),
    period: z.looseObject({ id: z.string(), kind: z.enum(['month', 'quarter', 'year']), first: z.string(), last: z.string() }),
    set: z.enum(factorSets),
    preparedAt: z.string(),
    open: z.boolean().describe('The period is not over, or not accounted to its end'),
    totals: sums,
    market: known.describe('Market-based Scope 2, mg, or why there is none'),
    users: z.array(z.looseObject({ id: z.string(), energy_Wh: z.number().nullable(), mg: z.number().nullable() })),
    rows: z.array(sums),
  })
  .describe('The whole report, not rounded');

const problems = {
  400: 'The question is wrong',
  403: 'Not public',
  404: 'There is no such park, report or table, or the park keeps no ledger',
  501: 'PDF: there is no Chromium on the server; print the page from a browser',
  503: 'PDF: too many are being printed, or printing failed',
};

export const readReport: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/report',
    summary: 'The report of a month, quarter or year',
    description:
      'Greenhouse gas inventory by scope, carrier, tenant and asset, with factors, method, data quality and restatements. JSON holds exact whole numbers; PDF, XLSX and CSV are rounded so that every table adds up. Not public.',
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: { description: 'The report', schema: reportSchema },
    problems,
  },
  handle: async (parts, request, response) => {
    const ledger = ledgerOf(parts, request);
    const twin = twinOf(parts, request);
    const { period: id, set = usualSet(ledger.status()), ...how } = queryOf(querySchema, request);
    checkSet(ledger.status(), set);
    const page = `report?period=${id}&set=${set}`;
    if (how.format === 'pdf') return sendPdf(parts, request, response, page, how, fileName(twin.park.id, id));
    const report = await gatherReport(twin, ledger, periodOf(id) as ReportPeriod, set);
    await send(response, JSON.stringify(report), how, fileName(twin.park.id, id));
  },
};

const publicationSchema = z.object({
  id: z.string(),
  period: z.string(),
  set: z.enum(factorSets),
  who: z.string(),
  at: z.string().describe('ISO 8601'),
  total_mg: z.number().nullable().describe('Scope 1 + 2, location-based, as published'),
});

export const listReports: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/reports',
    summary: 'Published reports',
    description: 'Oldest first. Not public.',
    params: { park: 'Id of the park' },
    answer: { description: 'The list', schema: z.object({ park: z.string(), reports: z.array(publicationSchema) }) },
    problems: { 403: 'Not public', 404: 'There is no such park' },
  },
  handle: async (parts, request, response) => {
    const { park, parts: own } = twinOf(parts, request);
    fullOnly(parts, request);
    response.set('Cache-Control', 'no-store').json({ park: park.id, reports: await publications(own.store) });
  },
};

export const readPublished: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/reports/{report}',
    summary: 'A report as it was published',
    description: 'Its figures never change, whatever was accounted again since. Not public.',
    params: { park: 'Id of the park', report: 'Id of the published report' },
    query: publishedQuery,
    answer: { description: 'The report', schema: reportSchema },
    problems,
  },
  handle: async (parts, request, response) => {
    const { park, parts: own } = twinOf(parts, request);
    fullOnly(parts, request);
    const how = queryOf(publishedQuery, request);
    const id = String(request.params['report']);
    const json = /^[\w.-]{1,60}$/.test(id) ? await published(own.store, id) : null;
    if (json === null) throw notFound(`no report "${id.slice(0, 60)}" was published here`);
    if (how.format === 'pdf') return sendPdf(parts, request, response, `report?published=${id}`, how, fileName(park.id, id));
    await send(response, json, how, fileName(park.id, id));
  },
};

const publishSchema = z.strictObject({ period, set, who: z.string().trim().min(1).max(120).describe('Who publishes') });

export const publishReport: Route = {
  operation: {
    method: 'post',
    path: '/parks/{park}/reports',
    summary: 'Publish a report',
    description:
      'Keeps the report as it is now, for good. Later readings, factors and methods change the ledger, not this. To hold the ledger as well, close the period (`POST …/ledger/locks`).',
    params: { park: 'Id of the park' },
    body: publishSchema,
    answer: { description: 'It is kept', schema: publicationSchema, status: 201 },
    problems: {
      400: 'The body is wrong',
      401: 'The token is wrong',
      403: 'Neither at the server’s own computer nor with the token',
      404: 'There is no such park, or it keeps no ledger',
      409: 'The period is not over or not accounted to its end',
      503: 'The disk is full',
    },
    secured: 'elsewhere',
  },
  guard: mayDecide,
  before: smallBody,
  handle: async (parts, request, response) => {
    const twin = twinOf(parts, request);
    const { ledger, store } = twin.parts;
    if (!ledger) throw notFound(`the park "${twin.park.id}" keeps no ledger`);
    const { period: id, set = usualSet(ledger.status()), who } = bodyOf(publishSchema, request);
    checkSet(ledger.status(), set);
    const report = await gatherReport(twin, ledger, periodOf(id) as ReportPeriod, set);
    if (report.open)
      throw new ApiError(409, 'open', `${id} is not over, or not accounted to its end: it can be read, but not published yet`);
    response.status(201).json(await publish(store, report, who, Date.now()));
  },
};

function fileName(park: string, id: string): string {
  return `${park}-${id}`;
}

async function send(response: Response, json: string, { format, lang, table }: Rendering, name: string): Promise<void> {
  response.set('Cache-Control', 'no-store');
  if (format === 'json') {
    response.type('json').send(json);
    return;
  }
  const document = documentOf(JSON.parse(json) as Report, lang);
  response.attachment(`${name}.${format}`);
  if (format === 'xlsx') {
    response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(await xlsxOf(document));
    return;
  }
  const tables = document.sections.flatMap((section) => section.tables);
  const one = tables.find(({ id }) => id === table);
  if (table !== undefined && !one) throw notFound(`the report has no table "${table}"; it has ${tables.map(({ id }) => id).join(', ')}`);
  response.type('text/csv; charset=utf-8').send(one ? csvOfTable(one) : csvOf(document));
}

async function sendPdf(
  parts: ApiParts,
  request: Request,
  response: Response,
  page: string,
  { lang }: Rendering,
  name: string,
): Promise<void> {
  const chromium = findChromium(parts.chromium);
  if (chromium === null) {
    throw new ApiError(
      501,
      'noChromium',
      'there is no Chromium on this server to print with: open the report’s page and print it from your browser',
    );
  }
  // Through the server's own door: the page is made for whoever may ask for it there.
  const host = isLoopback(parts.host) && parts.host.includes(':') ? '[::1]' : '127.0.0.1';
  const park = encodeURIComponent(String(request.params['park']));
  const url = `http://${host}:${request.socket.localPort}/parks/${park}/${page}&lang=${lang}&print=1`;
  try {
    const bytes = await printPage(chromium, url);
    response.set('Cache-Control', 'no-store').attachment(`${name}.pdf`).type('application/pdf').send(bytes);
  } catch (error) {
    if (error instanceof PrintFault)
      throw new ApiError(503, error.why === 'busy' ? 'busy' : 'notPrinted', `${error.message}; try again in a moment`);
    throw error;
  }
}
