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
  test('another hour', () => {
    expect(alike(differenceOf(of('overview-noon'), of('overview-night')))).toBe(false);
  });

  test('another place of the eye', () => {
    expect(alike(differenceOf(of('centre-noon'), of('energy-centre-noon')))).toBe(false);
  });

  test('one roof painted over', () => {
    const { width, height, data } = of('energy-centre-noon');
    // The one roof that is amber in the middle of that picture: all its pixels as the ground is.
    const painted = Uint8Array.from(data);
    let roof = 0;
    for (let i = 0; i < painted.length; i += 4) {
      const [r, g, b] = [painted[i] as number, painted[i + 1] as number, painted[i + 2] as number];
      if (!(r > 190 && g > 140 && g < 190 && b < 60)) continue;
      painted.set([200, 195, 188], i);
      roof++;
    }
    expect(roof).toBeGreaterThan(150);
    const over = differenceOf(of('energy-centre-noon'), { width, height, data: painted });
    expect(alike(over), JSON.stringify(over)).toBe(false);
  });
});
