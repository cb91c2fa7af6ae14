import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { colourOf, scales } from '../../models/colour.ts';
import { launch, openPage, type Served, serveSample, untilShown } from './browser.ts';

let served: Served;
let browser: Browser;

beforeAll(async () => {
  [served, browser] = await Promise.all([serveSample(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const park = () => `${served.url}/parks/sample`;
/** What the grid of the sample park always has: 550 g/kWh. */
const exact = colourOf(scales.intensity, 550) ?? [0, 0, 0];

/** Places in the picture (CSS pixels) that have exactly this colour, and whose neighbours have it too. */
async function placesOf(page: Page, rgb: readonly number[]): Promise<{ x: number; y: number }[]> {
  const png = (await page.locator('.scene canvas').screenshot()).toString('base64');
  // Decoded apart: the page's content policy has no data: images, and needs none.
  const blank = await page.context().browser()?.newPage();
  if (!blank) throw new Error('no browser');
  const places = await blank.evaluate(
    async ({ png, rgb }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      if (!context) return [];
      context.drawImage(bitmap, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const same = (x: number, y: number) => [0, 1, 2].every((k) => data[4 * (y * width + x) + k] === rgb[k]);
      const found: { x: number; y: number }[] = [];
      for (let y = 1; y < height - 1; y++) {
        for (let x = 1; x < width - 1; x++)
          if (same(x, y) && same(x - 1, y) && same(x + 1, y) && same(x, y - 1) && same(x, y + 1)) found.push({ x, y });
      }
      return found;
    },
    { png, rgb: [...rgb] },
  );
  await blank.close();
  return places;
}

const drawn = (page: Page) => page.waitForSelector('.scene canvas[data-ready="true"]', { timeout: 60_000 });

test('the scene shows the exact colour of the scale, and a click there chooses that asset', async () => {
  const { page, faults } = await openPage(browser, { reducedMotion: 'reduce' });
  await page.goto(park());
  await drawn(page);
  await expect.poll(async () => (await placesOf(page, exact)).length, { timeout: 30_000 }).toBeGreaterThan(10);
  const places = await placesOf(page, exact);
  const middle = places[Math.floor(places.length / 2)] as { x: number; y: number };
  await page.mouse.click(middle.x, middle.y);
  await expect.poll(() => page.url(), { timeout: 20_000 }).toMatch(/select=/);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a lost context comes back, also when the browser does not give it back by itself', async () => {
  const { page } = await openPage(browser, { reducedMotion: 'reduce' });
  await page.goto(park());
  await drawn(page);
  await page.evaluate(() => {
    const canvas = document.querySelector('.scene canvas') as HTMLCanvasElement;
    canvas.dataset['old'] = 'true';
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await page.waitForSelector('.scene canvas[data-ready="true"]:not([data-old])', { timeout: 20_000 });
  await expect.poll(async () => (await placesOf(page, exact)).length, { timeout: 30_000 }).toBeGreaterThan(10);
  await page.context().close();
});

/** Hands the page a way to say how much of its canvas is black at this moment: a canvas that was emptied is black all over. */
async function withBlackShare(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const copy = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
    const blackShare = (canvas: HTMLCanvasElement): number => {
      if (!copy) return 1;
      copy.clearRect(0, 0, 8, 8);
      copy.drawImage(canvas, 0, 0, 8, 8);
      const { data } = copy.getImageData(0, 0, 8, 8);
      let black = 0;
      for (let i = 0; i < data.length; i += 4) if (Math.max(...data.subarray(i, i + 3)) < 8) black++;
      return black / 64;
    };
    Object.assign(window, { blackShare });
  });
}

test('after every change of its size the canvas has its picture before it is presented', async () => {
  const { page } = await openPage(browser, { reducedMotion: 'reduce' });
  await withBlackShare(page);
  await page.goto(park());
  await drawn(page);
  const seen = await page.evaluate(async () => {
    const { blackShare } = window as unknown as { blackShare: (canvas: HTMLCanvasElement) => number };
    const scene = document.querySelector<HTMLElement>('.scene');
    const canvas = scene?.querySelector('canvas');
    if (!scene || !canvas) return [];
    const found: { changed: boolean; black: number }[] = [];
    for (const [right, bottom] of [
      [400, 0],
      [380, 200],
      [0, 0],
    ]) {
      const { width, height } = canvas;
      // It observes after the scene does, and is called after it, in the same task: what is on the canvas now is presented.
      const black = await new Promise<number>((resolve) => {
        let first = true;
        const observer = new ResizeObserver(() => {
          if (!first) {
            observer.disconnect();
            resolve(blackShare(canvas));
          } else Object.assign(scene.style, { right: `${right}px`, bottom: `${bottom}px` });
          first = false;
        });
        observer.observe(scene);
      });
      found.push({ changed: canvas.width !== width || canvas.height !== height, black });
    }
    return found;
  });
  expect(seen).toEqual([1, 2, 3].map(() => ({ changed: true, black: 0 })));
  await page.context().close();
});

test('where no graphics card draws, the picture is there in the task that makes it coarse, and becomes sharp again', async () => {
  const { page } = await openPage(browser);
  await withBlackShare(page);
  await page.goto(park());
  await drawn(page);
  const canvas = page.locator('.scene canvas');
  const width = () => canvas.evaluate((one) => (one as HTMLCanvasElement).width);
  await expect.poll(width, { timeout: 30_000 }).toBe(1280);
  const moved = await canvas.evaluate(async (one) => {
    const { blackShare } = window as unknown as { blackShare: (canvas: HTMLCanvasElement) => number };
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true }));
    // Only what was put at the end of this task: no other task, and no presenting, comes in between.
    for (let i = 0; i < 10; i++) await Promise.resolve();
    const canvas = one as HTMLCanvasElement;
    return { width: canvas.width, black: blackShare(canvas) };
  });
  expect(moved).toEqual({ width: 768, black: 0 });
  await expect.poll(width, { timeout: 30_000 }).toBe(1280);
  await page.context().close();
});

test('sheets that open and close and another window leave the park on its bearing; home chooses the best one anew', async () => {
  const { page } = await openPage(browser, { reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const drawn = { frames: 0 };
    Object.assign(window, { drawn });
    const clear = WebGL2RenderingContext.prototype.clear;
    WebGL2RenderingContext.prototype.clear = function (mask: number) {
      if (this.getParameter(this.FRAMEBUFFER_BINDING) === null) drawn.frames++;
      return clear.call(this, mask);
    };
  });
  await page.goto(park());
  await untilShown(page);
  const covered = () => page.evaluate(() => document.querySelector('.edges')?.getAttribute('style') ?? '');
  /** What is up in the picture, degrees from north, once two more pictures of the present panels and window are drawn. */
  const bearing = async () => {
    const frames = await page.evaluate(() => (window as unknown as { drawn: { frames: number } }).drawn.frames);
    await page.waitForFunction((frames) => (window as unknown as { drawn: { frames: number } }).drawn.frames > frames + 1, frames);
    const turned = await page.locator('.compass svg').evaluate((rose) => (rose as SVGElement).style.transform);
    return Number(/rotate\((-?[\d.]+)deg\)/.exec(turned)?.[1] ?? Number.NaN);
  };
  const first = await bearing();
  const stays = async (at: number, what: string, change: () => Promise<unknown>) => {
    const before = await covered();
    await change();
    await expect.poll(covered, { message: what, timeout: 20_000 }).not.toBe(before);
    expect(Math.abs((await bearing()) - at), what).toBeLessThan(1);
  };
  await stays(first, 'the table opens', () => page.keyboard.press('t'));
  // Tall as what the table leaves is, the park has its best view from another side.
  await page.getByRole('button', { name: 'Show the whole park' }).click();
  const best = await bearing();
  expect(Math.abs(best - first)).toBeGreaterThan(20);
  await stays(best, 'the window becomes narrower', () => page.setViewportSize({ width: 1000, height: 900 }));
  await stays(best, 'the table closes', () => page.locator('.search input').press('Escape'));
  await stays(best, 'an inspector opens', () => page.keyboard.press('j'));
  await page.context().close();
});

test('nothing is drawn while nothing changes, and the keyboard moves the eye', async () => {
  const { page } = await openPage(browser, { reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const count = { frames: 0 };
    Object.assign(window, { count });
    const clear = WebGL2RenderingContext.prototype.clear;
    WebGL2RenderingContext.prototype.clear = function (mask: number) {
      count.frames++;
      return clear.call(this, mask);
    };
  });
  await page.goto(park());
  await drawn(page);
  await served.stop();
  const frames = () => page.evaluate(() => (window as unknown as { count: { frames: number } }).count.frames);
  await page.waitForTimeout(3000);
  const before = await frames();
  await page.waitForTimeout(3000);
  // The connection may still be tried in between; pictures are not drawn for it more than once or twice.
  expect((await frames()) - before).toBeLessThanOrEqual(3);
  const still = await page.screenshot();
  await page.locator('.scene canvas').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await page.screenshot()).equals(still), { timeout: 20_000 }).toBe(false);
  await page.context().close();
  await served.restart();
});
