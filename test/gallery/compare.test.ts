import { describe, expect, test } from 'vitest';
import { alike, differenceOf, type Picture } from './compare.ts';

/** A made-up site: pale ground, rows of roofs 20 × 10 pixels, smoothed by `blur` at their edges. */
function site(roofs: (i: number) => readonly number[] | null, edge = 1): Picture {
  const [width, height] = [480, 300];
  const data = new Uint8Array(4 * width * height);
  const ground = [222, 216, 200];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [i, u, v] = [Math.floor(x / 40) + 12 * Math.floor(y / 30), x % 40, y % 30];
      const roof = roofs(i);
      const inside = Math.min(u - 10, 30 - u, v - 10, 20 - v);
      const cover = roof ? Math.min(1, Math.max(0, 0.5 + inside / edge)) : 0;
      for (let k = 0; k < 3; k++) {
        const noise = ((x * 7 + y * 13 + k * 5) % 5) - 2;
        data[4 * (y * width + x) + k] = Math.round((ground[k] as number) * (1 - cover) + (roof?.[k] ?? 0) * cover) + noise;
      }
      data[4 * (y * width + x) + 3] = 255;
    }
  }
  return { width, height, data };
}
const mint = [199, 255, 222];
const amber = [217, 130, 20];
const reference = site((i) => (i % 3 === 0 ? amber : mint));

describe('pictures are alike', () => {
  test('when they are the same, or edges are smoothed in another way', () => {
    expect(differenceOf(reference, reference)).toMatchObject({ mean: 0, worst: 0 });
    expect(
      alike(
        differenceOf(
          reference,
          site((i) => (i % 3 === 0 ? amber : mint), 1.8),
        ),
      ),
    ).toBe(true);
  });

  test('not when one roof of a hundred and twenty is missing, and it is said where', () => {
    const found = differenceOf(
      reference,
      site((i) => (i === 27 ? null : i % 3 === 0 ? amber : mint)),
    );
    expect(alike(found)).toBe(false);
    expect(found.at[0]).toBeGreaterThanOrEqual(120);
    expect(found.at[0]).toBeLessThan(160);
    expect(found.at[1]).toBeGreaterThanOrEqual(60);
    expect(found.at[1]).toBeLessThan(90);
  });

  test('not when one roof has another colour', () => {
    expect(
      alike(
        differenceOf(
          reference,
          site((i) => (i === 28 ? amber : i % 3 === 0 ? amber : mint)),
        ),
      ),
    ).toBe(false);
  });

  test('not when all is a little darker, blank, or of another size', () => {
    const darker = { ...reference, data: reference.data.map((v, i) => (i % 4 === 3 ? v : v * 0.96)) };
    expect(alike(differenceOf(reference, darker))).toBe(false);
    expect(
      alike(
        differenceOf(
          reference,
          site(() => null),
        ),
      ),
    ).toBe(false);
    expect(alike(differenceOf(reference, { width: 8, height: 8, data: new Uint8Array(256) }))).toBe(false);
  });
});
