/** The demo's stories type no number that the data can tell, and say what the inspector says. */
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { mixOf } from '../../client/live/mix.ts';
import { resolveFigure } from '../../client/live/story-figures.ts';
import { formatsIn } from '../../client/locales/formats.ts';
import { figureText } from '../../client/locales/story-words.ts';
import { type ParkView, toDocument, viewOf } from '../../models/api/park-view.ts';
import type { Park } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import { piecesOf } from '../../models/park/stories.ts';
import { type Layout, layoutOf } from '../../models/wire/layout.ts';
import { loadParkFolder } from '../../server/twin/park-folder.ts';

let park: Park;
let problems: Problem[];
let view: ParkView;
let layout: Layout;
const { power, intensity, percent, roughly } = formatsIn('en');

beforeAll(async () => {
  const loaded = await loadParkFolder(fileURLToPath(new URL('../../data/parks/demo', import.meta.url)), {});
  if (!loaded.park) throw new Error('the demo park does not build');
  [park, problems] = [loaded.park, loaded.problems];
  view = viewOf(JSON.parse(JSON.stringify(toDocument(park, { mode: 'simulated', audience: 'full', warnings: [], revision: 'first' }))));
  layout = layoutOf(view, 'full');
});

/** Physics and turns of phrase, which no meter tells. */
const allowed = ['1,200 °C', '90 °C', '1200℃', '90℃', 'One flame, two products', '一团火焰，两种产品', '银杏'];
const digits = /\d/;
const english =
  /\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|half|third|quarter|twice|double|percent)s?\b/i;
const chinese = /[零〇一二两三四五六七八九十百千万亿半倍]/;

test('every number in them is a figure of the data', () => {
  expect(problems.filter(({ feature, severity }) => severity === 'error' || park.stories.some(({ id }) => id === feature))).toEqual([]);
  for (const story of park.stories) {
    for (const words of [story.title, story.body].flatMap(({ en, zh }) => [en, zh ?? ''])) {
      const typed = allowed.reduce(
        (text, phrase) => text.replaceAll(phrase, ''),
        piecesOf(words)
          .filter((_, i) => i % 2 === 0)
          .join('·'),
      );
      for (const number of [digits, english, chinese]) expect(number.exec(typed)?.[0], `${story.id}: ${typed}`).toBeUndefined();
    }
  }
  expect(park.stories.filter(({ figures }) => figures !== undefined).length).toBeGreaterThanOrEqual(7);
});

test('both languages ask for the same figures', () => {
  const asked = (text: string) =>
    piecesOf(text)
      .filter((_, i) => i % 2 === 1)
      .sort();
  for (const { id, title, body } of park.stories) {
    for (const { en, zh } of [title, body]) expect(asked(zh ?? ''), id).toEqual(asked(en));
  }
});

test('the sentence shows the figure of the inspector, for the same asset and moment', () => {
  const values = Float32Array.from({ length: layout.size }, (_, i) => 17 + ((i * 7919) % 5000) / 3);
  // Shares are of one whole.
  for (const { shares } of layout.assets.values())
    for (let k = 0; k < 9; k++) values[shares + k] = [0.41, 0.2, 0.01, 0.12, 0.24, 0.02, 0, 0, 0][k] as number;
  let compared = 0;
  for (const { figures = {} } of view.metadata.stories) {
    for (const figure of Object.values(figures)) {
      const found = resolveFigure(figure, view, layout, values);
      const sentence = figureText(found, formatsIn('en'));
      if ('intensity' in figure) {
        const shown = intensity(values[layout.assets.get(figure.intensity)?.intensity ?? -1] as number);
        expect(sentence).toBe(`${shown.value} ${shown.unit}`);
      } else if ('source' in figure) {
        const parts = mixOf(values, layout.assets.get(figure.asset)?.shares ?? -1);
        expect(sentence).toBe(percent(parts.find(({ kind }) => kind === figure.source)?.percent ?? 0));
      } else if ('power' in figure) {
        const kW = values[layout.assets.get(figure.asset)?.ports[figure.power]?.power ?? -1] as number;
        const shown = roughly(kW);
        expect(sentence).toBe(`${shown.value} ${shown.unit}`);
        // To two figures what the inspector says with one more.
        const [rough, exact] = [shown, power(kW)].map(({ value, unit }) => Number(value.replace(',', '')) * (unit === 'MW' ? 1000 : 1));
        expect(Math.abs((rough as number) - (exact as number))).toBeLessThanOrEqual(0.051 * (exact as number));
      } else continue;
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(8);
});
