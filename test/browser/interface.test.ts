import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage, type Served, serveSample, untilShown } from './browser.ts';

let served: Served;
let browser: Browser;
let flat: Browser;

beforeAll(async () => {
  [served, browser, flat] = await Promise.all([serveSample(), launch(), launch(['--disable-3d-apis'])]);
});
afterAll(async () => {
  await browser?.close();
  await flat?.close();
  await served?.stop();
});

const park = () => `${served.url}/parks/sample?lang=en`;

describe('the palette', () => {
  test('finds an asset by typing, goes there by keyboard, gives the focus back, and offers it first the next time', async () => {
    const { page, faults } = await openPage(flat);
    await page.goto(park());
    await untilShown(page);
    const opener = page.getByRole('button', { name: 'Find anything' });
    await opener.focus();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Search the park' });
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type('hll');
    const chosen = page.locator('.palette-option[aria-selected="true"]');
    await expect.poll(() => chosen.innerText()).toMatch(/hall/i);
    expect(await field.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'What is selected' }).waitFor();
    expect(page.url()).toContain('select=hall');
    expect(await opener.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.locator('.palette-option').first().innerText()).toMatch(/hall/i);
    await page.keyboard.press('Escape');
    await page.locator('.palette').waitFor({ state: 'detached' });
    // Escape closed the palette and nothing else.
    expect(page.url()).toContain('select=hall');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('does what can be done, in the language shown, and goes to pages', async () => {
    const { page } = await openPage(flat);
    await page.goto(park().replace('lang=en', 'lang=zh'));
    await untilShown(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('深色');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.keyboard.press('Control+k');
    // The other language finds it as well.
    await page.keyboard.type('report');
    await page.locator('.palette-option').first().click();
    await page.waitForURL(/\/parks\/sample\/report/);
    await page.context().close();
  });
});

describe('a panel', () => {
  test('is resized by hand and by keyboard, keeps its size, and gives it back at a double click', async () => {
    const { page } = await openPage(flat);
    await page.goto(`${park()}&select=hall`);
    await untilShown(page);
    const edge = page.getByRole('separator', { name: 'Size of: What is selected' });
    const width = async () => Math.round((await page.locator('.right').boundingBox())?.width ?? 0);
    expect(await width()).toBe(384);
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(width).toBe(432);
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('432');
    await page.reload();
    await untilShown(page);
    await expect.poll(width).toBe(432);
    const box = await edge.boundingBox();
    if (!box) throw new Error('no edge');
    await page.mouse.move(box.x + 12, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 12 - 100, box.y + 200, { steps: 3 });
    await page.mouse.up();
    await expect.poll(width).toBe(532);
    await page.mouse.dblclick(box.x + 12 - 100, box.y + 300);
    await expect.poll(width).toBe(384);
    await page.context().close();
  });

  test('on a phone is drawn up; of two, the one opened last is in front', async () => {
    const { page } = await openPage(flat, { viewport: { width: 390, height: 844 } });
    await page.goto(`${park()}&select=hall`);
    await untilShown(page);
    const side = page.locator('.right');
    const height = async () => Math.round((await side.boundingBox())?.height ?? 0);
    const before = await height();
    await page.getByRole('separator', { name: 'Size of: What is selected' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(height).toBe(before + 48);
    await page.keyboard.press('t');
    await page.getByRole('region', { name: 'Assets' }).waitFor();
    expect(await side.isVisible()).toBe(false);
    await page.locator('tr[data-asset="office"] button').first().click();
    await side.waitFor();
    expect(await page.getByRole('region', { name: 'Assets' }).isVisible()).toBe(false);
    await page.context().close();
  });
});

test('the stage waits behind the charts: the way back draws the same canvas again', async () => {
  const { page, faults } = await openPage(browser);
  await page.goto(park());
  await untilShown(page);
  const canvas = page.locator('.scene canvas');
  await canvas.evaluate((one) => {
    one.dataset['kept'] = 'yes';
  });
  await page.locator('.tool-charts').click();
  await page.locator('.analyse-head').waitFor();
  expect(await canvas.isVisible()).toBe(false);
  await page.locator('.analyse-head .back').click();
  await page.locator('.header').waitFor();
  expect(await canvas.getAttribute('data-kept')).toBe('yes');
  expect(await canvas.isVisible()).toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});
