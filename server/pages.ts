/** The built client: one page for every address a person may open, and its hashed files, cached for good. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response, Router } from 'express';

export function pageRouter(folder: string, parks: ReadonlySet<string>): Router {
  const pages = Router({ caseSensitive: true });
  // Vite puts a hash of the content into the names under assets/.
  pages.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false, fallthrough: true }));
  pages.use(express.static(folder, { index: false, redirect: false, maxAge: 0 }));
  const page = (response: Response, status = 200) => {
    const file = join(folder, 'index.html');
    if (!existsSync(file)) return void response.status(503).type('html').send(notBuilt);
    response.status(status).sendFile(file, { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
  };
  pages.get('/', (_request, response) => page(response));
  for (const path of ['/parks/:park', '/parks/:park/kiosk', '/parks/:park/tour', '/parks/:park/analyse', '/parks/:park/report']) {
    // The page itself says that there is no such park; the status is for programs.
    pages.get(path, (request, response) => page(response, parks.has(String(request.params['park'])) ? 200 : 404));
  }
  // A browser that opens a wrong address gets the page with a 404; programs get the usual JSON error.
  pages.get(/^\/(?!api\/)/, (request, response, next) => {
    if (request.accepts(['json', 'html']) === 'html') page(response, 404);
    else next();
  });
  return pages;
}

const notBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ecopark Twin</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main><h1>The pages are not built yet</h1>
<p>The server runs and answers at <a href="/api/docs">/api/docs</a>. To build the pages, stop it and run <code>npm start</code>,
or run <code>npm run build</code> and reload.</p></main></body></html>
`;
