/** What the recorded walks share: a server whose past is accounted, the hand on the timeline, pictures of each step. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startChild } from '../server/child-server.ts';

const folder = fileURLToPath(new URL('./screenshots', import.meta.url));

export interface Walked {
  url: string;
  /** Stops it. */
  stop(): Promise<void>;
}

/** Serves a park and waits until its ledger has come to its present. */
export async function serveAccounted(park: string, args: string[], env: Record<string, string>, until: number): Promise<Walked> {
  const child = startChild([...args, '--port', '0'], { LOG_LEVEL: 'warn', ...env });
  const stop = async () => {
    child.process.kill('SIGTERM');
    await child.ended;
  };
  const url = await child.url;
  for (const end = performance.now() + 280_000; ; ) {
    const response = await fetch(`${url}/api/v1/parks/${park}/ledger`);
    const ledger = (await response.json()) as { until: string | null; progress: object | null };
    if (ledger.until !== null && Date.parse(ledger.until) >= until && ledger.progress === null) return { url, stop };
    if (performance.now() > end) {
      await stop();
      throw new Error(`the past is accounted up to ${ledger.until} only\n${child.said()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** One picture per step, by name, where `PICTURES` is set: each takes seconds to draw in software. Git ignores them. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['PICTURES']) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `walk-${name}.png`), timeout: 120_000 });
}

export const slider = (page: Page) => page.getByRole('slider', { name: 'Moment shown' });
export const shownMoment = async (page: Page) => Number(await slider(page).getAttribute('aria-valuenow'));
/** The interval on the park's clock, `12:00–12:15`. */
export const shownClock = (page: Page) => page.locator('.park-clock time').innerText();
/** Everything of it is here. */
export const settled = (page: Page) => page.locator('.timeline-state.none').waitFor({ state: 'attached', timeout: 60_000 });

/** Drags along the timeline until the interval that begins at `target` is shown. */
export async function dragTo(page: Page, target: number): Promise<void> {
  const box = await page.locator('.track').boundingBox();
  if (!box) throw new Error('no track');
  const y = box.y + box.height / 3;
  const placed = async (x: number) => {
    await page.mouse.move(x, y);
    await page.waitForTimeout(100);
    return { x, time: await shownMoment(page) };
  };
  await page.mouse.move(box.x + 0.45 * box.width, y);
  await page.mouse.down();
  const left = await placed(box.x + 0.4 * box.width);
  let here = await placed(box.x + 0.6 * box.width);
  const perPixel = (here.time - left.time) / (here.x - left.x);
  for (let tries = 0; here.time !== target && tries < 8; tries++) here = await placed(here.x + (target - here.time) / perPixel);
  await page.mouse.up();
}
