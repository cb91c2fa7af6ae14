import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleYaml } from '../sample-park.ts';
import { startChild, writeSampleFolder } from '../server/child-server.ts';
import { launch, openPage } from './browser.ts';

let url: string;
let stop: () => Promise<void>;
let flat: Browser;
const noon = Date.parse('2025-06-21T12:00:00+08:00');

/** The sample park with twenty days of accounted past, simulated at noon in June. */
beforeAll(async () => {
  const folder = await writeSampleFolder(sampleYaml);
  const data = await mkdtemp(join(tmpdir(), 'charts-'));
  const child = startChild(['--park', folder, '--at', '2025-06-21T12:07:00+08:00', '--port', '0'], {
    DATA_DIR: data,
    LOG_LEVEL: 'info',
    HISTORY_DAYS: '20',
  });
  stop = async () => {
    child.process.kill('SIGTERM');
    await child.ended;
  };
  [url, flat] = await Promise.all([child.url, launch(['--disable-3d-apis'])]);
  for (const end = performance.now() + 120_000; ; ) {
    const answer = await fetch(`${url}/api/v1/parks/sample/ledger`);
    const { until } = (await answer.json()) as { until: string | null };
    if (until !== null && Date.parse(until) >= noon) break;
    if (performance.now() > end) throw new Error(`the past is accounted up to ${until} only`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}, 150_000);
afterAll(async () => {
  await flat?.close();
  await stop?.();
});

const analyse = (query: string) => `${url}/parks/sample/analyse?${query}&lang=en`;
const figure = (page: Page, name: RegExp) => page.getByRole('figure', { name });
const drawn = (page: Page, name: RegExp) => figure(page, name).locator('[data-drawn="true"]').first().waitFor({ timeout: 30_000 });

async function contentOf(download: Download): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe('flows over HTTP', () => {
  interface Answer {
    intervals: number;
    links: { source: string; target: string; carrier: string; Wh: number; mg: number }[];
  }
  const ask = (from: string, to: string) => fetch(`${url}/api/v1/parks/sample/flows?${new URLSearchParams({ from, to })}`);
  const flows = async (from: string, to: string) => (await (await ask(from, to)).json()) as Answer;
  const at = (time: string) => `2025-06-${time}:00+08:00`;

  test('two halves of a day, from its intervals, are the day, from its sums', async () => {
    const [day, morning, rest] = await Promise.all([
      flows(at('19T00:00'), at('20T00:00')),
      flows(at('19T00:00'), at('19T10:45')),
      flows(at('19T10:45'), at('20T00:00')),
    ]);
    expect([day.intervals, morning.intervals, rest.intervals]).toEqual([96, 43, 53]);
    // What closes an account may be on the other side of it in a part of the day.
    const metered = ({ links }: Answer) =>
      links.filter(
        ({ source, target }) => !/^(losses|unmetered|unaccounted)|(unmetered|unaccounted|surroundings)$/.test(`${target} ${source}`),
      );
    for (const { source, target, carrier, Wh, mg } of metered(day)) {
      const parts = [morning, rest].flatMap(({ links }) =>
        links.filter((link) => link.source === source && link.target === target && link.carrier === carrier),
      );
      expect(parts.reduce((sum, part) => sum + part.Wh, 0)).toBe(Wh);
      expect(parts.reduce((sum, part) => sum + part.mg, 0)).toBe(mg);
    }
    expect(metered(day).length).toBeGreaterThan(8);
  });

  test('too long a time is refused with the limit, a time before the past is empty', async () => {
    const refused = await ask('2015-01-01T00:00:00Z', '2025-01-01T00:00:00Z');
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('at most 1100 days')]);
    expect(await flows('2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z')).toMatchObject({ intervals: 0, links: [] });
  });
});

describe('the page of charts', () => {
  test('draws every chart of a day from the ledger, says what it rests on, and breaks no rule', async () => {
    const { page, faults } = await openPage(flat);
    await page.goto(analyse('period=2025-06-20'));
    for (const name of [/Electricity used/, /Where it comes from/, /Who uses how much/, /Intensity by hour/]) await drawn(page, name);
    const series = await figure(page, /Electricity used/).innerText();
    expect(series).toContain('Fri, 20 Jun 2025');
    expect(series).toContain('100% covered');
    expect(series).toMatch(/As accounted up to 21 Jun 2025, 12:\d\d, edition 1 · direct factors · simulated readings/);
    expect(await figure(page, /Scope 2/).innerText()).toMatch(/Market-based/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('tips come from the pointer and from the keyboard, and break no rule either', async () => {
    const { page, faults } = await openPage(flat);
    await page.goto(analyse('period=2025-06-20&asset=hall'));
    await drawn(page, /./);
    const chart = page.getByRole('application').first();
    await chart.hover();
    const tip = page.locator('.chart-tip-title').first();
    await expect.poll(() => tip.innerText()).toMatch(/20 Jun 2025, \d\d:\d\d–\d\d:\d\d/);
    await page.mouse.move(2, 2);
    await chart.focus();
    await page.keyboard.press('End');
    await expect.poll(() => tip.innerText()).toContain('23:45–00:00');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tip.innerText()).toContain('23:30–23:45');
    expect(await figure(page, /./).first().locator('[aria-live]').innerText()).toMatch(/23:30–23:45: .*kW, \d+ gCO₂e\/kWh/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('Enter goes to the moment in the park', async () => {
    const { page } = await openPage(flat);
    await page.goto(analyse('period=2025-06-20&asset=hall'));
    await drawn(page, /./);
    await page.getByRole('application').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/parks\/sample\?.*moment=2025-06-19T16(:|%3A)00Z/);
    expect(page.url()).toContain('select=hall');
    await page.locator('.park-page.past').waitFor({ timeout: 30_000 });
    await page.context().close();
  });

  test('a table holds the numbers of the picture; the files hold them too, with title, period and quality', async () => {
    const { page } = await openPage(flat);
    await page.goto(analyse('period=2025-06-20'));
    await drawn(page, /Where it comes from/);
    const flows = figure(page, /Where it comes from/);
    const [csv] = await Promise.all([page.waitForEvent('download'), flows.getByRole('button', { name: 'Save the numbers (CSV)' }).click()]);
    const text = (await contentOf(csv)).toString('utf8');
    expect(csv.suggestedFilename()).toBe('sample_flows-energy_2025-06-20.csv');
    expect(text).toContain('Fri, 20 Jun 2025');
    expect(text).toContain('From,To,Carrier,Energy (kWh),Carbon (kgCO₂e)');
    expect(text).toMatch(/\r\nGrid,Electricity,Electricity,[\d.]+,[\d.]+,550/);
    const [png] = await Promise.all([
      page.waitForEvent('download'),
      flows.getByRole('button', { name: 'Save as a picture (PNG)' }).click(),
    ]);
    expect((await contentOf(png)).subarray(1, 4).toString()).toBe('PNG');
    await flows.getByRole('button', { name: 'Table' }).click();
    await flows.getByRole('row', { name: /Grid Electricity Electricity/ }).waitFor();
    await page.context().close();
  });

  test('the period changes by buttons, is in the address, and a day before the past says that nothing is accounted', async () => {
    const { page } = await openPage(flat);
    await page.goto(analyse('period=2025-06-20'));
    await drawn(page, /Electricity used/);
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByText('Thu, 19 Jun 2025', { exact: true }).waitFor();
    expect(page.url()).toContain('period=2025-06-19');
    await page.getByRole('button', { name: 'Month', exact: true }).click();
    await page.getByText('June 2025', { exact: true }).waitFor();
    expect(page.url()).toContain('period=2025-06&');
    await page.goto(analyse('period=2024-01-01'));
    await figure(page, /Electricity used/)
      .getByText('Nothing is accounted in this period.')
      .waitFor();
    await page.context().close();
  });

  test('without the server each chart says so and offers to try again', async () => {
    const { page } = await openPage(flat);
    await page.goto(analyse('period=2025-06-20'));
    await drawn(page, /Electricity used/);
    await page.route(/\/(series|flows|report)\b/, (route) => route.abort());
    await page.getByRole('button', { name: 'Earlier' }).click();
    const series = figure(page, /Electricity used/);
    await series.getByText('The server cannot be reached.').waitFor();
    await page.unroute(/\/(series|flows|report)\b/);
    await series.getByRole('button', { name: 'Try again' }).click();
    await series.getByText('Thu, 19 Jun 2025').waitFor();
    await page.context().close();
  });

  test('a phone needs no sideways scrolling', async () => {
    const { page } = await openPage(flat, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(analyse('period=2025-06-20'));
    await drawn(page, /Where it comes from/);
    expect(await page.locator('.analyse').evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await page.context().close();
  });
});

describe('the inspector', () => {
  test('shows the past of what is selected; a click on a mark goes there', async () => {
    const { page, faults } = await openPage(flat);
    await page.goto(`${url}/parks/sample?select=hall&lang=en`);
    const past = page.getByRole('figure', { name: /Energy and intensity/ });
    await past.locator('[data-drawn="true"]').waitFor({ timeout: 60_000 });
    const canvas = past.locator('.chart-canvas');
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the chart has no place');
    // Where it stands still: what comes above it moves it.
    await canvas.click({ position: { x: box.width * 0.3, y: box.height * 0.5 } });
    await page.locator('.park-page.past').waitFor({ timeout: 30_000 });
    const link = page.getByRole('link', { name: 'Open large' });
    expect(await link.getAttribute('href')).toBe('/parks/sample/analyse?asset=hall&period=2025-06-21');
    await link.click();
    await drawn(page, /./);
    expect(page.url()).toContain('asset=hall');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
