/** What the timeline draws, as columns over time: mean power by source, the park's intensity, what is estimated. */
import { type SourceKind, sourceKinds } from '../../../models/energy-sources.ts';

export interface TrackRows {
  /** Start and end of each row, ms, ascending. */
  starts: Float64Array;
  ends: Float64Array;
  /** Mean kW of the park's consumption that came from each kind of source; NaN unknown. */
  power_kW: Partial<Record<SourceKind, Float64Array>>;
  /** gCO2e/kWh of the park's consumption; NaN unknown. */
  intensity: Float64Array;
  /** Estimated share of the row's energy, 0…1. */
  estimated: Float64Array;
}

/** Order of the stack from bottom to top: bought energy at the bottom, solar at the top. */
export const stackOrder: readonly SourceKind[] = [
  'grid',
  'gas',
  'biomass',
  'recoveredHeat',
  'other',
  'unmetered',
  'storage',
  'wind',
  'solar',
];

/** Columns of the park's ledger that the timeline is drawn from. */
export const trackColumns: readonly string[] = [
  ...sourceKinds.map((kind) => `from.${kind}.Wh`),
  'consumption.Wh',
  'consumption.mg',
  'estimated.Wh',
];

const hour_ms = 3_600_000;

export type Columns = Readonly<Record<string, { values: readonly (number | null)[] } | undefined>>;

/** Rows of a series answer. `endOf` gives the end of a row from its start. */
export function rowsOf(times: readonly number[], columns: Columns, endOf: (start: number) => number): TrackRows {
  const n = times.length;
  const starts = Float64Array.from(times);
  const ends = Float64Array.from(times, endOf);
  const column = (name: string): Float64Array | null => {
    const values = columns[name]?.values;
    return values ? Float64Array.from(values, (v) => v ?? Number.NaN) : null;
  };
  const power_kW: TrackRows['power_kW'] = {};
  for (const kind of sourceKinds) {
    const energy = column(`from.${kind}.Wh`);
    if (!energy?.some((v) => v > 0)) continue;
    power_kW[kind] = energy.map((Wh, i) => Wh / 1000 / (((ends[i] as number) - (starts[i] as number)) / hour_ms));
  }
  const blank = () => new Float64Array(n).fill(Number.NaN);
  const consumed = column('consumption.Wh') ?? blank();
  const carbon = column('consumption.mg') ?? blank();
  const guessed = column('estimated.Wh') ?? blank();
  // mg per Wh is g per kWh. Where nothing was consumed there is no intensity.
  const intensity = carbon.map((mg, i) => ((consumed[i] as number) > 0 ? mg / (consumed[i] as number) : Number.NaN));
  const estimated = guessed.map((Wh, i) => ((consumed[i] as number) > 0 ? Wh / (consumed[i] as number) : Number.NaN));
  return { starts, ends, power_kW, intensity, estimated };
}

export const noRows: TrackRows = rowsOf([], {}, (start) => start);

/** Joins pieces of the same step, given in time order. */
export function joined(pieces: readonly TrackRows[]): TrackRows {
  const glue = (of: (piece: TrackRows) => Float64Array): Float64Array => {
    const parts = pieces.map(of);
    const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const power_kW: TrackRows['power_kW'] = {};
  for (const kind of sourceKinds) {
    if (!pieces.some((piece) => piece.power_kW[kind])) continue;
    power_kW[kind] = glue((piece) => piece.power_kW[kind] ?? piece.intensity.map((_, i) => sumAt(piece, i) * 0));
  }
  return {
    starts: glue((p) => p.starts),
    ends: glue((p) => p.ends),
    power_kW,
    intensity: glue((p) => p.intensity),
    estimated: glue((p) => p.estimated),
  };
}

/** Mean kW of all sources in a row; NaN when none is known. */
export function sumAt(rows: TrackRows, i: number): number {
  let sum = Number.NaN;
  for (const kind of stackOrder) {
    const value = rows.power_kW[kind]?.[i];
    if (value === undefined || Number.isNaN(value)) continue;
    sum = Number.isNaN(sum) ? value : sum + value;
  }
  return sum;
}

/** Index of the row that contains the time, or −1. */
export function rowAt(rows: TrackRows, time: number): number {
  let [low, high] = [0, rows.starts.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((rows.starts[middle] as number) > time) high = middle - 1;
    else if ((rows.ends[middle] as number) <= time) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** First row that ends after `from`, and the first that starts at or after `to`. */
export function rowsWithin(rows: TrackRows, from: number, to: number): [first: number, end: number] {
  let first = 0;
  while (first < rows.ends.length && (rows.ends[first] as number) <= from) first++;
  let end = first;
  while (end < rows.starts.length && (rows.starts[end] as number) < to) end++;
  return [first, end];
}

/** The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: the axis rarely changes while the range moves. */
export function axisEnd(value: number): number {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.5, 2, 3, 4, 5, 6, 8]) if (value <= step * unit * (1 + 1e-9)) return step * unit;
  return 10 * unit;
}
