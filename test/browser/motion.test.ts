/** Motion is measurement: it runs where a device affords it, and where it does not nothing is drawn unless something changed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, openPage, type Served, serveSample } from './browser.ts';

let served: Served;
let browser: Browser;

beforeAll(async () => {
  [served, browser] = await Promise.all([serveSample(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** A page that counts the frames of its scene, and those that were drawn without a change of the values. */
async function countedPage(tier: string, reducedMotion: 'reduce' | 'no-preference'): Promise<Page> {
  const { page } = await openPage(browser, { reducedMotion, viewport: { width: 480, height: 320 } });
  await page.addInitScript((tier) => {
    localStorage.setItem('ecopark.tier', tier);
    const count = { frames: 0, idle: 0, changes: '' };
    Object.assign(window, { count });
    const clear = WebGL2RenderingContext.prototype.clear;
    WebGL2RenderingContext.prototype.clear = function (mask: number) {
      // The canvas itself, not the map of shadows.
      if (this.getParameter(this.FRAMEBUFFER_BINDING) === null) {
        const changes = document.querySelector<HTMLElement>('.scene')?.dataset['changes'] ?? '';
        count.frames++;
        if (changes === count.changes) count.idle++;
        count.changes = changes;
      }
      return clear.call(this, mask);
    };
  }, tier);
  await page.goto(`${served.url}/parks/sample`);
  await page.waitForSelector('.scene canvas[data-ready="true"]', { timeout: 60_000 });
  // The first flight and its sharper last picture.
  await page.waitForTimeout(2500);
  return page;
}

/** Frames in a second of motion, also where software draws; and in four seconds without (the line may be late and come back). */
const runs = 2;
const still = 3;

const idleFrames = (page: Page) => page.evaluate(() => (window as unknown as { count: { idle: number } }).count.idle);

async function drawnIn(page: Page, ms: number): Promise<number> {
  const before = await idleFrames(page);
  await page.waitForTimeout(ms);
  return (await idleFrames(page)) - before;
}

const seem = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('pulses run where the device affords it, and stand still in a hidden tab', async () => {
  const page = await countedPage('full', 'no-preference');
  await expect.poll(() => drawnIn(page, 1000), { timeout: 30_000 }).toBeGreaterThanOrEqual(runs);
  await seem(page, 'hidden');
  await page.waitForTimeout(1000);
  expect(await drawnIn(page, 4000)).toBeLessThanOrEqual(still);
  await seem(page, 'visible');
  await expect.poll(() => drawnIn(page, 1000), { timeout: 30_000 }).toBeGreaterThanOrEqual(runs);
  await page.context().close();
});

test('nothing is drawn between updates on the light tier, nor where less motion was asked for', async () => {
  for (const [tier, motion] of [
    ['light', 'no-preference'],
    ['full', 'reduce'],
  ] as const) {
    const page = await countedPage(tier, motion);
    // The first flight may last a while; then there is rest, and it lasts.
    await expect.poll(() => drawnIn(page, 4000), { timeout: 40_000, message: `${tier}, ${motion}` }).toBeLessThanOrEqual(still);
    await page.context().close();
  }
});

test('without a connection nothing moves: nobody knows what flows', async () => {
  const page = await countedPage('full', 'no-preference');
  await expect.poll(() => drawnIn(page, 1000), { timeout: 30_000 }).toBeGreaterThanOrEqual(runs);
  await served.stop();
  await expect.poll(() => drawnIn(page, 4000), { timeout: 40_000 }).toBeLessThanOrEqual(still);
  await served.restart();
  await expect.poll(() => drawnIn(page, 1000), { timeout: 60_000 }).toBeGreaterThanOrEqual(runs);
  await page.context().close();
});
