/** Reports of a month, quarter or year: made now, or as they were published. */
import type { Response } from 'express';
import type { Api } from '../../models/api/api.ts';
import type { Rendering } from '../../models/api/report.ts';
import { periodOf, type ReportPeriod } from '../../models/ledger/report/period.ts';
import { documentOf } from '../../models/ledger/report/report-document.ts';
import type { Report } from '../../models/ledger/report/report-shape.ts';
import { csvOf, csvOfTable } from '../report/csv.ts';
import { gatherReport } from '../report/gather-report.ts';
import { findChromium, PrintFault, printPage } from '../report/pdf.ts';
import { xlsxOf } from '../report/xlsx.ts';
import { publications, publish, published } from '../store/published-reports.ts';
import { checkSet, usualSet } from './chosen-set.ts';
import { ApiError, notFound } from './errors.ts';
import { ledgerOf } from './ledger.ts';
import { type Question, type Route, type Sent, sent } from './route.ts';

type Asking = Pick<Question<Api['readReport']>, 'parts' | 'request' | 'response' | 'twin'>;

export const readReport: Route<Api['readReport']> = {
  answer: async (question) => {
    const { twin, query, response } = question;
    const ledger = ledgerOf(twin);
    const { period: id, set = usualSet(ledger.status()), ...how } = query;
    checkSet(ledger.status(), set);
    const name = fileName(twin.park.id, id);
    if (how.format === 'pdf') return sendPdf(question, `report?period=${id}&set=${set}`, how, name);
    const report = await gatherReport(twin, ledger, periodOf(id) as ReportPeriod, set);
    return send(response, JSON.stringify(report), how, name);
  },
};

export const listReports: Route<Api['listReports']> = {
  answer: async ({ twin }) => ({ park: twin.park.id, reports: await publications(twin.parts.stores.documents) }),
};

export const readPublished: Route<Api['readPublished']> = {
  answer: async (question) => {
    const { twin, params, query: how, response } = question;
    const { report: id } = params;
    const json = /^[\w.-]{1,60}$/.test(id) ? await published(twin.parts.stores.documents, id) : null;
    if (json === null) throw notFound(`no report "${id.slice(0, 60)}" was published here`);
    const name = fileName(twin.park.id, id);
    return how.format === 'pdf' ? sendPdf(question, `report?published=${id}`, how, name) : send(response, json, how, name);
  },
};

export const publishReport: Route<Api['publishReport']> = {
  answer: async ({ twin, body }) => {
    const ledger = ledgerOf(twin);
    const { period: id, set = usualSet(ledger.status()), who } = body;
    checkSet(ledger.status(), set);
    const report = await gatherReport(twin, ledger, periodOf(id) as ReportPeriod, set);
    if (report.open)
      throw new ApiError(409, 'open', `${id} is not over, or not accounted to its end: it can be read, but not published yet`);
    return publish(twin.parts.stores.documents, report, who, Date.now());
  },
};

function fileName(park: string, id: string): string {
  return `${park}-${id}`;
}

async function send(response: Response, json: string, { format, lang, table }: Rendering, name: string): Promise<Sent> {
  response.set('Cache-Control', 'no-store');
  if (format === 'json') {
    response.type('json').send(json);
    return sent;
  }
  const document = documentOf(JSON.parse(json) as Report, lang);
  response.attachment(`${name}.${format}`);
  if (format === 'xlsx') {
    response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(await xlsxOf(document));
    return sent;
  }
  const tables = document.sections.flatMap((section) => section.tables);
  const one = tables.find(({ id }) => id === table);
  if (table !== undefined && !one) throw notFound(`the report has no table "${table}"; it has ${tables.map(({ id }) => id).join(', ')}`);
  response.type('text/csv; charset=utf-8').send(one ? csvOfTable(one) : csvOf(document));
  return sent;
}

async function sendPdf({ parts, request, response, twin }: Asking, page: string, { lang }: Rendering, name: string): Promise<Sent> {
  const chromium = findChromium(parts.chromium);
  if (chromium === null) {
    throw new ApiError(
      501,
      'noChromium',
      'there is no Chromium on this server to print with: open the report’s page and print it from your browser',
    );
  }
  // The page is loaded from the server's own address, so it shows what a request from this computer may see.
  const park = encodeURIComponent(twin.park.id);
  const url = `http://${parts.ownHost}:${request.socket.localPort}/parks/${park}/${page}&lang=${lang}&print=1`;
  try {
    const bytes = await printPage(chromium, url);
    response.set('Cache-Control', 'no-store').attachment(`${name}.pdf`).type('application/pdf').send(bytes);
    return sent;
  } catch (error) {
    if (error instanceof PrintFault)
      throw new ApiError(503, error.why === 'busy' ? 'busy' : 'notPrinted', `${error.message}; try again in a moment`);
    throw error;
  }
}
