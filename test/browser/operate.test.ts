import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { colourOf, rgbToHex, scales } from '../../models/colour.ts';
import { postReadings } from '../server/sample-server.ts';
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

const park = () => `${served.url}/parks/sample`;

test('the only park opens by itself, shows its name, its model and living numbers, and breaks no rule', async () => {
  const { page, faults } = await openPage(browser);
  await page.goto(`${served.url}/`);
  await page.getByRole('heading', { name: 'Sample park' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/parks/sample');
  await untilShown(page);
  expect(await page.locator('.scene[data-ready="true"] canvas').count()).toBe(1);
  const header = page.locator('.header');
  expect(await header.innerText()).toContain('Fictional park');
  expect(await header.innerText()).toContain('simulated');
  await header.getByText('Live', { exact: true }).waitFor();
  expect(await page.locator('[data-total="intensity_gPerKwh"]').innerText()).toMatch(/\d+ gCO₂e\/kWh/);
  // The park's clock, in the park's zone, moves.
  const clock = page.locator('.park-clock time');
  const before = await clock.innerText();
  expect(before).toMatch(/^12:\d\d:\d\d$/);
  await expect.poll(() => clock.innerText(), { timeout: 10_000 }).not.toBe(before);
  expect(faults).toEqual([]);
  await page.context().close();
});

describe('with the plan, which any browser can draw', () => {
  test('colours are exact, and the inspector, the plan and the scale agree', async () => {
    const { page, faults } = await openPage(flat);
    await page.goto(park());
    await untilShown(page);
    await page.getByText('This browser cannot draw in 3D').waitFor();
    const shape = page.locator('.plan [data-asset="grid"] .shape');
    await expect.poll(() => shape.getAttribute('fill')).toMatch(/^#/);
    await shape.click();
    const inspector = page.getByRole('region', { name: 'What is selected' });
    await inspector.waitFor();
    expect(await inspector.locator('.headline-number').innerText()).toMatch(/^550\s*gCO₂e\/kWh$/);
    const exact = rgbToHex(colourOf(scales.intensity, 550) ?? [0, 0, 0]);
    expect(await shape.getAttribute('fill')).toBe(exact);
    expect(await inspector.locator('.headline-number .swatch').evaluate((chip) => getComputedStyle(chip).backgroundColor)).toBe(
      `rgb(${(colourOf(scales.intensity, 550) ?? []).join(', ')})`,
    );
    expect(await inspector.innerText()).toContain('Carbon in each kilowatt-hour it brings in');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('the table finds, moves and chooses by keyboard alone, and the link says what was chosen', async () => {
    const { page } = await openPage(flat);
    await page.goto(park());
    await untilShown(page);
    await page.keyboard.press('/');
    await page.keyboard.type('hall');
    await expect.poll(() => page.locator('tr[data-asset]').count()).toBeLessThan(4);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('region', { name: 'What is selected' });
    const name = await inspector.getByRole('heading', { level: 2 }).innerText();
    expect(name.toLowerCase()).toContain('hall');
    expect(page.url()).toMatch(/select=hall/);
    await page.reload();
    await untilShown(page);
    expect(await inspector.getByRole('heading', { level: 2 }).innerText()).toBe(name);
    // One thing at a time: the selection goes, then nothing is left to close.
    await page.keyboard.press('Escape');
    await inspector.waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('select=');
    await page.context().close();
  });

  test('the inspector tells sources, ports, quality, points and what was assumed', async () => {
    const { page } = await openPage(flat);
    await page.goto(`${park()}?select=hall`);
    await untilShown(page);
    const text = await page.getByRole('region', { name: 'What is selected' }).innerText();
    for (const said of [
      'Where its energy comes from',
      'Grid',
      'Electricity takes',
      'Heat takes',
      'simulated',
      'Attributed',
      'Connected to',
    ]) {
      expect(text).toContain(said);
    }
    await page.context().close();
  });

  test('keys change the metric and open the help; the balance closes', async () => {
    const { page } = await openPage(flat);
    await page.goto(park());
    await untilShown(page);
    await page.keyboard.press('m');
    await page.getByRole('heading', { name: /Emission rate/ }).waitFor();
    expect(await page.locator('.legend').innerText()).toContain('Attributed for end uses, stack for plants');
    expect(page.url()).toContain('metric=emissionRate');
    await page.keyboard.press('?');
    await page.getByRole('region', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-total="attributed_kgPerH"]').click();
    const balance = page.getByRole('region', { name: 'Carbon balance' });
    await balance.waitFor();
    expect(await balance.innerText()).toContain('Difference between both sides: 0 kgCO₂e/h');
    await page.context().close();
  });

  test('everything changes to Chinese and stays so', async () => {
    const { page } = await openPage(flat);
    await page.goto(`${park()}?select=hall`);
    await untilShown(page);
    await page.getByRole('button', { name: 'Show in Chinese' }).click();
    await page.getByRole('heading', { name: '样例园区' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.getByRole('region', { name: '所选对象' }).innerText()).toContain('能量来源');
    expect(page.url()).toContain('lang=zh');
    await page.reload();
    await page.getByRole('heading', { name: '样例园区' }).waitFor();
    await page.context().close();
  });

  test('a phone shows header, park and legend without sideways scrolling, and a sheet from below', async () => {
    const { page } = await openPage(flat, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(park());
    await untilShown(page);
    const region = page.getByRole('region', { name: 'What is selected' });
    // Until all panels stand the plan still finds its place between them, and a finger would miss.
    await page.locator('.timeline').waitFor();
    await page.locator('.plan [data-asset="office"] .shape').tap();
    await region.waitFor();
    const sheet = await region.boundingBox();
    const legend = await page.locator('.legend').boundingBox();
    const header = await page.locator('.header').boundingBox();
    expect(sheet && legend && sheet.y + sheet.height <= legend.y + 1).toBe(true);
    expect(header && sheet && header.y + header.height < sheet.y).toBe(true);
    for (const box of [sheet, legend, header]) expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.context().close();
  });

  test('the kiosk and the tour tell the park’s stories', async () => {
    const { page, faults } = await openPage(flat);
    await page.goto(`${park()}/kiosk`);
    await untilShown(page);
    await page.getByRole('heading', { name: 'Sun on the roof' }).waitFor();
    expect(await page.locator('.kiosk-large').innerText()).toMatch(/\d+ gCO₂e\/kWh/);
    await page.goto(`${park()}/tour`);
    await page.getByText('1 of 1').waitFor();
    await page.getByRole('link', { name: 'Leave the tour' }).click();
    await page.locator('.operate').waitFor();
    expect(new URL(page.url()).pathname).toBe('/parks/sample');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('a reading that nobody can believe is counted in the header, and by keyboard alone told of and discarded', async () => {
    const readings = [{ point: 'hall.power', time: '2025-06-02T11:59:30+08:00', value: 900_000 }];
    expect(await (await postReadings(served.url, { readings })).json()).toEqual({ accepted: 0, duplicates: 0, quarantined: 1 });
    const { page, faults } = await openPage(flat);
    await page.goto(park());
    await untilShown(page);
    const badge = page.locator('.header').getByRole('button', { name: '1 reading set aside' });
    const sheet = page.getByRole('region', { name: 'Readings set aside' });
    await badge.click();
    await sheet.waitFor();
    expect(await badge.getAttribute('aria-expanded')).toBe('true');
    const said = await sheet.getByRole('listitem').innerText();
    for (const part of ['900,000 kW', 'Outside what is plausible for this point', '11:59:30']) expect(said).toContain(part);

    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await badge.press('Enter');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await badge.press('Space');
    await sheet.getByRole('button', { name: /^Discard the reading of / }).press('Enter');
    await sheet.getByText('Nothing waits for a decision.').waitFor();
    await badge.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('what is not there says so and shows the way back', async () => {
    const { page } = await openPage(flat);
    await page.goto(`${served.url}/parks/no-such-park`);
    await page.getByRole('heading', { name: 'There is no such park here' }).waitFor();
    await page.getByRole('link', { name: 'To the parks' }).click();
    await page.getByRole('heading', { name: 'Sample park' }).waitFor();
    await page.context().close();
  });

  test('a server that goes leaves the last picture and says of when; when it is back the park lives again', async () => {
    const { page } = await openPage(flat);
    await page.goto(park());
    await untilShown(page);
    await served.stop();
    await page.locator('.toast.warn').waitFor({ timeout: 20_000 });
    expect(await page.locator('.toast.warn').innerText()).toMatch(/as of 12:\d\d/);
    expect(await page.locator('[data-total="intensity_gPerKwh"]').innerText()).toMatch(/\d/);
    // Header and timeline are one teller: the same word, the same colour.
    const tellers = [page.locator('.header .connection-word'), page.locator('.timeline .to-live .connection-word')];
    const said = () =>
      Promise.all(tellers.map(async (one) => [await one.innerText(), await one.evaluate((e) => getComputedStyle(e).color)]));
    const [header, timeline] = await said();
    expect(header?.[0]).toBe('Offline');
    expect(timeline).toEqual(header);
    expect(await page.getByRole('slider', { name: 'Moment shown' }).getAttribute('aria-valuetext')).toMatch(/^Offline, 12:\d\d/);
    await served.restart();
    await page.locator('.connection-state.live').waitFor({ timeout: 40_000 });
    expect((await said()).map(([word]) => word)).toEqual(['Live', 'Live']);
    await page.locator('.toast.warn').waitFor({ state: 'detached' });
    await page.context().close();
  });
});
