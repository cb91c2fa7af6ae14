/** The scene looks as it did: small pictures of the demo park at accounted moments, compared with the kept ones. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alike, differenceOf, type Picture } from '../gallery/compare.ts';
import { keptReference, serveReferences, takeReference } from '../gallery/references.ts';
import { pixelsOf, type Server } from '../gallery/take.ts';
import { references } from '../gallery/view.ts';
import { launch } from './browser.ts';

let browser: Browser;
let server: Server;
const kept = new Map<string, Picture>();

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), serveReferences()]);
  for (const { name } of references) kept.set(name, await pixelsOf(browser, await keptReference(name)));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const of = (name: string): Picture => {
  const found = kept.get(name);
  if (!found) throw new Error(`no kept picture of ${name}: npm run gallery -- --accept`);
  return found;
};

describe('the scene looks as the kept pictures (npm run gallery -- --accept takes them anew)', () => {
  test.for(references)('$name', async (reference) => {
    const taken = await pixelsOf(browser, await takeReference(browser, server.url, reference));
    const difference = differenceOf(of(reference.name), taken);
    expect(alike(difference), JSON.stringify(difference)).toBe(true);
  });
});

describe('a planted change is noticed', () => {
  test('another meaning of the colours', () => {
    expect(alike(differenceOf(of('overview-noon'), of('power-noon')))).toBe(false);
  });

  test('another hour', () => {
    expect(alike(differenceOf(of('overview-noon'), of('overview-night')))).toBe(false);
  });

  test('one roof painted over', () => {
    const { width, height, data } = of('overview-noon');
    const painted = Uint8Array.from(data);
    for (let y = 150; y < 158; y++) for (let x = 240; x < 256; x++) painted.set([222, 216, 200, 255], 4 * (y * width + x));
    const over = differenceOf(of('overview-noon'), { width, height, data: painted });
    expect(alike(over), JSON.stringify(over)).toBe(false);
  });
});
