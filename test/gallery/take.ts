/** Takes pictures of the running twin: a server of its own for each start, a page of its own for each picture. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Child, startChild } from '../server/child-server.ts';

export interface Server {
  url: string;
  stop(): Promise<void>;
}

/** With a history of its own; `history_days` of the past are accounted before it answers. */
export async function serveAt(park: string, args: string[], history_days?: number): Promise<Server> {
  const child: Child = startChild(['--port', '0', ...args], {
    DATA_DIR: await mkdtemp(join(tmpdir(), 'pictures-')),
    LOG_LEVEL: 'error',
    ...(history_days !== undefined && { HISTORY_DAYS: String(history_days) }),
  });
  const url = await child.url;
  if (history_days !== undefined) await accounted(`${url}/api/v1/parks/${park}/ledger`, history_days);
  return {
    url,
    stop: async () => {
      child.process.kill('SIGTERM');
      await child.ended;
    },
  };
}

async function accounted(url: string, days: number): Promise<void> {
  for (;;) {
    const { from, until, progress } = (await (await fetch(url)).json()) as { from: string | null; until: string | null; progress: unknown };
    if (progress === null && from !== null && Date.parse(until ?? '') - Date.parse(from) > (days - 1) * 86_400_000) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export interface Shot {
  url: string;
  width: number;
  height: number;
  tier?: string;
  /** The scene without panels and names. */
  bare?: boolean;
}

/** Milliseconds without a drawn frame and an answer after which a picture is at rest; updates come every second. */
const quiet_ms = 450;

/** Opens the page and waits until the picture is there and at rest. Motion is stilled, flights are cuts. */
export async function openShot(browser: Browser, shot: Shot): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.addInitScript((tier) => {
    if (tier) localStorage.setItem('ecopark.tier', tier);
    const drawn = { at: 0 };
    Object.assign(window, { drawn });
    const clear = WebGL2RenderingContext.prototype.clear;
    WebGL2RenderingContext.prototype.clear = function (mask: number) {
      drawn.at = performance.now();
      return clear.call(this, mask);
    };
  }, shot.tier);
  const answered = hearAnswers(page);
  await page.goto(shot.url);
  await page.waitForFunction(() => document.querySelector('.stage [data-ready="true"], .chart canvas, .report'), null, {
    timeout: 180_000,
  });
  if (shot.bare)
    await page.addStyleTag({ content: 'body * { visibility: hidden !important } .scene-canvas { visibility: visible !important }' });
  await page.evaluate(() => document.fonts.ready);
  // What is followed is asked for after the values of the moment have come: on a busy computer that is a pause in drawing.
  if (new URL(shot.url).searchParams.has('follow'))
    await page.locator('.follow[data-follow]').waitFor({ state: 'attached', timeout: 180_000 });
  const atRest = () =>
    page.waitForFunction(
      (quiet) => {
        const { at } = (window as unknown as { drawn: { at: number } }).drawn;
        const charts = document.querySelector('.analyse') !== null;
        return performance.now() - at > quiet && (charts || document.querySelector('.stage .outline') === null);
      },
      quiet_ms,
      { timeout: 180_000, polling: 100 },
    );
  // What was asked for before the picture came to rest may still change it.
  do await atRest();
  while (!answered(quiet_ms));
  return page;
}

/** Whether everything that the page asked the interface has been answered, and for how long. */
function hearAnswers(page: Page): (quiet: number) => boolean {
  const open = new Set<unknown>();
  let last = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) open.add(request);
  });
  const close = (request: unknown) => {
    if (open.delete(request)) last = performance.now();
  };
  page.on('requestfinished', close);
  page.on('requestfailed', close);
  return (quiet) => open.size === 0 && performance.now() - last > quiet;
}

export async function take(browser: Browser, shot: Shot, quality = 88): Promise<Buffer> {
  const page = await openShot(browser, shot);
  try {
    return await page.screenshot({ type: 'jpeg', quality, timeout: 180_000 });
  } finally {
    await page.context().close();
  }
}

/** The pixels of a picture file, decoded by the browser: nobody else here can. */
export async function pixelsOf(browser: Browser, file: Buffer): Promise<{ width: number; height: number; data: Uint8Array }> {
  const page = await browser.newPage();
  try {
    const found = await page.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let text = '';
      for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
      return { width: bitmap.width, height: bitmap.height, text: btoa(text) };
    }, file.toString('base64'));
    return { width: found.width, height: found.height, data: Buffer.from(found.text, 'base64') };
  } finally {
    await page.close();
  }
}
