import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sampleYaml } from '../sample-park.ts';
import { writeSampleFolder } from '../server/child-server.ts';
import { launch, openPage, type Served, serve, serveSample, untilShown } from './browser.ts';

let served: Served;
let browser: Browser;
let flat: Browser;
/** What is accounted when the tests begin, ms. */
let from: number;
let until: number;

const quarter = 900_000;
const day = 96 * quarter;
const park = () => `${served.url}/parks/sample`;
const api = (path: string) => fetch(`${served.url}/api/v1/parks/sample/${path}`).then((response) => response.json());
const iso = (time: number) => new Date(time).toISOString();
const link = (time: number) => `?moment=${iso(time).slice(0, 16)}Z`;
/** `14:15` in the park's zone. */
const clock = (time: number) => new Date(time + 8 * 4 * quarter).toISOString().slice(11, 16);

beforeAll(async () => {
  [served, browser, flat] = await Promise.all([serveSample(), launch(), launch(['--disable-3d-apis'])]);
  await vi.waitFor(
    async () => {
      const ledger = (await api('ledger')) as { from: string | null; until: string | null; progress: unknown };
      from = Date.parse(ledger.from ?? '');
      until = Date.parse(ledger.until ?? '');
      expect(ledger.progress).toBeNull();
      expect(until - from).toBeGreaterThanOrEqual(3 * day);
    },
    { timeout: 100_000, interval: 500 },
  );
});
afterAll(async () => {
  await browser?.close();
  await flat?.close();
  await served?.stop();
});

const slider = (page: Page) => page.getByRole('slider', { name: 'Moment shown' });
const isPast = (page: Page) => page.locator('.park-page.past').waitFor({ timeout: 30_000 });
const isLive = (page: Page) => page.locator('.park-page:not(.past)').waitFor({ timeout: 30_000 });
const shownClock = (page: Page) => page.locator('.park-clock time').innerText();
const fillOf = (page: Page, asset: string) => page.locator(`.plan [data-asset="${asset}"] .shape`).getAttribute('fill');

async function shown(page: Page, query = ''): Promise<void> {
  await page.goto(park() + query);
  await untilShown(page);
  await page.locator('.timeline:not(.unfilled) .track-row[data-empty="false"]').waitFor({ timeout: 60_000 });
}

async function track(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator('.track').boundingBox();
  if (!box) throw new Error('no track');
  return box;
}

test('a drag along the timeline travels: everything shows one accounted interval, and nobody could take it for live', async () => {
  const { page, faults } = await openPage(flat);
  await shown(page, '?select=grid');
  await page.locator('.connection-state.live').waitFor();
  const { x, y, width, height } = await track(page);
  await page.mouse.move(x + 0.9 * width, y + height / 3);
  await page.mouse.down();
  await page.mouse.move(x + 0.5 * width, y + height / 3, { steps: 6 });
  await page.mouse.up();
  await isPast(page);
  await page.locator('.timeline-state.none').waitFor({ state: 'attached' });

  // One interval, said in the header, the timeline, the legend, the inspector, the title and to screen readers.
  const interval = await shownClock(page);
  expect(interval).toMatch(/^\d\d:(00|15|30|45)–\d\d:(00|15|30|45)$/);
  expect(await page.locator('.header').innerText()).toMatch(/PAST|Past/);
  expect(await page.locator('.connection-state').count()).toBe(0);
  expect(await page.locator('.readout').innerText()).toContain(interval);
  expect(await page.locator('.readout').innerText()).toContain('accounted');
  expect(await page.locator('.legend').innerText()).toContain(`Mean of ${interval}`);
  const inspector = page.getByRole('region', { name: 'What is selected' });
  expect(await inspector.innerText()).toContain(`Mean of ${interval}`);
  expect(await inspector.innerText()).toContain('See where it goes');
  expect(await page.title()).toContain(interval.slice(0, 5));
  expect(await slider(page).getAttribute('aria-valuetext')).toContain(interval.replace('–', ' to '));
  await page.getByRole('status').filter({ hasText: 'You see the past' }).waitFor({ state: 'attached' });
  await page.locator('.past-frame').waitFor();

  // The address says it; the same address shows the same. Its figures are the ledger's.
  const addressed = () => Date.parse(new URL(page.url()).searchParams.get('moment') ?? '');
  // It is written now and then while the hand moves, and once more when it rests.
  await expect.poll(() => (Number.isNaN(addressed()) ? '' : clock(addressed()))).toBe(interval.slice(0, 5));
  const moment = addressed();
  const series = await api(`series?owner=&columns=import.Wh&step=interval&from=${iso(moment)}&to=${iso(moment + quarter)}`);
  const mean_kW = series.owners[''].columns['import.Wh'].values[0] / 250;
  const said = await page.locator('[data-total="import_kW"]').innerText();
  const [, number, unit] = /([\d.,]+)\s*(kW|MW)/.exec(said) ?? [];
  const kW = Number(number?.replaceAll(',', '')) * (unit === 'MW' ? 1000 : 1);
  expect(Math.abs(kW - mean_kW)).toBeLessThan(0.006 * mean_kW + 0.06);

  await page.getByRole('button', { name: 'Back to live' }).click();
  await isLive(page);
  await page.locator('.connection-state.live').waitFor();
  expect(await shownClock(page)).toMatch(/^\d\d:\d\d:\d\d$/);
  await expect.poll(() => page.url()).not.toContain('moment=');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the keyboard alone travels by intervals and days, to the beginning and back to live', async () => {
  const { page } = await openPage(flat);
  await shown(page);
  await slider(page).focus();
  const valueText = () => slider(page).getAttribute('aria-valuetext');
  const now = async () => Number(await slider(page).getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowLeft');
  await isPast(page);
  const newest = await now();
  expect(newest % quarter).toBe(0);
  await page.keyboard.press('ArrowLeft');
  expect(await now()).toBe(newest - quarter);
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await now()).toBe(newest - quarter - day);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await now()).toBe(newest);
  await page.keyboard.press('Home');
  expect(await now()).toBe(from);
  expect(await valueText()).toContain(clock(from));
  await page.keyboard.press('End');
  await isLive(page);
  expect(await valueText()).toMatch(/^Live, \d\d:\d\d$/);
  // Short cuts of the page, wherever the focus is.
  await page.locator('.plan').first().focus();
  await page.keyboard.press(',');
  await isPast(page);
  await page.keyboard.press('l');
  await isLive(page);
  await page.keyboard.press(',');
  await isPast(page);
  await page.keyboard.press('Escape');
  await isLive(page);
  await page.context().close();
});

test('a link to a moment days ago opens with that moment in sight on the timeline', async () => {
  const { page } = await openPage(flat);
  await shown(page, link(until - 2.5 * day));
  await isPast(page);
  await page.locator('.timeline .outside').waitFor({ state: 'detached' });
  await page.context().close();
});

test('a day that is here recolours within a frame of the drag', async () => {
  const { page } = await openPage(flat);
  await shown(page, link(until - day));
  await isPast(page);
  // The newest and the day before are in sight, so they load by themselves.
  await page.waitForFunction(() => document.querySelector('.timeline-state.none') !== null);
  await slider(page).focus();
  const worst = await page.evaluate(async () => {
    const handle = document.querySelector('[role=slider]');
    const clock = document.querySelector('.park-clock time');
    const press = (key: string) => handle?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    let late = 0;
    for (let i = 0; i < 12; i++) {
      const before = clock?.textContent;
      press('ArrowRight');
      await new Promise(requestAnimationFrame);
      // React renders what the mirror says before the next frame is drawn.
      await new Promise((done) => setTimeout(done));
      if (clock?.textContent === before) late++;
    }
    return late;
  });
  expect(worst).toBe(0);
  await page.context().close();
});

test('wheel and ranges show more or less time; a date is jumped to at the same time of day', async () => {
  const { page } = await openPage(flat);
  await shown(page, link(until - day));
  await isPast(page);
  const checked = () =>
    page.locator('.ranges input:checked').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  await page.getByText('7 d', { exact: true }).click();
  await expect.poll(checked, { timeout: 15_000 }).toEqual(['7d']);
  const { x, y, width } = await track(page);
  await page.mouse.move(x + width / 2, y + 20);
  await page.mouse.wheel(0, -300);
  await expect.poll(checked, { timeout: 15_000 }).toEqual([]);
  const before = await shownClock(page);
  const target = new Date(until - 3 * day + 8 * 4 * quarter).toISOString().slice(0, 10);
  await page.locator('.date-jump input').fill(target);
  await expect.poll(() => page.url(), { timeout: 15_000 }).toContain(`moment=${iso(until - 3 * day).slice(0, 8)}`);
  expect(await shownClock(page)).toBe(before);
  // What the pointer is over is told before anybody goes there.
  await page.mouse.move(x + width / 3, y + 30);
  expect(await page.locator('.track-tip').innerText()).toMatch(/gCO₂e\/kWh/);
  await page.context().close();
});

test('plays at 3,600× until it has caught up, and is live again by itself', async () => {
  const { page } = await openPage(flat);
  await shown(page, link(until - 6 * quarter));
  await isPast(page);
  await page.locator('.play-speed select').selectOption('3600');
  await page.getByRole('button', { name: 'Play the past' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await isLive(page);
  await page.getByRole('button', { name: 'Play the past' }).waitFor();
  await page.context().close();
});

test('the light in the scene is that of the moment: the night before comes and goes with it', async () => {
  const { page, faults } = await openPage(browser);
  await shown(page);
  const scene = page.locator('.scene');
  await expect.poll(() => scene.getAttribute('data-night'), { timeout: 30_000 }).toBe('false');
  const changes = Number(await scene.getAttribute('data-changes'));
  // Ten hours before noon and a bit.
  for (let i = 0; i < 2; i++) await page.keyboard.press('<');
  await isPast(page);
  for (let i = 0; i < 42; i++) await page.keyboard.press(',');
  await expect.poll(() => scene.getAttribute('data-night'), { timeout: 60_000 }).toBe('true');
  expect(Number(await scene.getAttribute('data-changes'))).toBeGreaterThan(changes);
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.keyboard.press('l');
  await expect.poll(() => scene.getAttribute('data-night'), { timeout: 60_000 }).toBe('false');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('on a phone a strip can be dragged, opens to the whole instrument, and nothing leaves the screen', async () => {
  const { page } = await openPage(flat, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await shown(page);
  const strip = await page.locator('.timeline').boundingBox();
  expect(strip && strip.height < 120).toBe(true);
  const { x, y, width } = await track(page);
  await page.touchscreen.tap(x + width * 0.4, y + 20);
  await isPast(page);
  expect(await page.locator('.header').innerText()).toMatch(/PAST|Past/);
  await page.getByRole('button', { name: 'Unfold the timeline' }).tap();
  await page.getByText('7 d', { exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  for (const selector of ['.timeline', '.header', '.legend', '.to-live', '.date-jump']) {
    const box = await page.locator(selector).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= 844, selector).toBe(true);
  }
  await page.context().close();
});

test('two fingers change the stretch and leave the moment: live stays live, and the past stays where it was', async () => {
  const { page, faults } = await openPage(flat, { hasTouch: true });
  const fingers = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number; id: number }[]) =>
    fingers.send('Input.dispatchTouchEvent', { type, touchPoints });
  const range = () =>
    page.locator('.ranges input:checked').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  // The second finger comes after the first, as it does; the first has scrubbed by then.
  const pinch = async () => {
    const { x, y, width } = await track(page);
    const at = (part: number, id: number) => ({ x: x + part * width, y: y + 20, id });
    await touch('touchStart', at(0.3, 1));
    await touch('touchMove', at(0.31, 1));
    await isPast(page);
    await touch('touchStart', at(0.31, 1), at(0.6, 2));
    for (let i = 0; i < 5; i++) await touch('touchMove', at(0.31 - 0.02 * i, 1), at(0.6 + 0.04 * i, 2));
    // A third finger brushes the track, and the last one to leave still moves.
    await touch('touchStart', at(0.23, 1), at(0.76, 2), at(0.9, 3));
    await touch('touchMove', at(0.23, 1), at(0.76, 2), at(0.92, 3));
    await touch('touchMove', at(0.4, 1));
    await touch('touchEnd');
  };
  await shown(page);
  await expect.poll(range).toEqual(['1d']);
  await pinch();
  await expect.poll(range, { timeout: 15_000 }).toEqual([]);
  await isLive(page);
  expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^Live, \d\d:\d\d$/);

  await shown(page, link(until - day));
  await page.getByText('1 d', { exact: true }).click();
  await expect.poll(range, { timeout: 15_000 }).toEqual(['1d']);
  await pinch();
  await expect.poll(range, { timeout: 15_000 }).toEqual([]);
  await isPast(page);
  expect(Number(await slider(page).getAttribute('aria-valuenow'))).toBe(until - day);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the kiosk replays yesterday and can be sent back to now', async () => {
  const { page, faults } = await openPage(flat);
  await page.goto(`${park()}/kiosk`);
  await untilShown(page);
  await page.getByRole('button', { name: 'Replay yesterday' }).click();
  await isPast(page);
  expect(await shownClock(page)).toMatch(/–/);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await isLive(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('without a server the past that is here can still be travelled, and says why no more comes', async () => {
  const { page } = await openPage(flat);
  await shown(page, link(until - day));
  await isPast(page);
  await page.locator('.timeline-state.none').waitFor({ state: 'attached' });
  const grid = await fillOf(page, 'grid');
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await slider(page).focus();
  const before = await shownClock(page);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => shownClock(page)).not.toBe(before);
  expect(await fillOf(page, 'grid')).toBe(grid);
  // Where nothing is here the park is unknown at the right time, never the colours of one day under the date of another.
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowLeft');
  await page.locator('.timeline-state.warn').waitFor({ timeout: 30_000 });
  const wanted = Number(await slider(page).getAttribute('aria-valuenow'));
  await expect.poll(() => shownClock(page)).toBe(`${clock(wanted)}–${clock(wanted + quarter)}`);
  expect(await page.locator('[data-total="import_kW"]').innerText()).toContain('–');
  await page.context().setOffline(false);
  await page.locator('.timeline-state.none').waitFor({ state: 'attached', timeout: 30_000 });
  expect(await page.locator('[data-total="import_kW"]').innerText()).toMatch(/\d/);
  await page.context().close();
});

describe('in public', () => {
  test('the past is not shown, and the page says so instead of asking', async () => {
    const folder = await writeSampleFolder(sampleYaml);
    const data = await mkdtemp(join(tmpdir(), 'browser-'));
    const open = await serve(['--park', folder, '--at', '2025-06-02T12:00:00+08:00', '--host', '0.0.0.0'], data);
    const { page, faults } = await openPage(flat);
    await page.goto(`${open.url}/parks/sample${link(until - day)}`);
    await untilShown(page);
    await page.getByText('The park’s past is not public here.').waitFor();
    await isLive(page);
    expect(faults).toEqual([]);
    await page.context().close();
    await open.stop();
  });
});
