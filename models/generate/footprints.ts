/** Outlines of buildings within a rectangle [u0, v0, u1, v1]: plain, L, U, T, notched, with a court, chamfered. */
import type { Dice } from './dice.ts';
import type { Uv } from './street-grid.ts';

export type Box = readonly [number, number, number, number];
/** Outer ring counter-clockwise, then holes; not closed. */
export type FootprintOutline = Uv[][];

export const footprintForms = ['plain', 'ell', 'u', 'tee', 'notched', 'court', 'chamfered'] as const;
export type FootprintForm = (typeof footprintForms)[number];

export const rectangle = ([u0, v0, u1, v1]: Box): Uv[] => [
  [u0, v0],
  [u1, v0],
  [u1, v1],
  [u0, v1],
];

export function footprint(form: FootprintForm, box: Box, dice: Dice): FootprintOutline {
  const [u0, v0, u1, v1] = box;
  const [w, d] = [u1 - u0, v1 - v0];
  // Fractions of the box to metres, mirrored at random so that no two streets look alike.
  const [flipU, flipV] = [dice.chance(0.5), dice.chance(0.5)];
  const at = (x: number, y: number): Uv => [u0 + w * (flipU ? 1 - x : x), v0 + d * (flipV ? 1 - y : y)];
  const ring = (points: readonly (readonly [number, number])[]): Uv[] => {
    const placed = points.map(([x, y]) => at(x, y));
    return flipU === flipV ? placed : placed.reverse();
  };
  const a = dice.between(0.38, 0.55);
  const b = dice.between(0.36, 0.5);
  switch (form) {
    case 'plain':
      return [rectangle(box)];
    case 'ell':
      return [
        ring([
          [0, 0],
          [1, 0],
          [1, b],
          [a, b],
          [a, 1],
          [0, 1],
        ]),
      ];
    case 'u':
      return [
        ring([
          [0, 0],
          [1, 0],
          [1, 1],
          [0.72, 1],
          [0.72, b],
          [0.28, b],
          [0.28, 1],
          [0, 1],
        ]),
      ];
    case 'tee':
      return [
        ring([
          [0, 0],
          [1, 0],
          [1, b],
          [0.5 + a / 2, b],
          [0.5 + a / 2, 1],
          [0.5 - a / 2, 1],
          [0.5 - a / 2, b],
          [0, b],
        ]),
      ];
    case 'notched':
      return [
        ring([
          [0, 0],
          [1, 0],
          [1, 0.78],
          [0.82, 0.78],
          [0.82, 1],
          [0, 1],
        ]),
      ];
    case 'court': {
      // A court that would be too small is left out.
      if (w < 26 || d < 22) return [rectangle(box)];
      const hole = rectangle([u0 + 0.34 * w, v0 + 0.34 * d, u0 + 0.66 * w, v0 + 0.66 * d]);
      return [rectangle(box), hole.reverse()];
    }
    case 'chamfered': {
      const c = 0.2 * Math.min(w, d);
      return [
        [
          [u0 + c, v0],
          [u1, v0],
          [u1, v1 - c],
          [u1 - c, v1],
          [u0, v1],
          [u0, v0 + c],
        ],
      ];
    }
  }
}

/** A circle as a polygon. */
export function circle([u, v]: Uv, radius: number, sides = 20): Uv[] {
  return Array.from({ length: sides }, (_, i): Uv => {
    const t = (2 * Math.PI * i) / sides;
    return [u + radius * Math.cos(t), v + radius * Math.sin(t)];
  });
}

/** Square metres of a ring. */
export function areaOf(ring: readonly Uv[]): number {
  let twice = 0;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] as Uv;
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return Math.abs(twice) / 2;
}
