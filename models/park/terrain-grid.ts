/** Reads a grid of heights from a file: JSON with rows of numbers, or an Esri ASCII grid (what GDAL calls AAIGrid). */
import { quote } from './problems.ts';
import type { TerrainFile } from './schema.ts';

export interface HeightGrid {
  /** West, south, east, north of the outermost heights, degrees. */
  bbox: [number, number, number, number];
  columns: number;
  rows: number;
  /** Metres, row by row from the north-west corner; NaN = unknown. */
  heights: Float64Array;
}

/** Why a grid is refused. */
export class GridFault extends Error {
  /** Of the file, or of park.yaml where it starts with "terrain". */
  field: string;
  mend: string;
  constructor(field: string, message: string, mend: string) {
    super(message);
    this.field = field;
    this.mend = mend;
  }
}

/** A height beyond these is a mistake (feet taken for metres, or a gap value that park.yaml does not name). */
const lowest_m = -500;
const highest_m = 9000;
const mostHeights = 16_000_000;

/** Throws GridFault. */
export function readGrid(file: TerrainFile, text: string): HeightGrid {
  const raw = /\.asc$/i.test(file.file) ? readAscii(file, text) : readJson(file, text);
  const { columns, rows } = raw;
  if (columns < 2 || rows < 2) throw new GridFault('heights', `has ${columns} × ${rows} heights`, 'A grid needs two rows of two at least.');
  const [west, south, east, north] = raw.bbox;
  if (!(west < east && south < north && Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 85 && Math.abs(north) <= 85)) {
    throw new GridFault(
      'bbox',
      `${quote(raw.bbox)} is no box of longitudes and latitudes`,
      'Give [west, south, east, north] in degrees; convert metres with gdalwarp -t_srs EPSG:4326.',
    );
  }
  const heights = new Float64Array(raw.values.length);
  for (let i = 0; i < heights.length; i++) {
    const value = raw.values[i];
    const none = value === null || value === raw.noData || Number.isNaN(value);
    const height = none ? Number.NaN : (value as number) * file.scale;
    if (!none && !(height >= lowest_m && height <= highest_m)) {
      throw new GridFault(
        `heights[${Math.floor(i / columns)}][${i % columns}]`,
        `${quote(value)} is no height in metres`,
        'Name the mark of gaps with terrain.noData, or scale the unit into metres with terrain.scale.',
      );
    }
    // Stored from north to south, whichever row the file begins with.
    const row = Math.floor(i / columns);
    heights[(file.firstRow === 'north' ? row : rows - 1 - row) * columns + (i % columns)] = height;
  }
  // A height in the middle of a cell lies half a cell inside the box.
  if (raw.cells) {
    const [dx, dy] = [(east - west) / columns / 2, (north - south) / rows / 2];
    return { bbox: [west + dx, south + dy, east - dx, north - dy], columns, rows, heights };
  }
  return { bbox: raw.bbox, columns, rows, heights };
}

interface Raw {
  bbox: HeightGrid['bbox'];
  columns: number;
  rows: number;
  values: (number | null)[];
  noData: number | undefined;
  /** Heights are of cells, not of the corners between them. */
  cells: boolean;
}

function readJson(file: TerrainFile, text: string): Raw {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    throw new GridFault('', `is no JSON: ${(error as Error).message.split('\n')[0]}`, 'Give a JSON file, or an Esri ASCII grid (.asc).');
  }
  const own = (typeof root === 'object' && root !== null ? root : {}) as Record<string, unknown>;
  const found = own[file.heights];
  if (!Array.isArray(found) || found.length === 0) {
    const names = Object.keys(own).slice(0, 8).join(', ') || 'none';
    throw new GridFault(
      'terrain.heights',
      `there is no list "${file.heights}" in ${file.file}; it has ${names}`,
      'Name its member with rows of heights.',
    );
  }
  const first: unknown = found[0];
  const columns = Array.isArray(first) ? first.length : sizeOf(own, file.columns);
  const rows = Array.isArray(first) ? found.length : found.length / columns;
  if (!Number.isInteger(rows) || found.length * (Array.isArray(first) ? columns : 1) > mostHeights) {
    throw new GridFault(
      'heights',
      `${found.length} heights do not fill rows of ${columns}`,
      'Correct terrain.columns, or cut the grid to the park.',
    );
  }
  const values: (number | null)[] = [];
  for (const [r, row] of (Array.isArray(first) ? found : [found]).entries()) {
    if (!Array.isArray(row) || (Array.isArray(first) && row.length !== columns)) {
      throw new GridFault(
        `${file.heights}[${r}]`,
        `${quote(row)} where a row of ${columns} heights belongs`,
        'Every row has as many heights.',
      );
    }
    for (const [c, value] of row.entries()) {
      if (value !== null && typeof value !== 'number') {
        throw new GridFault(
          `${file.heights}[${r}][${c}]`,
          `${quote(value)} is not a number`,
          'Heights are numbers, or null where unknown.',
        );
      }
      values.push(value);
    }
  }
  const bbox = Array.isArray(file.bbox) ? file.bbox : own[file.bbox];
  if (!Array.isArray(bbox) || bbox.length !== 4 || !bbox.every((n) => Number.isFinite(n))) {
    throw new GridFault(
      'terrain.bbox',
      `there is no box of four numbers "${String(file.bbox)}" in ${file.file}`,
      'Name its member with [west, south, east, north], or write the four numbers here.',
    );
  }
  return { bbox: bbox as HeightGrid['bbox'], columns, rows, values, noData: file.noData, cells: file.heightsAre === 'cells' };
}

function sizeOf(own: Record<string, unknown>, columns: TerrainFile['columns']): number {
  const size = typeof columns === 'string' ? own[columns] : columns;
  if (typeof size === 'number' && Number.isInteger(size) && size > 0) return size;
  throw new GridFault(
    'terrain.columns',
    'one long list of heights, and nothing says how many are in a row',
    'Give the number, or the member that holds it.',
  );
}

/** Header lines of a name and a number, then rows from north to south. */
function readAscii(file: TerrainFile, text: string): Raw {
  const header: Record<string, number> = {};
  let at = 0;
  for (;;) {
    const line = /^\s*([A-Za-z_]+)\s+(\S+)[^\n]*\n/.exec(text.slice(at, at + 200));
    if (line === null) break;
    header[(line[1] as string).toLowerCase()] = Number(line[2]);
    at += line[0].length;
  }
  const need = (name: string): number => {
    const value = header[name];
    if (value !== undefined && Number.isFinite(value)) return value;
    throw new GridFault(
      name,
      'is missing or no number in the header',
      'An Esri ASCII grid begins with ncols, nrows, xllcorner, yllcorner, cellsize.',
    );
  };
  const [columns, rows] = [need('ncols'), need('nrows')];
  const [dx, dy] = header['dx'] === undefined ? [need('cellsize'), need('cellsize')] : [need('dx'), need('dy')];
  const cells = header['xllcenter'] === undefined;
  const [x, y] = cells ? [need('xllcorner'), need('yllcorner')] : [need('xllcenter'), need('yllcenter')];
  if (columns * rows > mostHeights) throw new GridFault('ncols', `${columns} × ${rows} heights are too many`, 'Cut the grid to the park.');
  const values = text
    .slice(at)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number);
  if (values.length !== columns * rows) {
    throw new GridFault('nrows', `${values.length} heights where ${columns} × ${rows} belong`, 'Export the grid again.');
  }
  const [w, h] = cells ? [columns, rows] : [columns - 1, rows - 1];
  return { bbox: [x, y, x + w * dx, y + h * dy], columns, rows, values, noData: file.noData ?? header['nodata_value'], cells };
}
