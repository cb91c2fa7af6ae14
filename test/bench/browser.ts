/**
 * The picture in a real browser: 10,000 assets recoloured, turned, and first drawn, beside deck.gl's extruded polygons and a React
 * mesh for each asset, in the same run, viewport and browser; heap over swaps of parks and a day of updates; what is loaded.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { toDocument } from '../../models/api/park-view.ts';
import { generatePark } from '../../models/generate/generate.ts';
import { buildClient } from '../../server/build-client.ts';
import { loadParkFolder } from '../../server/twin/park-folder.ts';
import { launch, serveSample } from '../browser/browser.ts';
import type { BrowserBench, Measured } from './browser/page.ts';
import type { Row } from './table.ts';

const large = Number(process.env['BENCH_ASSETS'] ?? 10_000);
const small = 200;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);
const swaps = Number(process.env['BENCH_SWAPS'] ?? 100);
const updates = Number(process.env['BENCH_UPDATES'] ?? 86_400);
const [width, height] = (process.env['BENCH_VIEWPORT'] ?? '1280x720').split('x').map(Number) as [number, number];

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

async function writeParks(folder: string): Promise<void> {
  for (const assets of [large, small]) {
    const park = await mkdtemp(join(tmpdir(), 'bench-park-'));
    for (const [name, text] of generatePark({ assets, seed: 1 })) await writeFile(join(park, name), text);
    const loaded = await loadParkFolder(park, {});
    if (!loaded.park) throw new Error('the generated park is not good');
    await writeFile(
      join(folder, `${assets}.json`),
      JSON.stringify(toDocument(loaded.park, { mode: 'simulated', audience: 'full', warnings: [], revision: 'first' })),
    );
    await rm(park, { recursive: true });
  }
}

async function servePages(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const path = pathname === '/' ? '/index.html' : pathname;
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const ask = <K extends keyof BrowserBench>(
  page: Page,
  call: K,
  ...args: Parameters<BrowserBench[K]>
): Promise<Awaited<ReturnType<BrowserBench[K]>>> =>
  page.evaluate(
    ([name, given]) =>
      (window as unknown as { bench: Record<string, (...a: unknown[]) => unknown> }).bench[name as string]?.(...(given as unknown[])),
    [call, args] as const,
  ) as Promise<Awaited<ReturnType<BrowserBench[K]>>>;

/** MB of JavaScript heap after everything that can go is gone. */
async function heap_MB(cdp: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

/** Growth per step of a series of heaps, first quarter left out. MB. */
function slope(heaps: readonly number[], stepsBetween: number): number {
  const kept = heaps.slice(Math.floor(heaps.length / 4));
  return ((kept.at(-1) as number) - (kept[0] as number)) / ((kept.length - 1) * stepsBetween);
}

/** Bytes of JavaScript, zipped, until the first picture and until nothing more is loaded. */
async function bundle_kB(): Promise<{ first: number; interactive: number }> {
  await buildClient();
  const served = await serveSample();
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ viewport: { width, height } })).newPage();
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => {
      if (/\.js$/.test(new URL(response.url()).pathname))
        sizes.push(
          response.body().then(
            (b) => gzipSync(b, { level: 9 }).length,
            () => 0,
          ),
        );
    });
    await page.goto(served.url, { waitUntil: 'commit' });
    await page.waitForSelector('[data-ready="true"]', { timeout: 180_000 });
    const sum = async () => (await Promise.all(sizes)).reduce((a, b) => a + b, 0) / 1000;
    const first = await sum();
    await page.waitForTimeout(3000);
    return { first, interactive: await sum() };
  } finally {
    await browser.close();
    await served.stop();
  }
}

export async function benchBrowser(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pages-'));
  const here = fileURLToPath(new URL('./browser', import.meta.url));
  await build({
    root: here,
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: folder, target: 'es2022', emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  });
  await writeParks(folder);
  const server = await servePages(folder);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await launch(['--js-flags=--expose-gc']);
  /** Each measurement in a page of its own, so that none inherits the other's heap. */
  const inPage = async <T>(work: (page: Page, cdp: CDPSession) => Promise<T>): Promise<T> => {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1 });
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    try {
      await page.goto(url);
      await page.waitForSelector('html[data-bench="ready"]', { state: 'attached' });
      return await work(page, await context.newCDPSession(page));
    } finally {
      await context.close();
    }
  };
  try {
    const renderer = await inPage((page) => ask(page, 'renderer'));
    const software = /swiftshader|llvmpipe|software/i.test(renderer) ? 'drawn in software' : renderer;
    const name = String(large);
    const count = large.toLocaleString('en');
    const first = await inPage((page) => ask(page, 'firstPicture', name));
    const mine = await inPage((page) => ask(page, 'rival', 'ours', name, rounds));
    const decks = await inPage((page) => ask(page, 'rival', 'deck', name, rounds));
    const each = await inPage((page) => ask(page, 'rival', 'meshes', name, rounds));
    const little = await inPage((page) => ask(page, 'small', name));
    const swapped = await inPage(async (page, cdp) => {
      const heaps: number[] = [];
      const step = Math.max(1, Math.round(swaps / 8));
      for (let i = 0; i <= swaps; i++) {
        if (i > 0) await ask(page, 'swap', String(small));
        if (i % step === 0) heaps.push(await heap_MB(cdp));
      }
      return { first: heaps[1] ?? Number.NaN, last: heaps.at(-1) as number, grows_kB: 1000 * slope(heaps.slice(1), step) };
    });
    const lived = await inPage(async (page, cdp) => {
      await ask(page, 'startDay', String(small));
      const heaps = [await heap_MB(cdp)];
      const parts = 6;
      for (let i = 0; i < parts; i++) {
        await ask(page, 'live', Math.round(updates / parts));
        heaps.push(await heap_MB(cdp));
      }
      return { first: heaps[0] as number, last: heaps.at(-1) as number };
    });
    const bundle = await bundle_kB();
    return rows({ count, software, first, mine, decks, each, little, swapped, lived, bundle });
  } finally {
    await browser.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Found {
  count: string;
  software: string;
  first: { parsed_ms: number; first_ms: number };
  mine: Measured;
  decks: Measured;
  each: Measured;
  little: { paint_ms: number; pick_ms: number };
  swapped: { first: number; last: number; grows_kB: number };
  lived: { first: number; last: number };
  bundle: { first: number; interactive: number };
}

function rows({ count, software, first, mine, decks, each, little, swapped, lived, bundle }: Found): Row[] {
  const view = `${width} × ${height}, ${software}`;
  const ms = (x: number) => (x < 10 ? x.toPrecision(2) : x.toFixed(0));
  const compared = (what: string, key: keyof Measured): Row[] =>
    (
      [
        [decks, "deck.gl's extruded PolygonLayer with updateTriggers"],
        [each, 'a React mesh for each asset'],
      ] as const
    ).map(([other, name]) => ({
      what: `${what}, ${count} assets, ${view}`,
      ours: `${ms(mine[key])} ms`,
      reference: `${ms(other[key])} ms, ${name}`,
      ratio: `${(other[key] / mine[key]).toPrecision(2)}×`,
    }));
  const alone = (what: string, found: string, wanted: string): Row => ({ what, ours: found, reference: wanted, ratio: '–' });
  return [
    ...compared('recolour all and submit the frame, main thread', 'recolour_ms'),
    ...compared('recolour all until it is drawn', 'recoloured_ms'),
    ...compared('a frame while turning, main thread', 'orbit_ms'),
    ...compared('a frame while turning, drawn', 'orbited_ms'),
    {
      what: `draw calls, triangles, of ${count} assets (ours with roads, trees, lines, cars)`,
      ours: `${mine.calls} calls, ${(mine.triangles / 1000).toFixed(0)} k triangles, ${mine.textures} textures, ${mine.geometries} geometries`,
      reference: `${each.calls} calls, ${(each.triangles / 1000).toFixed(0)} k triangles, ${each.geometries} geometries, a React mesh for each asset`,
      ratio: `${(each.calls / mine.calls).toPrecision(2)}×`,
    },
    alone(
      `first picture of ${count} assets from the document's arrival, ${view}`,
      `${(first.first_ms / 1000).toFixed(1)} s (${ms(first.parsed_ms)} ms of it reading the document)`,
      'aim 3 s',
    ),
    alone(`colours of ${count} assets from their values`, `${ms(little.paint_ms)} ms`, 'no reference'),
    alone(`what is under the pointer, among ${count}`, `${little.pick_ms.toFixed(3)} ms`, 'aim 1 ms'),
    alone(
      `heap after ${swaps} parks of ${small} assets came and went`,
      `${swapped.last.toFixed(1)} MB, after the first ${swapped.first.toFixed(1)} MB: ${swapped.grows_kB.toFixed(1)} kB a park`,
      'flat',
    ),
    alone(
      `heap after ${updates.toLocaleString('en')} updates of ${Math.min(1000, small)} values`,
      `${lived.last.toFixed(1)} MB, before ${lived.first.toFixed(1)} MB`,
      'flat',
    ),
    alone(
      'JavaScript, gzip, to the first picture and to the end',
      `${bundle.first.toFixed(0)} kB, ${bundle.interactive.toFixed(0)} kB`,
      'aim 450 kB',
    ),
  ];
}
