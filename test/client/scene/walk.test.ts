import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { clearance, freePlace, isFree, obstaclesOf, startingPlace, walkStep } from '../../../client/scene/camera/walk.ts';
import { inArea, type Vec } from '../../../client/scene/shape/ring.ts';
import { parkOf, square } from './park-view.ts';

const sites = sitesOf(
  parkOf([
    ...[...Array(16).keys()].map((i) => square(`a${i}`, (i % 4) * 50, Math.floor(i / 4) * 50, 38)),
    square('plot', 300, 0, 60, { kind: 'plot' }),
    square('canopy', 300, 100, 20, { kind: 'evCharger' }),
  ]),
);
const obstacles = obstaclesOf(sites);
const solids = sites.filter((s) => s.asset.kind === 'building').flatMap((s) => s.areas);
const inSolid = (p: Vec) => solids.some((area) => inArea(p, area));

describe('walking', () => {
  const coordinate = fc.double({ min: -40, max: 260, noNaN: true });

  test('begins outside of everything, wherever one looked', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        for (const p of [freePlace([x, y], obstacles), startingPlace([x, y], obstacles)]) {
          expect(isFree(p, obstacles)).toBe(true);
          expect(inSolid(p)).toBe(false);
        }
      }),
    );
  });

  test('never ends inside of a building, however one runs', () => {
    const by = fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }));
    fc.assert(
      fc.property(coordinate, coordinate, fc.array(by, { maxLength: 60 }), (x, y, steps) => {
        let p = freePlace([x, y], obstacles);
        for (const s of steps) {
          p = walkStep(p, s, obstacles);
          expect(inSolid(p)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('slides along a wall instead of stopping at it', () => {
    let p: Vec = [-2, 19];
    for (let i = 0; i < 40; i++) p = walkStep(p, [0.4, 0.4], obstacles);
    expect(p[0]).toBeLessThan(12 + 0.4);
    expect(p[1]).toBeGreaterThan(27);
  });

  test('goes over plots and under canopies, and keeps off walls', () => {
    expect(isFree([330, 30], obstacles)).toBe(true);
    expect(isFree([310, 110], obstacles)).toBe(true);
    expect(isFree([-clearance / 2, 19], obstacles)).toBe(false);
  });
});
