/**
 * Position of a value on a drawn scale, 0…1. Every colour of the table gets the same width, so that the low-carbon end,
 * where decisions are made, has enough room.
 */
import { colourOf, rgbToHex, type Scale } from '../../../models/colour.ts';

export function scalePositionOf(scale: Scale, value: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  const last = scale.stops.length - 1;
  for (let i = 0; i < last; i++) {
    const low = scale.stops[i]?.at ?? 0;
    const high = scale.stops[i + 1]?.at ?? 0;
    if (value < high) return Math.max(0, i + (value - low) / (high - low)) / last;
  }
  return 1;
}

/** The value at a position; the inverse within the scale. */
export function valueAtPosition(scale: Scale, position: number): number {
  const last = scale.stops.length - 1;
  const at = Math.min(1, Math.max(0, position)) * last;
  const i = Math.min(last - 1, Math.floor(at));
  const low = scale.stops[i]?.at ?? 0;
  const high = scale.stops[i + 1]?.at ?? 0;
  return low + (at - i) * (high - low);
}

/** A CSS gradient of the scale, sampled finely enough that CIELAB and CSS interpolation look the same. */
export function gradientOf(scale: Scale, samples = 40): string {
  const colours = Array.from({ length: samples + 1 }, (_, i) => {
    const rgb = colourOf(scale, valueAtPosition(scale, i / samples));
    return `${rgb ? rgbToHex(rgb) : 'transparent'} ${((100 * i) / samples).toFixed(2)}%`;
  });
  return `linear-gradient(90deg, ${colours.join(', ')})`;
}

/** How many values fall into each of `bins` equal parts of the drawn scale; unknown values in none. */
export function distribution(values: Iterable<[Scale, number]>, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const [scale, value] of values) {
    const position = scalePositionOf(scale, value);
    if (Number.isNaN(position)) continue;
    const bin = Math.min(bins - 1, Math.floor(position * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
