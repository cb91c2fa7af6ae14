/** Replays recorded measurements on the park's own clock: each reading comes at the moment it would have become known. */

import type { Point } from '../../../models/park/park.ts';
import { qualities, type Validity } from '../../../models/quality.ts';
import { oldest_ms } from '../../../models/telemetry/admission.ts';
import { meterOf } from '../../../models/telemetry/point-value.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { timeReader } from '../../../models/time/read-time.ts';
import { StartFault } from '../../process/start-fault.ts';
import type { PolledSource } from '../source.ts';
import { type CsvColumns, readCsvColumns } from './columns.ts';

const day_ms = 86_400_000;
/** Longest history that is not set aside as too old; one day is spare, since the clock runs on while it is filled. */
const longest_ms = oldest_ms - day_ms;

interface Series {
  point: string;
  times: Float64Array;
  values: Float64Array;
  /** Index into qualities; null when the point has no column of flags. */
  flags: Uint8Array | null;
  /** From a reading's time to the end of the time it describes: the reading becomes known then. */
  lag_ms: number;
}

/** All readings are in memory, so `readings` returns no promise. */
interface CsvSource extends PolledSource {
  readings(from: number, to: number): Reading[];
}

/** A file could not be used at all. */
export class ReplayFault extends StartFault {
  override name = 'ReplayFault';
}

export interface CsvReplay {
  source: CsvSource;
  /** Rows left out, by file. */
  faults: { file: string; line: number; message: string }[];
}

/**
 * Null when the park has no point bound to a file. `read` gives a file's text. A park that begins in the middle of its
 * record has everything before that as its history, or the last `history_ms` of it. Throws ReplayFault.
 */
export async function csvReplay(
  points: readonly Point[],
  read: (file: string) => Promise<string>,
  history_ms = longest_ms,
): Promise<CsvReplay | null> {
  const files = new Map<string, CsvPoint[]>();
  for (const point of points.filter(isCsv)) {
    const key = JSON.stringify([point.source.file, point.source.time, point.source.timeZone]);
    files.set(key, [...(files.get(key) ?? []), point]);
  }
  if (files.size === 0) return null;
  const series: Series[] = [];
  const faults: CsvReplay['faults'] = [];
  for (const bound of files.values()) {
    const { file, time, timeZone } = (bound[0] as CsvPoint).source;
    const table = await load(file, time, timeZone, bound, read);
    faults.push(...table.faults.map((fault) => ({ file, ...fault })));
    if (table.times.length === 0)
      throw new ReplayFault(`${file} has no row that can be used: ${table.faults[0]?.message ?? 'it is empty'}`);
    for (const point of bound) {
      const values = table.values.get(point.source.column) as Float64Array;
      const flags = table.flags.get(point.source.quality ?? '') ?? null;
      series.push({ point: point.id, times: table.times, values, flags, lag_ms: meterOf(point).toEnd_ms });
    }
  }
  const first = Math.min(...series.map(({ times, lag_ms }) => (times[0] as number) + lag_ms));
  const last = Math.max(...series.map(({ times, lag_ms }) => (times.at(-1) as number) + lag_ms));
  const source: CsvSource = {
    name: 'replay',
    readings: (from, to) => series.flatMap((one) => readingsOf(one, from, to)),
    span: { first, last },
    history_ms: Math.min(history_ms, longest_ms),
    slice_ms: day_ms,
  };
  return { source, faults };
}

type CsvPoint = Point & { source: { type: 'csv' } };
function isCsv(point: Point): point is CsvPoint {
  return point.source.type === 'csv';
}

async function load(
  file: string,
  time: string,
  timeZone: string | undefined,
  bound: readonly CsvPoint[],
  read: (file: string) => Promise<string>,
): Promise<CsvColumns> {
  try {
    const columns = [...new Set(bound.map(({ source }) => source.column))];
    const flags = [...new Set(bound.flatMap(({ source }) => source.quality ?? []))];
    return readCsvColumns(await read(file), time, columns, timeReader(timeZone), flags);
  } catch (error) {
    const { message, mend, row } = error as Error & { mend?: string; row?: number };
    const where = row === undefined ? file : `${file}, line ${row}`;
    throw new ReplayFault(`${where}: ${message}.${mend ? ` ${mend}` : ''}`);
  }
}

function readingsOf({ point, times, values, flags, lag_ms }: Series, from: number, to: number): Reading[] {
  const readings: Reading[] = [];
  for (let i = firstAfter(times, from - lag_ms); i < times.length; i++) {
    const time = times[i] as number;
    if (time + lag_ms > to) break;
    const value = values[i] as number;
    if (!Number.isNaN(value)) readings.push({ point, time, value, quality: qualities[flags?.[i] ?? 0] as Validity });
  }
  return readings;
}

/** Index of the first time later than `time`. */
function firstAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
