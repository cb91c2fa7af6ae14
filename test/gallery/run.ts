/**
 * `npm run gallery`: pictures of a fixed set of views as one page, var/gallery/index.html. Names after `--` take only the
 * views whose names begin so. `npm run gallery -- --accept` takes the kept pictures of test/browser/gallery.test.ts anew.
 */
import { access, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { buildClient } from '../../server/build-client.ts';
import { generateCommand } from '../../server/commands/generate.ts';
import { chromiumFlags, ensureChromium } from '../browser/chromium.ts';
import { galleryPage } from './page.ts';
import { acceptReferences } from './references.ts';
import { serveAt, take } from './take.ts';
import { type View, views } from './view.ts';

const out = new URL('../../var/gallery/', import.meta.url);
const generated = fileURLToPath(new URL('parks/generated', out));
const names = process.argv.slice(2).filter((a) => !a.startsWith('--'));

const { path: executablePath, said } = ensureChromium();
console.log(said);
if (!executablePath) process.exit(1);
await buildClient();
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
if (process.argv.includes('--accept')) await acceptReferences(browser, console.log);
else await gallery(browser);
await browser.close();

async function gallery(browser: Browser): Promise<void> {
  await mkdir(out, { recursive: true });
  const wanted = views.filter((v) => names.length === 0 || names.some((n) => v.name.startsWith(n)));
  const left: string[] = [];
  const campus = process.env['PARK_DATA'] !== undefined;
  if (!campus && wanted.some((v) => v.park === 'ucsd'))
    left.push('The real campus is left out: PARK_DATA does not say where its data are.');
  if (wanted.some((v) => v.park === 'generated')) await generate();
  const possible = wanted.filter((v) => v.park !== 'ucsd' || campus);
  // One server for all views of a park at one time.
  const starts = new Map<string, View[]>();
  for (const v of possible) starts.set(`${v.park} ${v.at}`, [...(starts.get(`${v.park} ${v.at}`) ?? []), v]);
  for (const group of starts.values()) await takeGroup(browser, group);
  for (const why of left) console.log(why);
  // Views that were not asked for this time keep their pictures of before.
  const taken: View[] = [];
  for (const v of views) if (await exists(pictureOf(v))) taken.push(v);
  await writeFile(new URL('index.html', out), galleryPage(taken, left));
  console.log(`var/gallery/index.html: ${taken.length} pictures`);
}

async function takeGroup(browser: Browser, group: readonly View[]): Promise<void> {
  const { park, at } = group[0] as View;
  const folder = { demo: 'data/parks/demo', ucsd: 'data/parks/ucsd', generated }[park];
  // The campus is a record of quarter-hours: its clock runs faster, so that the first is over when the picture is taken.
  const server = await serveAt(
    park,
    ['--park', folder, '--at', at, ...(park === 'ucsd' ? ['--speed', '60'] : [])],
    park === 'demo' ? 1 : undefined,
  );
  const id = ((await (await fetch(`${server.url}/api/v1/parks`)).json()) as { parks: { id: string }[] }).parks[0]?.id;
  for (const v of group) {
    const started = performance.now();
    const picture = await take(browser, { url: `${server.url}/parks/${id}${v.path}`, width: v.width, height: v.height, tier: v.tier });
    await writeFile(pictureOf(v), picture);
    console.log(`${v.name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  await server.stop();
}

function pictureOf(view: View): URL {
  return new URL(`${view.name}.jpg`, out);
}

async function exists(file: URL): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** The large park, made once: the same seed gives the same park. */
async function generate(): Promise<void> {
  if (await exists(new URL('parks/generated/park.yaml', out))) return;
  const { exit, messages } = await generateCommand({ assets: '10000', seed: '1', out: generated, force: true }, () => {});
  if (exit !== 0) throw new Error(messages.join('\n'));
}
