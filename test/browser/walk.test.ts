/** A recorded walk through day, month and report: real server, real ledger, real browser. With `PICTURES=1` it leaves a picture of each step. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../server/report/pdf.ts';
import { launch, openPage, untilShown, type Watched } from './browser.ts';
import { dragTo, picture, serveAccounted, settled, shownClock, shownMoment, slider, type Walked } from './walk-page.ts';

const data = process.env['PARK_DATA'] ?? fileURLToPath(new URL('../../../shared/parks/ucsd', import.meta.url));
const campusIsHere = existsSync(`${data}/meters`);
if (!campusIsHere) console.log('The UCSD data is not here (set PARK_DATA to its folder): the walk on the campus is skipped.');

const quarter = 900_000;
// Drawn in software: a small laptop, and each picture takes two thirds of the time.
const size = { viewport: { width: 1100, height: 700 } };
const folders: string[] = [];
async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'walk-'));
  folders.push(folder);
  return folder;
}
const isPast = (page: Page) => page.locator('.park-page.past').waitFor({ timeout: 60_000 });
const figure = (page: Page, name: RegExp) => page.getByRole('figure', { name });
const drawn = (page: Page, name: RegExp) => figure(page, name).locator('[data-drawn="true"]').first().waitFor({ timeout: 60_000 });
const total = async (page: Page, name: string) => numberIn(await page.locator(`[data-total="${name}"]`).innerText());

/** The first number of a text, in thousands where the unit says so. */
function numberIn(text: string): number {
  const [, digits = '', unit] = /([\d.,]+)\s*(MW|kW)?/.exec(text.replaceAll('\n', ' ')) ?? [];
  return Number(digits.replaceAll(',', '')) * (unit === 'MW' ? 1000 : 1);
}

async function openPark(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await untilShown(page);
  await page.locator('.timeline:not(.unfilled) .track-row[data-empty="false"]').waitFor({ timeout: 60_000 });
}

/** Header, timeline, legend, inspector and title say one interval. */
async function saysEverywhere(page: Page, interval: string): Promise<void> {
  await expect.poll(() => shownClock(page), { timeout: 30_000 }).toBe(interval);
  expect(await page.locator('.readout').innerText()).toContain(interval);
  expect(await page.locator('.readout').innerText()).toContain('accounted');
  expect(await page.locator('.legend').innerText()).toContain(`Mean of ${interval}`);
  const inspector = page.getByRole('region', { name: 'What is selected' });
  if ((await inspector.count()) > 0) expect(await inspector.innerText()).toContain(`Mean of ${interval}`);
  expect(await page.title()).toContain(interval.slice(0, 5));
  expect(await slider(page).getAttribute('aria-valuetext')).toContain(interval.replace('–', ' to '));
}

/** In every table of the report, in each column of energy or carbon: a total is the sum of what is printed above it. */
async function tablesAddUp(page: Page): Promise<{ totals: number; wrong: string[] }> {
  return page.evaluate(() => {
    const found = { totals: 0, wrong: [] as string[] };
    const read = (cell: Element | undefined) => {
      const text = [...(cell?.childNodes ?? [])].map((node) => (node.nodeName === 'SUP' ? '' : node.textContent)).join('');
      return /^[−-]?[\d.,]+$/.test(text.trim()) ? Math.round(10 * Number(text.replace('−', '-').replaceAll(',', ''))) : 0;
    };
    for (const table of document.querySelectorAll('.report-table table')) {
      const units = [...table.querySelectorAll('thead th')].map((head) => head.querySelector('.report-unit')?.textContent?.trim());
      const sums = units.map(() => 0);
      for (const row of table.querySelectorAll('tbody tr')) {
        if (row.classList.contains('heading') || row.classList.contains('memo')) continue;
        const isTotal = row.classList.contains('total');
        for (const [c, unit] of units.entries()) {
          if (unit !== 'MWh' && unit !== 't CO₂e') continue;
          const value = read(row.children[c]);
          if (!isTotal) {
            sums[c] = (sums[c] ?? 0) + value;
            continue;
          }
          found.totals++;
          const name = table.closest('[data-table]')?.getAttribute('data-table');
          if (value !== sums[c]) found.wrong.push(`${name}, column ${c}: ${sums[c]} are said to be ${value} tenths`);
          sums[c] = 0;
        }
      }
    }
    return found;
  });
}

/** A file that the page of the report offers. */
async function fileOf(page: Page, format: string): Promise<Buffer> {
  const link = page.locator(`.report-files a[href*="format=${format}"]`);
  const response = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href, { timeout: 120_000 });
  expect(response.status()).toBe(200);
  return response.body();
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('on the demo', () => {
  const now = Date.parse('2026-06-03T10:30:00+08:00');
  const noon = Date.parse('2026-06-02T12:00:00+08:00');
  let served: Walked;
  let walk: Watched;

  beforeAll(async () => {
    // The park as it is, but with two days of readings instead of fourteen, so that its past is soon there.
    const park = join(await temporary(), 'demo');
    await cp(fileURLToPath(new URL('../../data/parks/demo', import.meta.url)), park, { recursive: true });
    const yaml = await readFile(join(park, 'park.yaml'), 'utf8');
    await writeFile(join(park, 'park.yaml'), yaml.replace('raw_days: 14', 'raw_days: 2'));
    const env = { DATA_DIR: await temporary(), HISTORY_DAYS: '34' };
    served = await serveAccounted('demo', ['--park', park, '--at', new Date(now).toISOString()], env, now);
    walk = await openPage(browser, size);
  }, 300_000);
  afterAll(async () => {
    await walk?.page.context().close();
    await served?.stop();
  });

  test('from live to yesterday noon by a drag: everything says that moment, and the light is that of noon', async () => {
    const { page } = walk;
    await openPark(page, `${served.url}/parks/demo?select=fab-main&lang=en`);
    await page.locator('.connection-state.live').waitFor();
    await page.keyboard.press('t');
    await picture(page, 'demo-1-live');
    await page.getByText('7 d', { exact: true }).click();
    await expect
      .poll(() => page.locator('.ranges input:checked').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)), {
        timeout: 60_000,
      })
      .toEqual(['7d']);
    await dragTo(page, noon);
    await isPast(page);
    await settled(page);
    expect(await shownMoment(page)).toBe(noon);
    await page.getByRole('region', { name: 'What is selected' }).waitFor();
    await saysEverywhere(page, '12:00–12:15');
    // What is selected stands in front of the table.
    await page.keyboard.press('Escape');
    expect(await page.locator('.table-sheet').innerText()).toContain('Mean of 12:00–12:15');
    await page.locator('.table-sheet [data-asset]').nth(2).waitFor();
    await picture(page, 'demo-2-table');
    await page.keyboard.press('t');
    await page.locator('.table-sheet').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.scene').getAttribute('data-night'), { timeout: 60_000 }).toBe('false');
    await picture(page, 'demo-2-noon');
  }, 240_000);

  test('midnight before it is dark; played on from there, intervals follow each other, and back to live is at once', async () => {
    const { page } = walk;
    await dragTo(page, noon - 48 * quarter);
    await settled(page);
    await saysEverywhere(page, '00:00–00:15');
    await expect.poll(() => page.locator('.scene').getAttribute('data-night'), { timeout: 60_000 }).toBe('true');
    await picture(page, 'demo-3-midnight');
    await page.locator('.play-speed select').selectOption('900');
    await page.getByRole('button', { name: 'Play the past' }).click();
    const begun = await shownMoment(page);
    await expect.poll(() => shownMoment(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(begun + 3 * quarter);
    await page.getByRole('button', { name: 'Pause' }).click();
    const moment = await shownMoment(page);
    expect(moment % quarter).toBe(0);
    expect(moment).toBeLessThan(noon);
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.locator('.park-page:not(.past)').waitFor();
    await page.locator('.connection-state.live').waitFor();
    expect(await shownClock(page)).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(walk.faults).toEqual([]);
  }, 240_000);

  test('the charts of that day and of the month; a mark of the month leads to its moment in the park', async () => {
    const { page } = walk;
    await page.goto(`${served.url}/parks/demo/analyse?period=2026-06-02&lang=en`);
    for (const name of [/Electricity used/, /Where it comes from/, /Who uses how much/, /Intensity by hour/]) await drawn(page, name);
    await picture(page, 'demo-4-day');
    await page.getByRole('button', { name: 'Month', exact: true }).click();
    await page.getByText('June 2026', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByText('May 2026', { exact: true }).waitFor();
    const series = figure(page, /Electricity used/);
    await expect.poll(() => series.innerText(), { timeout: 30_000 }).toContain('May 2026');
    await expect.poll(() => series.innerText(), { timeout: 30_000 }).toContain('100% covered');
    await drawn(page, /Intensity by hour/);
    await picture(page, 'demo-5-month');
    const heat = figure(page, /Intensity by hour/).locator('.chart-canvas');
    await heat.scrollIntoViewIfNeeded();
    await picture(page, 'demo-6-month-below');
    const box = await heat.boundingBox();
    if (!box) throw new Error('the chart has no place');
    await page.mouse.click(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
    await page.waitForURL(/\/parks\/demo\?/, { timeout: 30_000 });
    await untilShown(page);
    await isPast(page);
    await settled(page);
    const moment = await shownMoment(page);
    expect(new Date(moment + 8 * 4 * quarter).toISOString()).toMatch(/^2026-05-/);
    const clock = new Date(moment + 8 * 4 * quarter).toISOString().slice(11, 16);
    expect((await shownClock(page)).slice(0, 5)).toBe(clock);
    await page.locator('.scene[data-ready="true"]').waitFor({ timeout: 90_000 });
    await picture(page, 'demo-7-mark');
    expect(walk.faults).toEqual([]);
  }, 240_000);

  test('the report of the month adds up as printed, says what its ledger says, and can be taken along', async () => {
    const { page } = walk;
    await page.goto(`${served.url}/parks/demo/report?period=2026-05&lang=en`);
    await page.locator('[data-report="2026-05"]').waitFor({ timeout: 60_000 });
    await picture(page, 'demo-8-report');
    const { totals, wrong } = await tablesAddUp(page);
    expect(wrong).toEqual([]);
    expect(totals).toBeGreaterThan(20);
    const day = page.locator('[data-table="time"]');
    expect(await day.locator('tbody tr:not(.total)').count()).toBe(31);
    await page.locator('[data-table="tenants"]').scrollIntoViewIfNeeded();
    await picture(page, 'demo-9-tenants');

    const json = JSON.parse((await fileOf(page, 'json')).toString()) as { totals: { columns: Record<string, number> }; open: boolean };
    const { 'scope1.mg': scope1 = Number.NaN, 'scope2Location.mg': scope2 = Number.NaN } = json.totals.columns;
    const printed = numberIn(await page.locator('[data-table="inventory"] tr.total td').first().innerText());
    expect(Math.abs(printed - (scope1 + scope2) / 1e9)).toBeLessThan(0.0501);
    expect(json.open).toBe(false);
    expect((await fileOf(page, 'xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect((await fileOf(page, 'csv')).toString('utf8')).toContain('Greenhouse gas inventory');
    if (findChromium(undefined) !== null) {
      const pdf = await fileOf(page, 'pdf');
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(20_000);
    }
    expect(walk.faults).toEqual([]);
  }, 240_000);
});

describe.skipIf(!campusIsHere)('on the campus of UC San Diego', () => {
  const now = Date.parse('2019-11-05T00:20:00-08:00');
  const at = (clock: string) => Date.parse(`2019-11-04T${clock}:00-08:00`);
  let served: Walked;
  let walk: Watched;

  beforeAll(async () => {
    const env = { DATA_DIR: await temporary(), PARK_DATA: data, HISTORY_DAYS: '36' };
    const park = fileURLToPath(new URL('../../data/parks/ucsd', import.meta.url));
    const args = ['--park', park, '--at', new Date(now).toISOString()];
    served = await serveAccounted('ucsd', args, env, Date.parse('2019-11-05T00:15:00-08:00'));
    walk = await openPage(browser, size);
  }, 300_000);
  afterAll(async () => {
    await walk?.page.context().close();
    await served?.stop();
  });

  test('through the outage of 4 November: as the campus buys what it cannot make, its intensity falls to the grid’s', async () => {
    const { page } = walk;
    await openPark(page, `${served.url}/parks/ucsd?select=east-campus-substation&lang=en&moment=2019-11-04T20:00Z`);
    await isPast(page);
    await settled(page);
    await dragTo(page, at('03:00'));
    await settled(page);
    await expect.poll(() => shownClock(page), { timeout: 30_000 }).toBe('03:00–03:15');
    const before = { import_kW: await total(page, 'import_kW'), intensity: await total(page, 'intensity_gPerKwh') };
    await picture(page, 'ucsd-1-before');
    await dragTo(page, at('08:00'));
    await settled(page);
    await expect.poll(() => shownClock(page), { timeout: 30_000 }).toBe('08:00–08:15');
    const during = { import_kW: await total(page, 'import_kW'), intensity: await total(page, 'intensity_gPerKwh') };
    await picture(page, 'ucsd-2-outage');
    expect(during.import_kW).toBeGreaterThan(2 * before.import_kW);
    expect(during.intensity).toBeLessThan(0.8 * before.intensity);
    expect(walk.faults).toEqual([]);
  }, 300_000);

  test('the charts of that day, then of October, and October’s report adds up as printed', async () => {
    const { page } = walk;
    await page.goto(`${served.url}/parks/ucsd/analyse?period=2019-11-04&lang=en`);
    for (const name of [/Electricity used/, /Where it comes from/, /Intensity by hour/]) await drawn(page, name);
    await picture(page, 'ucsd-3-day');
    await page.goto(`${served.url}/parks/ucsd/analyse?period=2019-10&lang=en`);
    await drawn(page, /Electricity used/);
    await picture(page, 'ucsd-4-month');
    await page.goto(`${served.url}/parks/ucsd/report?period=2019-10&lang=en`);
    await page.locator('[data-report="2019-10"]').waitFor({ timeout: 60_000 });
    await picture(page, 'ucsd-5-report');
    const { totals, wrong } = await tablesAddUp(page);
    expect(wrong).toEqual([]);
    expect(totals).toBeGreaterThan(8);
    const json = JSON.parse((await fileOf(page, 'json')).toString()) as { totals: { intervals: number; expected: number } };
    expect([json.totals.intervals, json.totals.expected]).toEqual([2976, 2976]);
    expect(walk.faults).toEqual([]);
  }, 240_000);
});
