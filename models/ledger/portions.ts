/**
 * Splits a whole number into whole portions by shares (largest remainder): they sum to it exactly. `shares` are read
 * from `at` on and sum to about 1; portions are written into `out` from `to` on. Portions are NaN where a share is.
 */
export function splitWhole(whole: number, shares: Float64Array, at: number, which: ArrayLike<number>, out: Float64Array, to: number): void {
  const count = which.length;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += shares[at + (which[k] as number)] as number;
  if (Number.isNaN(whole) || !(sum > 0)) {
    out.fill(whole === 0 ? 0 : Number.NaN, to, to + count);
    return;
  }
  let given = 0;
  for (let k = 0; k < count; k++) {
    const portion = Math.floor((whole * (shares[at + (which[k] as number)] as number)) / sum);
    out[to + k] = portion;
    given += portion;
  }
  // At most `count` are left; each goes to the one that lost most, the first of equals.
  for (let left = whole - given; left > 0; left--) {
    let most = -1;
    let best = 0;
    for (let k = 0; k < count; k++) {
      const lost = (whole * (shares[at + (which[k] as number)] as number)) / sum - (out[to + k] as number);
      if (most !== -1 && lost <= best) continue;
      most = k;
      best = lost;
    }
    out[to + most] = (out[to + most] as number) + 1;
  }
}
