import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sampleYaml } from '../sample-park.ts';
import { startChild, writeSampleFolder } from '../server/child-server.ts';
import { violations } from './axe.ts';
import { launch, openPage, untilShown } from './browser.ts';

let url: string;
let stop: () => Promise<void>;
/** Without WebGL: the plan stands behind the interface, which is the subject here. */
let browser: Browser;
const noon = Date.parse('2025-06-04T12:00:00+08:00');

beforeAll(async () => {
  const folder = await writeSampleFolder(sampleYaml);
  const data = await mkdtemp(join(tmpdir(), 'accessible-'));
  const child = startChild(['--park', folder, '--at', '2025-06-04T12:07:00+08:00', '--port', '0'], {
    DATA_DIR: data,
    LOG_LEVEL: 'info',
    HISTORY_DAYS: '5',
  });
  stop = async () => {
    child.process.kill('SIGTERM');
    await child.ended;
  };
  [url, browser] = await Promise.all([child.url, launch(['--disable-3d-apis'])]);
  await vi.waitFor(
    async () => {
      const { until } = (await (await fetch(`${url}/api/v1/parks/sample/ledger`)).json()) as { until: string };
      expect(Date.parse(until)).toBeGreaterThanOrEqual(noon);
    },
    { timeout: 120_000, interval: 500 },
  );
}, 150_000);
afterAll(async () => {
  await browser?.close();
  await stop?.();
});

interface State {
  name: string;
  path: string;
  /** Brings the state about, and waits until it is there. */
  reach: (page: Page) => Promise<unknown>;
}

const region = (page: Page, name: string) => page.getByRole('region', { name }).waitFor();
const press = (key: string, name: string) => async (page: Page) => {
  await untilShown(page);
  await page.keyboard.press(key);
  await region(page, name);
};
const park = '/parks/sample';
const states: State[] = [
  { name: 'the living park', path: park, reach: untilShown },
  { name: 'a chosen asset', path: `${park}?select=hall`, reach: (page) => region(page, 'What is selected') },
  {
    name: 'a past moment with a chosen asset',
    path: `${park}?select=hall&moment=2025-06-03T06:00Z`,
    reach: (page) => page.locator('.park-page.past').waitFor(),
  },
  {
    name: 'an asset whose carbon is followed',
    path: `${park}?select=hall`,
    reach: async (page) => {
      await untilShown(page);
      await page.getByRole('button', { name: 'Follow the carbon' }).click();
      await page.waitForURL(/follow=/);
    },
  },
  { name: 'a part of the park singled out', path: `${park}?only=kind:building`, reach: (page) => page.locator('.only-bar').waitFor() },
  { name: 'the table', path: park, reach: press('t', 'Assets') },
  { name: 'the help', path: park, reach: press('?', 'Help') },
  {
    name: 'what the park is',
    path: park,
    reach: async (page) => {
      await untilShown(page);
      await page.locator('.park-name').click();
      await region(page, 'About this park');
    },
  },
  {
    name: 'the carbon balance',
    path: park,
    reach: async (page) => {
      await untilShown(page);
      await page.locator('[data-total="attributed_kgPerH"]').click();
      await region(page, 'Carbon balance');
    },
  },
  {
    name: 'the palette',
    path: park,
    reach: async (page) => {
      await untilShown(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search the park' }).fill('hall');
      await page.getByRole('listbox').getByRole('option', { selected: true }).waitFor();
    },
  },
  {
    name: 'a search without results',
    path: park,
    reach: async (page) => {
      await press('t', 'Assets')(page);
      await page.getByRole('searchbox').fill('nothing like it');
      await page.getByRole('button', { name: 'Clear the search' }).waitFor();
    },
  },
  { name: 'the charts', path: `${park}/analyse`, reach: (page) => page.locator('.analyse canvas, .analyse svg.chart').first().waitFor() },
  { name: 'the report', path: `${park}/report?period=2025-06`, reach: (page) => page.locator('[data-report]').waitFor() },
  { name: 'the kiosk', path: `${park}/kiosk`, reach: untilShown },
  { name: 'the tour', path: `${park}/tour`, reach: untilShown },
  { name: 'the choice of parks', path: '/?choose', reach: (page) => page.locator('.park-card').first().waitFor() },
  {
    name: 'no such page',
    path: `${park}/elsewhere`,
    reach: (page) => page.getByRole('heading', { name: 'There is no such page' }).waitFor(),
  },
  { name: 'no such park', path: '/parks/none', reach: (page) => page.getByRole('heading', { name: 'There is no such park' }).waitFor() },
];

const screens: { name: string; options: BrowserContextOptions }[] = [
  { name: 'a desk', options: { viewport: { width: 1366, height: 768 } } },
  { name: 'a phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
];

/** Each page once, then its other colours: only contrast depends on them. */
async function check(page: Page, { path, reach }: State): Promise<string[]> {
  await page.goto(`${url}${path}${path.includes('?') ? '&' : '?'}lang=en`);
  await reach(page);
  const found = await violations(page);
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark';
  });
  return [...found, ...(await violations(page, ['color-contrast'])).map((one) => `dark: ${one}`)];
}

describe.each(screens)('on $name, light and dark,', ({ options }) => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await openPage(browser, { ...options, bypassCSP: true, reducedMotion: 'reduce' }));
    await page.addInitScript(() => localStorage.setItem('ecopark.theme', 'light'));
  });
  afterAll(() => page?.context().close());

  test.each(states)('$name breaks no rule of WCAG 2.2 AA', async (state) => {
    expect(await check(page, state)).toEqual([]);
  });
});
