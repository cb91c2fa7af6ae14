/**
 * Rounding whose parts still sum to their total: largest remainder (Hamilton's method). The figures that a report shows add
 * up, and no figure is more than one step from its exact value.
 */

/** To the nearest whole step, halves away from zero; NaN stays NaN. Never −0. */
export function roundTo(value: number, step: number): number {
  const steps = Math.sign(value) * Math.round(Math.abs(value) / step);
  return steps === 0 ? 0 : steps;
}

/**
 * Parts in whole steps whose sum is `total` steps; by default the rounded sum of the parts. Each part is its exact value
 * rounded down or up, as long as `total` is not further from the exact sum than there are parts. NaN parts are not
 * known: they stay NaN and take no share. The order of equal remainders is that of the parts, so that the same figures
 * are always rounded the same way.
 */
export function roundParts(parts: readonly number[], step: number, total?: number): number[] {
  const exact = parts.map((part) => part / step);
  const floors = exact.map((part) => (Number.isNaN(part) ? Number.NaN : plain(Math.floor(part))));
  const known = exact.flatMap((part, i) => (Number.isNaN(part) ? [] : [i]));
  if (known.length === 0) return floors;
  // The parts themselves are summed: they are whole numbers, so their sum is exact up to 2^53.
  const wanted =
    total ??
    roundTo(
      known.reduce((sum, i) => sum + (parts[i] as number), 0),
      step,
    );
  const given = known.reduce((sum, i) => sum + (floors[i] as number), 0);
  const remainder = (i: number) => (exact[i] as number) - (floors[i] as number);
  const order = [...known].sort((a, b) => remainder(b) - remainder(a) || a - b);
  const missing = wanted - given;
  const each = Math.floor(missing / order.length);
  const more = missing - each * order.length;
  for (const [rank, i] of order.entries()) floors[i] = plain((floors[i] as number) + each + (rank < more ? 1 : 0));
  return floors;
}

function plain(value: number): number {
  return value === 0 ? 0 : value;
}

/**
 * Shares of one whole as whole percents that sum to 100, so that a mix adds up as it is shown; NaN where none is known. A
 * part that rounds to 0 is not left out: it is shown as "less than 1 %" and adds nothing to the sum.
 */
export function percentsOf(shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) return shares.map(() => Number.NaN);
  return roundParts(
    shares.map((share) => share / sum),
    0.01,
    100,
  );
}
