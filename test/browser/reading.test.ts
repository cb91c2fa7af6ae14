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

async function open(search = ''): Promise<{ page: Page; faults: string[] }> {
  const watched = await openPage(browser, { reducedMotion: 'reduce', viewport: { width: 1100, height: 720 } });
  await watched.page.goto(`${served.url}/parks/sample${search}`);
  // Of the plan nothing has to be drawn.
  await watched.page.waitForSelector('.scene canvas[data-ready="true"], .plan', { timeout: 120_000 });
  return watched;
}
const camera = (page: Page) => new URL(page.url()).searchParams.get('camera');
const within = { timeout: 60_000 };

test('by keys: from above with north up, down to walk and up again; the address follows, and Escape leads back', async () => {
  const { page, faults } = await open();
  expect(camera(page)).toBeNull();
  await page.keyboard.press('n');
  await expect.poll(() => camera(page), within).toMatch(/_180_90_[\d.]+$/);
  await expect.poll(() => page.locator('.compass svg').getAttribute('style'), within).toMatch(/rotate\(-?0(\.0)?deg\)/);
  await page.keyboard.press('w');
  await expect.poll(() => camera(page), within).toMatch(/^walk_/);
  const before = camera(page);
  await page.keyboard.down('w');
  await page.waitForTimeout(1500);
  await page.keyboard.up('w');
  await expect.poll(() => camera(page), within).not.toBe(before);
  await page.keyboard.press('Escape');
  await expect.poll(() => camera(page), within).toMatch(/_33_260$/);
  await page.keyboard.press('h');
  await expect.poll(() => camera(page), within).toBeNull();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a shared link opens the same view, what is singled out and what lies in the ground; Escape ends one after the other', async () => {
  const { page, faults } = await open('?camera=20_-30_0_140.5_40_300&only=kind%3Abuilding&view=underground');
  const bar = page.locator('.only-bar');
  await bar.waitFor();
  const count = Number(/\d+/.exec((await bar.locator('dd').first().textContent()) ?? '')?.[0]);
  expect(count).toBeGreaterThan(0);
  await page.locator('.ground-key').waitFor();
  expect(camera(page)).toBe('20_-30_0_140.5_40_300');
  const picture = () => page.locator('.scene canvas').screenshot();
  const withGround = await picture();
  await page.locator('body').press('Escape');
  await expect.poll(() => new URL(page.url()).searchParams.get('only'), within).toBeNull();
  expect(await bar.count()).toBe(0);
  await page.locator('body').press('Escape');
  await expect.poll(() => new URL(page.url()).searchParams.get('view'), within).toBeNull();
  await expect.poll(async () => (await picture()).equals(withGround), within).toBe(false);
  expect(camera(page)).toBe('20_-30_0_140.5_40_300');

  // The same by hand: as many as the button says.
  await page.keyboard.press('i');
  const group = page.locator('.only-group').first();
  await group.click();
  await bar.waitFor();
  expect(await bar.locator('dd').first().textContent()).toContain((await group.locator('.num').textContent()) ?? '?');
  expect(await group.getAttribute('aria-pressed')).toBe('true');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a bookmark keeps a view, takes another name, comes back after it was deleted, and leads there again', async () => {
  const { page, faults } = await open('?camera=20_-30_0_140.5_40_300&view=plan');
  await page.keyboard.press('b');
  const sheet = page.getByRole('dialog', { name: 'Bookmarks' });
  await sheet.getByRole('textbox').fill('By the river');
  await sheet.getByRole('button', { name: 'Keep this view' }).click();
  await sheet.getByRole('button', { name: 'Rename By the river' }).click();
  await sheet.getByRole('textbox', { name: 'New name' }).fill('The bridge');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Delete The bridge' }).click();
  expect(await sheet.locator('.bookmark').count()).toBe(0);
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await page.reload();
  await page.locator('.plan, .scene canvas').first().waitFor(within);
  await page.keyboard.press('b');
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Go to The bridge' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('view'), within).toBe('plan');
  expect(faults).toEqual([]);
  await page.context().close();
});
