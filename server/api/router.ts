/** Everything under /api. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { postReadings } from '../sources/http.ts';
import { asyncApi } from './asyncapi.ts';
import { docsPage, docsStyle } from './docs.ts';
import { ApiError, notFound } from './errors.ts';
import { readFlows } from './flows.ts';
import { readHistory } from './history.ts';
import { lockPeriod, readLedger, restateLedger, unlockPeriod } from './ledger.ts';
import { readMarks } from './marks.ts';
import { openApi } from './openapi.ts';
import { type ApiParts, audienceFor, expressPath, type Route } from './operation.ts';
import { listParks, readPark } from './parks.ts';
import { discardReading, listQuarantine, releaseReading } from './quarantine.ts';
import { listReports, publishReport, readPublished, readReport } from './report.ts';
import { readSeries } from './series.ts';
import { readSnapshots } from './snapshots.ts';
import { readState } from './state.ts';
import { readSupply } from './supply.ts';

const routes: readonly Route[] = [
  listParks,
  readPark,
  readState,
  readSupply,
  readHistory,
  postReadings,
  listQuarantine,
  releaseReading,
  discardReading,
  readLedger,
  restateLedger,
  lockPeriod,
  unlockPeriod,
  readSeries,
  readSnapshots,
  readMarks,
  readFlows,
  readReport,
  listReports,
  publishReport,
  readPublished,
];

export function apiRouter(parts: ApiParts): Router {
  const api = Router({ caseSensitive: true });
  const document = openApi(routes.map(({ operation }) => operation));
  const parks = [...parts.twins.values()].map(({ park }) => park);
  const events = { public: asyncApi(parks, 'public'), full: asyncApi(parks, 'full') };
  const pages = { public: docsPage(document, events.public), full: docsPage(document, events.full) };
  api.get('/docs', (request, response) => void response.type('html').send(pages[audienceFor(parts, request)]));
  api.get('/docs.css', (_request, response) => void response.type('css').send(docsStyle));
  api.get('/v1/openapi.json', (_request, response) => void response.json(document));
  api.get('/v1/asyncapi.json', (request, response) => void response.json(events[audienceFor(parts, request)]));

  const methods = new Map<string, string[]>();
  for (const { operation, guard, before = [], handle } of routes) {
    const path = `/v1${expressPath(operation.path)}`;
    const guarded = (request: Request, _response: Response, next: NextFunction) => {
      guard?.(parts, request);
      next();
    };
    api[operation.method](path, guarded, ...before, (request: Request, response: Response) => handle(parts, request, response));
    methods.set(path, [...(methods.get(path) ?? []), operation.method.toUpperCase()]);
  }
  for (const [path, allowed] of methods) {
    api.all(path, (request, response) => {
      response.set('Allow', allowed.join(', '));
      throw new ApiError(405, 'method', `${request.method} is not possible here, only ${allowed.join(' and ')}`);
    });
  }
  api.use((request) => {
    throw notFound(`there is nothing at /api${request.path.slice(0, 200)}; /api/docs lists what there is`);
  });
  return api;
}
