/**
 * How much a counter grew up to its next reading, across a rollover, a reset, a swap of the meter or a short fall.
 * Live values, accounted intervals and history use the same rules.
 */

/** The value that many 32-bit counters answer when they have none. */
export const noCount = 0xffff_ffff;

export interface Growth {
  amount: number;
  /** Which earlier count it grew from: 0 is the one before, 1 the one before that… */
  since: number;
  /** The counter rolled over or came back after a fall: the amount is probably right, and is flagged. */
  inferred: boolean;
}

/** How many counts back a fall is looked for. */
const memory = 3;

export function isNoCount(value: number, rollover?: number): boolean {
  return value === noCount || (rollover !== undefined && value > rollover);
}

/**
 * Growth from earlier counts (`earlier(0)` is the newest; only real counts) to `value`, in the counter's unit. Null when
 * it is unknown: there is no earlier count, or the counter fell (reset, swapped) and a new count begins. A counter that
 * fell for a moment and came back is measured from the count before the fall, so that nothing is counted twice.
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

/** Whether a fall is a rollover: it must exceed three quarters of the range, a smaller fall is a reset. */
function turnsOver(before: number, after: number, rollover: number | undefined): boolean {
  return rollover !== undefined && after - before + rollover < rollover / 4;
}
