/** Nights at a place (when the sun is down), for the shaded bands behind the timeline. */
import { getPosition } from 'suncalc';
import type { TimeRange } from './shown-range.ts';

const step_ms = 1_200_000;
/** Apparent altitude of the sun's centre at sunrise and sunset, degrees. */
const horizon = -0.8;

/**
 * Nights inside the time range. The sun's altitude is computed every 20 minutes, with bisection in between: right also
 * where the sun does not set for weeks, and where days have 23 or 25 hours.
 */
export function nightsOf({ from, to }: TimeRange, place: { lon: number; lat: number }): TimeRange[] {
  const altitude = (time: number) => getPosition(new Date(time), place.lat, place.lon).altitude;
  const isDown = (time: number) => altitude(time) < horizon;
  const nights: TimeRange[] = [];
  let start: number | null = isDown(from) ? from : null;
  for (let at = from; at < to; at += step_ms) {
    const next = Math.min(to, at + step_ms);
    const down = isDown(next);
    if (down === (start !== null)) continue;
    const edge = crossing(at, next, isDown);
    if (down) start = edge;
    else if (start !== null) {
      nights.push({ from: start, to: edge });
      start = null;
    }
  }
  if (start !== null) nights.push({ from: start, to });
  return nights;
}

/** The time between `a` and `b` at which the sun rises or sets, to half a minute. */
function crossing(a: number, b: number, isDown: (time: number) => boolean): number {
  const before = isDown(a);
  let [low, high] = [a, b];
  while (high - low > 30_000) {
    const middle = (low + high) / 2;
    if (isDown(middle) === before) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
