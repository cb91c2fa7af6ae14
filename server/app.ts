/** Builds the server from its parts, without listening on a port: tests build the same server. */
import { createServer, type Server } from 'node:http';
import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { type Access, createAccess } from './access/access.ts';
import { errorHandler, notFound } from './api/errors.ts';
import { apiRouter } from './api/router.ts';
import { type Live, type LiveTimes, startLive } from './live/live.ts';
import { pageRouter } from './pages.ts';
import type { Metrics } from './process/metrics.ts';
import { type Reloaded, ReloadRefusal } from './twin/reload.ts';
import type { Twin } from './twin/twin.ts';

export interface AppParts {
  twins: readonly Twin[];
  /** Takes the changed folder of a twin's park; absent in tests whose parks come from no folder. */
  reload?: (twin: Twin) => Promise<Reloaded>;
  /** Address that the server will be bound to: until there are user accounts it decides who gets the `public` audience. */
  host: string;
  ingestToken: string | undefined;
  /** Folder of the built client. */
  pages: string;
  log: Logger;
  metrics: Metrics;
  /** Shorter in tests. */
  liveTimes?: Partial<LiveTimes>;
  /** Path of the Chromium that prints reports; absent: the one in the usual place. */
  chromium?: string | undefined;
  /** In tests: every answer is checked by its schema. */
  checkAnswers?: boolean;
}

export interface App {
  http: Server;
  /** Ready for traffic: every twin started, not closing. */
  ready(): boolean;
  /** Takes no more requests, finishes those under way, closes all connections, and stops the twins. */
  close(): Promise<void>;
}

export function createApp(parts: AppParts): App {
  const { twins, log } = parts;
  let closing = false;
  const access = createAccess(parts);
  const ready = () => !closing && twins.every((twin) => twin.ready);
  const http = createServer(
    // Checked once a second: a slow head is closed within 10 s, a slow body within 30 s. Heads over 16 kB get a 431.
    { headersTimeout: 8500, requestTimeout: 28_500, keepAliveTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 16_384 },
    routes(parts, access, ready),
  );
  const { metrics, liveTimes = {} } = parts;
  const live: Live = startLive(http, { parks: twins, access, log, metrics, times: liveTimes });
  return {
    http,
    ready,
    close: async () => {
      closing = true;
      // Socket.IO closes the HTTP server with itself.
      const closed = live.close();
      http.closeIdleConnections();
      const late = setTimeout(() => http.closeAllConnections(), 5000);
      await closed;
      clearTimeout(late);
      await Promise.all(twins.map((twin) => twin.stop()));
    },
  };
}

function routes(parts: AppParts, access: Access, ready: () => boolean): Express {
  const { twins, host, log, metrics, chromium, reload = noFolder, checkAnswers: checked = false } = parts;
  const app = express();
  app.set('query parser', false);
  // Most answers describe the present moment and say no-store; answers that may be cached set their own ETag.
  app.set('etag', false);
  app.set('case sensitive routing', true);
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    const began = performance.now();
    response.once('finish', () => {
      const { statusCode: status } = response;
      // Paths only: queries and headers may hold secrets.
      if (status >= 400)
        log.info({ method: request.method, path: request.path, status, ms: Math.round(performance.now() - began) }, 'refused');
    });
    next();
  });
  app.use(security());
  app.use(compression());
  app.get('/healthz', (_request, response) => void response.set('Cache-Control', 'no-store').json({ status: 'ok' }));
  app.get('/readyz', (_request, response) => {
    const status = ready() ? 200 : 503;
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({ status: status === 200 ? 'ready' : 'starting' });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  const byId = new Map(twins.map((twin) => [twin.park.id, twin]));
  const ownHost = host.includes(':') ? '[::1]' : '127.0.0.1';
  app.use('/api', apiRouter({ twins: byId, access, metrics, reload, chromium, ownHost, checked }));
  app.use(pageRouter(parts.pages, new Set(byId.keys())));
  app.use((request) => {
    throw notFound(`there is nothing at ${request.path.slice(0, 200)}`);
  });
  app.use(errorHandler(log));
  return app;
}

async function noFolder({ park }: Twin): Promise<Reloaded> {
  throw new ReloadRefusal('restart', `the park "${park.id}" is not served from a folder`);
}

/** Pages may use no inline script or style, no eval, and nothing from other servers. */
function security() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    // The server uses plain HTTP; a proxy in front that adds TLS should set this header.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}
