/** Rows of readings as columns. */
import { qualities } from '../../../models/quality.ts';
import type { ReadingColumns } from '../journal.ts';
import { qualityOfCode } from './open.ts';

export type ReadingRow = [time: number, point: number, value: number | null, quality: number];

const validityOf = qualityOfCode.map((quality) => qualities.indexOf(quality));

/** Rows as columns; points are numbered as they come. */
export function makeColumns(nameOf: (id: number) => string) {
  const points: string[] = [];
  const places = new Map<number, number>();
  const point: number[] = [];
  const time: number[] = [];
  const value: number[] = [];
  const quality: number[] = [];
  return {
    size: () => time.length,
    add: (row: ReadingRow) => {
      let place = places.get(row[1]);
      if (place === undefined) {
        place = points.push(nameOf(row[1])) - 1;
        places.set(row[1], place);
      }
      point.push(place);
      time.push(row[0]);
      value.push(row[2] ?? Number.NaN);
      quality.push(validityOf[row[3]] ?? qualities.indexOf('bad'));
    },
    finish: (): ReadingColumns => ({
      points,
      point: Uint32Array.from(point),
      time: Float64Array.from(time),
      value: Float64Array.from(value),
      quality: Uint8Array.from(quality),
    }),
  };
}
