/** Terrain of a park: a grid of heights from a file, mapped by park.yaml, kept small enough for the park's document. */

import { f64 } from '../typed-arrays.ts';
import { compact } from './compact.ts';
import type { Terrain } from './park.ts';
import type { ProblemList } from './problems.ts';
import type { TerrainFile } from './schema.ts';
import { GridFault, type HeightGrid, readGrid } from './terrain-grid.ts';

/** A larger grid is thinned: it is sent to every screen, and the ground is drawn cell by cell. */
const most = 20_000;
const step_m = 0.1;

/** null = refused; this is reported. */
export function buildTerrain(file: TerrainFile, text: string, place: { lon: number; lat: number }, problems: ProblemList): Terrain | null {
  try {
    const grid = readGrid(file, text);
    const [west, south, east, north] = grid.bbox;
    if (place.lon < west || place.lon > east || place.lat < south || place.lat > north) {
      problems.error(
        { file: file.file, field: 'bbox' },
        `the grid does not cover the park: ${[west, south, east, north].join(', ')} is elsewhere`,
        'Order the box as west, south, east, north in degrees, or take a grid of the park.',
      );
      return null;
    }
    const missing = filled(grid);
    if (missing > 0) {
      problems.warning(
        { file: file.file },
        `${missing} of ${grid.heights.length} heights are missing; their neighbours stand in`,
        'Fill the gaps of the grid, or leave it so.',
      );
    }
    return packed(thinned(grid), file.sea_m);
  } catch (error) {
    if (!(error instanceof GridFault)) throw error;
    problems.error({ file: error.field.startsWith('terrain') ? 'park.yaml' : file.file, field: error.field }, error.message, error.mend);
    return null;
  }
}

/** Fills gaps with the mean of their known neighbours, ring by ring; returns the number of gaps. */
function filled({ heights, columns, rows }: HeightGrid): number {
  let gaps = [...heights.keys()].filter((i) => Number.isNaN(heights[i]));
  const count = gaps.length;
  if (count === heights.length) throw new GridFault('heights', 'holds no height at all', 'Check noData and the column of heights.');
  while (gaps.length > 0) {
    const known: [number, number][] = [];
    for (const i of gaps) {
      const [c, r] = [i % columns, Math.floor(i / columns)];
      const around = [
        [c - 1, r],
        [c + 1, r],
        [c, r - 1],
        [c, r + 1],
      ].flatMap(([x, y]) => {
        if (x === undefined || y === undefined || x < 0 || y < 0 || x >= columns || y >= rows) return [];
        const h = f64(heights, y * columns + x);
        return Number.isNaN(h) ? [] : [h];
      });
      if (around.length > 0) known.push([i, around.reduce((a, b) => a + b, 0) / around.length]);
    }
    for (const [i, h] of known) heights[i] = h;
    gaps = gaps.filter((i) => Number.isNaN(heights[i]));
  }
  return count;
}

/** Reduces the grid to about `most` heights by bilinear interpolation, so that the box stays the same. */
function thinned(grid: HeightGrid): HeightGrid {
  if (grid.heights.length <= most) return grid;
  const by = Math.sqrt(grid.heights.length / most);
  const columns = Math.max(2, Math.floor(grid.columns / by));
  const rows = Math.max(2, Math.floor(grid.rows / by));
  const heights = new Float64Array(columns * rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const [x, y] = [(c / (columns - 1)) * (grid.columns - 1), (r / (rows - 1)) * (grid.rows - 1)];
      const [i, j] = [Math.min(grid.columns - 2, Math.floor(x)), Math.min(grid.rows - 2, Math.floor(y))];
      const at = (di: number, dj: number) => f64(grid.heights, (j + dj) * grid.columns + i + di);
      const south = at(0, 1) + (at(1, 1) - at(0, 1)) * (x - i);
      const north = at(0, 0) + (at(1, 0) - at(0, 0)) * (x - i);
      heights[r * columns + c] = north + (south - north) * (y - j);
    }
  }
  return { ...grid, columns, rows, heights };
}

function packed({ bbox, columns, rows, heights }: HeightGrid, sea_m: number | undefined): Terrain {
  const low = heights.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const low_m = Math.round(low * 1000) / 1000;
  const steps = Array.from(heights, (h) => Math.round((h - low_m) / step_m));
  const differences = steps.map((s, i) => {
    if (i === 0) return s;
    return s - (steps[i % columns === 0 ? i - columns : i - 1] as number);
  });
  return compact<Terrain>({ bbox, columns, rows, low_m, step_m, heights: differences, sea_m });
}
