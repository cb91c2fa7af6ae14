/** Gauges that show how full a storage is: panels on the long sides of battery containers, sight glasses on vessels. */
import { containersOf } from './plants.ts';
import { at, frameOf, type Ring, type Vec } from './ring.ts';
import type { Site } from './site.ts';
import { vesselsOf } from './storage.ts';

/**
 * An upright rectangle. Metres: the middle of its foot (x east, y north), the height of its foot, its own height and width;
 * and the direction in which it faces.
 */
export interface Gauge {
  index: number;
  foot: Vec;
  z: number;
  height: number;
  width: number;
  looks: Vec;
}

/** Number of sight glasses around a round vessel, so that one is always in sight. */
const sides = 6;

/** On the long sides of containers. */
export function containerGauges(site: Site): Gauge[] {
  const { index, frame, ground, base } = site;
  const { places, half, height } = containersOf(site);
  const [ax, ay] = frame.axis;
  return places.flatMap(([u, v]) =>
    [-1, 1].map((side) => ({
      index,
      foot: at(frame, u, v + side * (half[1] + 0.05)),
      z: ground + base + 0.5,
      height: height - 0.95,
      width: half[0] * 1.9,
      looks: [-ay * side, ax * side] as Vec,
    })),
  );
}

/** On round vessels. */
export function vesselGauges(site: Site): Gauge[] {
  const { asset, index, ground, base } = site;
  return site.areas.flatMap((area) => {
    const { middles, radius } = vesselsOf({ frame: frameOf(area[0] as Ring) });
    return middles.flatMap((c) =>
      Array.from({ length: sides }, (_, k) => {
        const turn = (2 * Math.PI * k) / sides + 0.3;
        const looks: Vec = [Math.cos(turn), Math.sin(turn)];
        const away = radius * 1.035;
        return {
          index,
          foot: [c[0] + looks[0] * away, c[1] + looks[1] * away] as Vec,
          z: ground + base + asset.height_m * 0.08,
          height: asset.height_m * 0.66,
          width: radius * 0.34,
          looks,
        };
      }),
    );
  });
}
