/** Everything under /api: the operations of the contract, each answered by its resource's file, and their documentation. */
import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { type Audience, audiences } from '../../models/access/permissions.ts';
import { type Api, api } from '../../models/api/api.ts';
import type { Operation } from '../../models/api/operation.ts';
import type { Park } from '../../models/park/park.ts';
import { asyncApi } from './asyncapi.ts';
import { checkAnswer } from './check-answer.ts';
import { docsPage, docsStyle } from './docs.ts';
import { ApiError, notFound } from './errors.ts';
import { readFlows } from './flows.ts';
import { readHistory } from './history.ts';
import { bodyOf } from './json-body.ts';
import { lockPeriod, readLedger, restateLedger, unlockPeriod } from './ledger.ts';
import { readMarks } from './marks.ts';
import { openApi } from './openapi.ts';
import { listParks, readPark, reloadPark } from './parks.ts';
import { discardReading, listQuarantine, releaseReading } from './quarantine.ts';
import { postReadings } from './readings.ts';
import { listReports, publishReport, readPublished, readReport } from './report.ts';
import { type ApiParts, expressPath, type Question, queryOf, type Route, sent } from './route.ts';
import { readSeries } from './series.ts';
import { readSnapshots } from './snapshots.ts';
import { readState } from './state.ts';
import { readSupply } from './supply.ts';

const routes: { [N in keyof Api]: Route<Api[N]> } = {
  listParks,
  readPark,
  reloadPark,
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
};

/** Maximum size of a body that is read and checked by its schema. */
const mostBytes = 64_000;

export function apiRouter(parts: ApiParts): Router {
  const router = Router({ caseSensitive: true });
  const document = openApi(Object.values(api));
  const audienceOf = (request: Request) => parts.access.principalOf(request).audience;
  const perView = <T>(make: (audience: Audience) => T) =>
    Object.fromEntries(audiences.map((audience) => [audience, make(audience)])) as Record<Audience, T>;
  const described = whileSame(
    () => [...parts.twins.values()].map(({ park }) => park),
    (parks) => {
      const events = perView((audience) => asyncApi(parks, audience));
      return { events, pages: perView((audience) => docsPage(document, events[audience])) };
    },
  );
  router.get('/docs', (request, response) => void response.type('html').send(described().pages[audienceOf(request)]));
  router.get('/docs.css', (_request, response) => void response.type('css').send(docsStyle));
  router.get('/v1/openapi.json', (_request, response) => void response.json(document));
  router.get('/v1/asyncapi.json', (request, response) => void response.json(described().events[audienceOf(request)]));

  const methods = new Map<string, string[]>();
  for (const name of Object.keys(api) as (keyof Api)[]) {
    const operation: Operation = api[name];
    const path = `/v1${expressPath(operation.path)}`;
    router[operation.method](path, ...handlersOf(parts, operation, routes[name] as unknown as Route<Operation>));
    const allowed = operation.method === 'get' ? ['GET', 'HEAD'] : [operation.method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...allowed]);
  }
  for (const [path, allowed] of methods) {
    router.all(path, (request, response) => {
      response.set('Allow', allowed.join(', '));
      throw new ApiError(405, 'method', `${request.method} is not possible here, only ${allowed.join(' and ')}`);
    });
  }
  router.use((request) => {
    throw notFound(`there is nothing at /api${request.path.slice(0, 200)}; /api/docs lists what there is`);
  });
  return router;
}

/** Makes something of all parks, again only when one of them was replaced. */
function whileSame<T>(parksNow: () => Park[], make: (parks: Park[]) => T): () => T {
  let parks = parksNow();
  let made = make(parks);
  return () => {
    const now = parksNow();
    if (now.some((park, i) => park !== parks[i])) {
      parks = now;
      made = make(parks);
    }
    return made;
  };
}

/** A request without permission is refused before its body is read; then body, query and path are checked, then answered. */
function handlersOf(parts: ApiParts, operation: Operation, route: Route<Operation>): RequestHandler[] {
  const { needs, query, body, params, answer } = operation;
  const twinOf = (request: Request): Question<Operation>['twin'] => {
    const id = request.params['park'];
    if (id === undefined) return undefined;
    const twin = parts.twins.get(String(id));
    if (!twin) throw notFound(`there is no park "${String(id).slice(0, 120)}" here`);
    return twin as unknown as Question<Operation>['twin'];
  };
  const guard = (request: Request, response: Response, next: NextFunction) => {
    const principal = parts.access.principalOf(request);
    response.locals['principal'] = principal;
    const refused = parts.access.refusal(principal, needs);
    if (refused) throw new ApiError(refused.status, refused.code, refused.message);
    route.guard?.(twinOf(request), request);
    next();
  };
  const handle = async (request: Request, response: Response) => {
    const question = {
      twin: twinOf(request),
      params: params.parse(request.params),
      query: query && queryOf(query, request),
      body: body && route.ownBody_bytes === undefined ? bodyOf(body, request) : undefined,
      principal: response.locals['principal'],
      parts,
      request,
      response,
    } as Question<Operation>;
    const found = await route.answer(question);
    if (found === sent) return;
    response
      .status(answer.status ?? 200)
      .set('Cache-Control', 'no-store')
      .json(found);
  };
  return [
    ...(parts.checked ? [checkAnswer(operation)] : []),
    guard,
    ...(body ? [express.raw({ type: () => true, limit: route.ownBody_bytes ?? mostBytes })] : []),
    handle,
  ];
}
