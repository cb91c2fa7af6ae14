/**
 * Whether two pictures show the same. They are compared by the mean colours of square blocks, so that edges smoothed in
 * another way by another driver do not count, and a roof that is missing or has another colour does.
 */

export interface Picture {
  width: number;
  height: number;
  /** r, g, b, a of each pixel, 0…255. */
  data: Uint8Array | Uint8ClampedArray;
}

export interface Difference {
  /** Mean over all blocks of the largest difference of a channel, 0…255. */
  mean: number;
  /** The block that differs most, and where it is, pixels. */
  worst: number;
  at: [number, number];
}

/** Side of a block, pixels: about a small roof in a picture of 480 × 300. */
const block = 8;

/** What another driver, another compression and a second more of the park's time may do. */
export const tolerance = { mean: 2.5, worst: 26 };

export function alike(difference: Difference): boolean {
  return difference.mean <= tolerance.mean && difference.worst <= tolerance.worst;
}

export function differenceOf(a: Picture, b: Picture): Difference {
  if (a.width !== b.width || a.height !== b.height) return { mean: 255, worst: 255, at: [0, 0] };
  const columns = Math.floor(a.width / block);
  const rows = Math.floor(a.height / block);
  let sum = 0;
  let worst = 0;
  let at: [number, number] = [0, 0];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const d = Math.max(...[0, 1, 2].map((k) => Math.abs(blockMean(a, x, y, k) - blockMean(b, x, y, k))));
      sum += d;
      if (d <= worst) continue;
      worst = d;
      at = [x * block, y * block];
    }
  }
  return { mean: sum / (rows * columns), worst, at };
}

function blockMean({ data, width }: Picture, column: number, row: number, channel: number): number {
  let sum = 0;
  for (let y = row * block; y < (row + 1) * block; y++)
    for (let x = column * block; x < (column + 1) * block; x++) sum += data[4 * (y * width + x) + channel] as number;
  return sum / (block * block);
}
