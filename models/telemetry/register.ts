/**
 * What a counter's next reading means: how much it grew, over a rollover, a reset, a swap of the meter and a fall that
 * mends itself. The same rules for live values, accounted intervals and history.
 */

/** What many 32-bit counters answer when they have nothing to say. */
export const noCount = 0xffff_ffff;

export interface Growth {
  amount: number;
  /** Which earlier count it grew from: 0 is the one before, 1 the one before that… */
  since: number;
  /** It turned over, or came back after a fall: right as far as can be told, and flagged. */
  inferred: boolean;
}

/** How far back a fall is remembered. */
const memory = 3;

export function isNoCount(value: number, rollover?: number): boolean {
  return value === noCount || (rollover !== undefined && value > rollover);
}

/**
 * From earlier counts (`earlier(0)` is the newest; only real counts) to `value`, in the counter's unit. Null when
 * nothing can be said: there is none before, or it fell (reset, swapped) and a new count begins. One that fell for a
 * moment and came back is measured from before the fall, so that nothing is counted twice.
 */
export function growthOf(value: number, earlier: (n: number) => number | undefined, rollover?: number): Growth | null {
  const before = earlier(0);
  if (before === undefined) return null;
  if (value < before) {
    if (!turnsOver(before, value, rollover)) return null;
    return { amount: value - before + (rollover as number), since: 0, inferred: true };
  }
  for (let n = 0; n < memory; n++) {
    const low = earlier(n) as number;
    const top = earlier(n + 1);
    if (top === undefined) break;
    if (low >= top) continue;
    if (before < top && value >= top && !turnsOver(top, low, rollover)) return { amount: value - top, since: n + 1, inferred: true };
    break;
  }
  return { amount: value - before, since: 0, inferred: false };
}

/** A wrap leaves little behind: a fall by less than three quarters of the range is a reset. */
function turnsOver(before: number, after: number, rollover: number | undefined): boolean {
  return rollover !== undefined && after - before + rollover < rollover / 4;
}
