/** How following the carbon changes the lines: each line that the carbon passes is as wide as its share, with chevrons. */

import type { ParkView } from '../../models/api/park-view.ts';
import type { FollowAnswer } from '../../models/api/supply.ts';

/** Half-width in metres of a line that carries all of the followed carbon: visible when the whole park is in the picture. */
export function fullHalf(radius_m: number): number {
  return Math.min(9, Math.max(2.5, radius_m / 120));
}

/** Overwrites what flow-values.ts wrote; pulses of 2 and −2 mark a followed line. Shares above 1 (circular flow) count as 1. */
export function widenFollowed(out: Float32Array, lines: ParkView['lines'], answer: FollowAnswer | null, full_m: number): void {
  if (answer === null) return;
  const shares = new Map(answer.lines.map(({ id, share }) => [id, share]));
  for (let i = 0; i < lines.length; i++) {
    const share = shares.get((lines[i] as ParkView['lines'][number]).id);
    const o = 8 * i;
    if (share === undefined || out[o + 4] === 0) continue;
    out[o + 4] = full_m * Math.min(1, share);
    out[o + 3] = 2 * (out[o + 3] as number);
  }
}
