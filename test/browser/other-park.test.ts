import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleYaml } from '../sample-park.ts';
import { writeSampleFolder } from '../server/child-server.ts';
import { launch, openPage, type Served, serve, untilShown } from './browser.ts';

let folder: string;
let served: Served;
let browser: Browser;

beforeAll(async () => {
  folder = await writeSampleFolder(sampleYaml);
  const data = await mkdtemp(join(tmpdir(), 'browser-'));
  [served, browser] = await Promise.all([serve(['--park', folder, '--at', '2025-06-02T12:00:00+08:00'], data), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** Another name of the hall, a kiln with a meter, no boiler. */
async function changeFolder(): Promise<void> {
  const yaml = await readFile(join(folder, 'park.yaml'), 'utf8');
  const meter =
    '  - {id: kiln.power, asset: kiln, port: electricity.in, unit: kW, cadence_s: 5, range: [0, 900], source: {type: simulator}}\n';
  await writeFile(join(folder, 'park.yaml'), yaml.replace('points:\n', `points:\n${meter}`));
  const path = join(folder, 'park.geojson');
  const { features, ...rest } = JSON.parse(await readFile(path, 'utf8')) as {
    features: { id: string; properties: object; geometry: object }[];
  };
  const kept = features.filter(({ id }) => !id.includes('boiler'));
  const hall = kept.find(({ id }) => id === 'hall');
  if (!hall) throw new Error('no hall');
  Object.assign(hall.properties, { name: { en: 'Great hall', zh: '大厂房' } });
  const [lon, lat] = [120.7013, 31.8506];
  const ring = [
    [lon, lat],
    [lon + 0.0004, lat],
    [lon + 0.0004, lat + 0.0003],
    [lon, lat + 0.0003],
    [lon, lat],
  ];
  const kiln = {
    kind: 'building',
    name: { en: 'Kiln', zh: '窑炉' },
    use: 'machineWorks',
    height_m: 14,
    floors: 1,
    ports: ['electricity.in'],
    peak: { electricity: 600 },
    shift: 'two',
  };
  const line = { carrier: 'electricity', from: 'sub-1', to: 'kiln', loss: 0.01 };
  const course = [
    [120.6982, 31.85],
    [lon, lat],
  ];
  const added = [
    { type: 'Feature', id: 'kiln', properties: kiln, geometry: { type: 'Polygon', coordinates: [ring] } },
    { type: 'Feature', id: 'e-kiln', properties: line, geometry: { type: 'LineString', coordinates: course } },
  ];
  await writeFile(path, JSON.stringify({ ...rest, features: [...kept, ...added] }));
}

/** Marks the page, so that a reload would be seen, and notes whether the loading outline ever covers the park again. */
const mark = (page: Page) =>
  page.evaluate(() => {
    const seen = { outline: false };
    Object.assign(window, { seen });
    const stage = document.querySelector('.stage') as HTMLElement;
    new MutationObserver(() => {
      if (stage.querySelector('.outline')) seen.outline = true;
    }).observe(stage, { childList: true, subtree: true });
    document.querySelector('.scene canvas')?.setAttribute('data-first', 'yes');
  });
const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen?: { outline: boolean } }).seen);

test('another version of the park comes to an open page, which keeps what it shows of it', async () => {
  const scene = await openPage(browser, { reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });
  // Not where the camera begins, nor where it flies to.
  const pose = '44.2_6.7_0_110_33_218.4';
  const plan = await openPage(browser, { viewport: { width: 900, height: 700 } });
  await plan.page.goto(`${served.url}/parks/sample?lang=en&view=plan&select=boiler`);
  await scene.page.goto(`${served.url}/parks/sample?lang=en&select=hall&camera=${pose}`);
  await Promise.all([untilShown(scene.page), untilShown(plan.page)]);
  await scene.page.keyboard.press('t');
  await scene.page.locator('tr[data-asset="boiler"]').waitFor();
  await plan.page.locator('.plan > svg').press('+');
  const world = plan.page.locator('.plan > svg > g');
  const zoom = await world.getAttribute('transform');
  await Promise.all([mark(scene.page), mark(plan.page)]);

  await changeFolder();
  // It is said for some seconds only, while the new scene is being built.
  const said = scene.page.getByText('The park was updated').waitFor({ timeout: 40_000 });
  const reload = await fetch(`${served.url}/api/v1/parks/sample/reload`, { method: 'POST' });
  expect(await reload.json()).toMatchObject({ changed: true, assets: { added: 1, removed: 1, changed: 1 } });

  const inspector = scene.page.getByRole('region', { name: 'What is selected' });
  await inspector.getByRole('heading', { name: 'Great hall' }).waitFor({ timeout: 40_000 });
  await said;
  await scene.page.locator('tr[data-asset="kiln"]').waitFor();
  expect(await scene.page.locator('tr[data-asset="boiler"]').count()).toBe(0);
  await expect.poll(() => scene.page.locator('tr[data-asset="kiln"]').innerText()).toMatch(/\d+ kW/);
  await scene.page.locator('.scene-label', { hasText: 'Great hall' }).waitFor({ timeout: 40_000 });
  await scene.page.getByText('The park was updated').waitFor({ state: 'detached', timeout: 30_000 });
  expect(new URL(scene.page.url()).searchParams.get('camera')).toBe(pose);
  expect(await scene.page.locator('.scene canvas[data-first]').count()).toBe(1);
  expect(await seen(scene.page)).toEqual({ outline: false });

  await plan.page.locator('.plan [data-asset="kiln"]').waitFor();
  await expect.poll(() => plan.page.url()).not.toContain('select=');
  expect(await plan.page.getByRole('region', { name: 'What is selected' }).count()).toBe(0);
  expect(await world.getAttribute('transform')).toBe(zoom);
  expect(await seen(plan.page)).toEqual({ outline: false });
  for (const { page, faults } of [scene, plan]) {
    expect(faults).toEqual([]);
    await page.context().close();
  }
});
