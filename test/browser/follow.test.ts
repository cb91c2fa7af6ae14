import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FollowAnswer } from '../../models/api/supply.ts';
import { launch, openPage, type Served, serveSample, untilShown } from './browser.ts';

let served: Served;
let browser: Browser;
let flat: Browser;
/** An accounted interval, ISO 8601. */
let then: string;

const api = (path: string) => fetch(`${served.url}/api/v1/parks/sample/${path}`).then((response) => response.json());

beforeAll(async () => {
  [served, browser, flat] = await Promise.all([serveSample(), launch(), launch(['--disable-3d-apis'])]);
  await vi.waitFor(
    async () => {
      const { until } = (await api('ledger')) as { until: string | null };
      expect(until).not.toBeNull();
      then = `${new Date(Date.parse(until as string) - 900_000).toISOString().slice(0, 16)}Z`;
    },
    { timeout: 100_000, interval: 500 },
  );
});
afterAll(async () => {
  await browser?.close();
  await flat?.close();
  await served?.stop();
});

const inspector = (page: Page) => page.getByRole('region', { name: 'What is selected' });
const ways = (page: Page) => inspector(page).getByRole('list', { name: 'Where it comes from' });
/** Percentages that stand in some texts, added; less than one adds nothing. */
const total = (texts: readonly string[]) => texts.reduce((sum, text) => sum + Number(/(?<!<)\b(\d+)\s*%/.exec(text)?.[1] ?? 0), 0);
const assetsOf = (ends: readonly { asset: string; port: string | null }[]) =>
  new Set(ends.map(({ asset, port }) => (port === null ? `${asset}/` : asset)));

test('by keyboard: f tells every source with the way to it, the rest steps back, Escape ends it; the link shows the same', async () => {
  const { page, faults } = await openPage(flat);
  await page.goto(`${served.url}/parks/sample?select=hall`);
  await untilShown(page);
  await page.keyboard.press('f');
  await ways(page).waitFor();
  await expect.poll(() => page.url()).toContain('follow=up');
  const supply = (await api('assets/hall/supply')) as FollowAnswer;
  const ends = ways(page).locator(':scope > li');
  expect(await ends.count()).toBe(assetsOf(supply.sources).size);
  expect(total(await ends.locator('.follow-end b').allInnerTexts())).toBe(100);
  const grid = ends.filter({ has: page.getByRole('button', { name: 'Grid', exact: true }) });
  expect((await grid.getByRole('list').innerText()).replaceAll(/\s+/g, ' ')).toContain('Substation 1 here');
  // What the hall has nothing of steps back, what it hangs on does not.
  const stateOf = (id: string) => page.locator(`.plan [data-asset="${id}"]`).getAttribute('data-state');
  expect(await stateOf('office')).toContain('ghost');
  expect(await stateOf('sub-1')).not.toContain('ghost');
  const width = (id: string) =>
    page.locator(`.plan [data-line="${id}"]`).evaluate((line) => Number.parseFloat(getComputedStyle(line).strokeWidth));
  expect(await width('e-hall')).toBeGreaterThan(await width('e-office'));

  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await ways(page).waitFor();
  // A step of the way is chosen by keyboard; a substation neither takes nor gives, so the hall is still followed.
  await grid.getByRole('button', { name: 'Substation 1' }).press('Enter');
  await inspector(page).getByRole('heading', { name: 'Substation 1' }).waitFor();
  expect(await stateOf('office')).toContain('ghost');
  await page.keyboard.press('Escape');
  await expect.poll(() => stateOf('office'), { timeout: 10_000 }).not.toContain('ghost');
  expect(page.url()).not.toContain('follow=');
  await inspector(page).getByRole('heading', { name: 'Substation 1' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('by button, of a source: where its energy goes; and of the past, in Chinese', async () => {
  const { page } = await openPage(flat);
  await page.goto(`${served.url}/parks/sample?select=grid&moment=${then}`);
  await untilShown(page);
  await inspector(page).getByRole('button', { name: 'See where it goes' }).click();
  const uses = inspector(page).getByRole('list', { name: 'Where it goes' });
  await uses.waitFor();
  expect(await inspector(page).locator('.follow').innerText()).toContain('mean of the interval from');
  const delivery = (await api(`assets/grid/supply?direction=downstream&moment=${then}`)) as FollowAnswer;
  expect(await uses.locator(':scope > li').count()).toBe(Math.min(12, assetsOf(delivery.uses).size));
  expect(new URL(page.url()).searchParams.get('follow')).toBe('down');
  await page.goto(`${page.url().replace('lang=en', 'lang=zh')}`);
  await page.getByRole('list', { name: '去往何处' }).waitFor();
  await page.getByRole('button', { name: '查看去向' }).click();
  await page.getByRole('list', { name: '去往何处' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('in the picture: the total stands at the hall, shares at its sources, and they sum to all of it', async () => {
  const { page, faults } = await openPage(browser);
  await page.goto(`${served.url}/parks/sample?select=hall&follow=up`);
  await untilShown(page);
  const labels = page.locator('.follow-label');
  await expect.poll(() => labels.count(), { timeout: 30_000 }).toBeGreaterThan(2);
  expect(await page.locator('.follow-label.subject').innerText()).toMatch(/W · \d+ gCO₂e\/kWh\s+Hall/);
  expect(total(await page.locator('.follow-label:not(.subject)').allInnerTexts())).toBe(100);
  await page.keyboard.press('Escape');
  await expect.poll(() => labels.count(), { timeout: 30_000 }).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});
