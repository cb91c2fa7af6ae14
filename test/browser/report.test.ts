import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleYaml } from '../sample-park.ts';
import { startChild, writeSampleFolder } from '../server/child-server.ts';
import { launch, openPage } from './browser.ts';

let url: string;
let stop: () => Promise<void>;
let browser: Browser;

/** The sample park with May and some days of June accounted. */
beforeAll(async () => {
  const folder = await writeSampleFolder(sampleYaml);
  const data = await mkdtemp(join(tmpdir(), 'reports-'));
  const child = startChild(['--park', folder, '--at', '2025-06-04T12:07:00+08:00', '--port', '0'], {
    DATA_DIR: data,
    LOG_LEVEL: 'info',
    HISTORY_DAYS: '36',
  });
  stop = async () => {
    child.process.kill('SIGTERM');
    await child.ended;
  };
  [url, browser] = await Promise.all([child.url, launch(['--disable-3d-apis'])]);
  const noon = Date.parse('2025-06-04T12:00:00+08:00');
  for (const end = performance.now() + 120_000; ; ) {
    const answer = await fetch(`${url}/api/v1/parks/sample/ledger`);
    const { until } = (await answer.json()) as { until: string | null };
    if (until !== null && Date.parse(until) >= noon) break;
    if (performance.now() > end) throw new Error(`the past is accounted up to ${until} only`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}, 150_000);
afterAll(async () => {
  await browser?.close();
  await stop?.();
});

const address = (query = '') => `${url}/parks/sample/report?${query}`;

describe('the page of a report', () => {
  test('is reached from the park, shows the last month that is over, and turns to another', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${url}/parks/sample?lang=en`);
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.locator('[data-report="2025-05"]').waitFor();
    expect(await page.locator('.paper-marks').innerText()).toContain('Fictional park');
    await page.getByRole('combobox', { name: 'Period' }).selectOption('2025-06');
    await page.locator('[data-report="2025-06"]').waitFor();
    expect(page.url()).toContain('period=2025-06');
    expect(await page.locator('.paper-marks').innerText()).toContain('Preliminary');
    expect(await page.title()).toContain('June 2025');
    await page.goBack();
    await page.locator('[data-report="2025-05"]').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('prints tables whose parts sum to their totals as they are read', async () => {
    const { page } = await openPage(browser);
    await page.goto(address('period=2025-05&lang=en'));
    await page.locator('.paper').waitFor();
    const rows = await page.locator('[data-table="carriers"] tbody tr').all();
    const texts = await Promise.all(rows.map(async (row) => (await row.locator('td').nth(1).innerText()).replaceAll(',', '')));
    const steps = texts.map((text) => Math.round(Number(text) * 1000));
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.slice(0, -1).reduce((a, b) => a + b, 0)).toBe(steps.at(-1));
    await page.context().close();
  });

  test('speaks Chinese, and nothing of it is wider than a phone', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(address('period=2025-05&lang=zh'));
    await page.getByRole('heading', { name: '摘要' }).waitFor();
    expect(await page.locator('.paper').getAttribute('lang')).toBe('zh-CN');
    const wide = await page.locator('.report-page').evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('prints without its tools, with heads on every page and rows uncut', async () => {
    const { page } = await openPage(browser);
    await page.goto(address('period=2025-05&lang=en'));
    await page.locator('.paper').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.report-page > .report-bar').isVisible()).toBe(false);
    const style = await page
      .locator('.report-table table')
      .first()
      .evaluate((table) => ({
        head: getComputedStyle(table.querySelector('thead') as Element).display,
        row: getComputedStyle(table.querySelector('tbody tr') as Element).breakInside,
        cut: getComputedStyle(document.querySelector('.report-page') as Element).overflow,
      }));
    expect(style).toEqual({ head: 'table-header-group', row: 'avoid', cut: 'visible' });
    await page.context().close();
  });

  test('is published and closed under a name, and then read as it was', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(address('period=2025-05&lang=en'));
    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByLabel('In the name of').fill('The auditor');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('As published by The auditor').waitFor();
    expect(page.url()).toContain('published=2025-05.direct.1');
    expect(await page.locator('[data-table="locks"]').innerText()).toContain('The auditor');
    await page.getByRole('button', { name: 'Show it as accounted now' }).click();
    await page.getByRole('button', { name: /Published by The auditor/ }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('printed by the server', () => {
  test('a report is a PDF of several numbered pages', async () => {
    const answer = await fetch(`${url}/api/v1/parks/sample/report?period=2025-05&format=pdf&lang=zh`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(3);
  }, 90_000);
});
