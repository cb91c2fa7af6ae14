/** `npm run pictures`: takes the README's pictures anew from the running twin, demo always, UCSD where PARK_DATA is set. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { buildClient } from '../../server/build-client.ts';
import { serveAt, take } from '../gallery/take.ts';
import { chromiumFlags, ensureChromium } from './chromium.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Picture {
  name: string;
  /** Flags of the server. */
  args: string[];
  path?: string;
  width?: number;
  height?: number;
  /** Days of past to be accounted before it is taken. */
  history_days?: number;
}

const ucsd = ['--park', 'data/parks/ucsd', '--speed', '60', '--at'];
const pictures: Picture[] = [
  { name: 'demo-day', args: ['--at', '2026-06-10T10:30+08:00'] },
  { name: 'demo-night', args: ['--at', '2026-06-10T21:40+08:00'], history_days: 3 },
  { name: 'demo-why', args: ['--at', '2026-06-10T16:30+08:00'], path: '/parks/demo?select=fab-main', history_days: 3 },
  { name: 'demo-kiosk', args: ['--at', '2026-06-10T10:30+08:00'], path: '/parks/demo/kiosk', width: 1080, height: 1920 },
  { name: 'demo-phone', args: ['--at', '2026-06-10T10:30+08:00'], path: '/parks/demo?select=data-hall-1', width: 390, height: 844 },
  {
    name: 'demo-past',
    args: ['--at', '2026-06-10T10:30+08:00'],
    path: '/parks/demo?moment=2026-06-09T13:15Z&select=fab-main',
    history_days: 3,
  },
  {
    name: 'demo-analyse',
    args: ['--at', '2026-06-10T10:30+08:00'],
    path: '/parks/demo/analyse?period=2026-05',
    height: 1290,
    history_days: 75,
  },
  { name: 'ucsd-day', args: [...ucsd, '2019-11-04T10:30-08:00'] },
  { name: 'ucsd-night', args: [...ucsd, '2019-11-03T19:30-08:00'] },
];

const { path: executablePath, said } = ensureChromium();
console.log(said);
if (!executablePath) process.exit(1);
await buildClient();
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
/** `npm run pictures -- demo-day` takes only that one. */
const named = process.argv.slice(2);
for (const { name, args, path = '/', width = 1440, height = 900, ...rest } of pictures) {
  if (named.length > 0 && !named.includes(name)) continue;
  if (name.startsWith('ucsd') && !process.env['PARK_DATA']) {
    console.log(`${name}: PARK_DATA is not set, left as it is`);
    continue;
  }
  const park = name.startsWith('ucsd') ? 'ucsd' : 'demo';
  // A day of the past, so that the timeline has something to show.
  const server = await serveAt(park, args, rest.history_days ?? (park === 'demo' ? 1 : undefined));
  const picture = await take(browser, { url: server.url + path, width, height, tier: width < 720 ? 'light' : 'full' });
  await writeFile(join(root, `docs/images/${name}.jpg`), picture);
  await server.stop();
  console.log(`${name}: docs/images/${name}.jpg`);
}
await browser.close();
