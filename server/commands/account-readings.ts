/** Readings of a park for its account, in slices of time: from the files its points are bound to, or from a store. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Park } from '../../models/park/park.ts';
import { implausible } from '../../models/telemetry/admission.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import { csvReplay } from '../sources/csv/replay.ts';
import { openDatabase, qualityOfCode } from '../store/sqlite-open.ts';

export interface Recorded {
  /** Readings measured in [from, to), of plausible value; some may come twice, in any order. */
  between(from: number, to: number): Iterable<Reading>;
  /** From the first reading to the end of the time that the last one covers, ms; null when there is none. */
  span: { from: number; to: number } | null;
  /** Messages for people, printed before the account. */
  remarks: string[];
  close(): void;
}

/** Returns the readings, or a message that says why there are none. */
export async function recordedReadings(
  park: Park,
  resolve: (file: string) => string,
  dataDir: string | undefined,
): Promise<Recorded | string> {
  return dataDir === undefined ? fromFiles(park, resolve) : fromStore(park, dataDir);
}

async function fromFiles(park: Park, resolve: (file: string) => string): Promise<Recorded | string> {
  let replay: Awaited<ReturnType<typeof csvReplay>>;
  try {
    replay = await csvReplay(park.points, (file) => readFile(resolve(file), 'utf8'));
  } catch (error) {
    return (error as Error).message;
  }
  if (replay === null) return 'no point of the park is bound to a file: name the folder of its store with --data <DATA_DIR>';
  const { source, faults } = replay;
  const points = new Map(park.points.map((point) => [point.id, point]));
  const lag_ms = Math.max(...park.points.map((point) => 1000 * point.cadence_s));
  const fault = faults[0];
  return {
    // The source returns what is known by a time; a value labelled by its interval's start is known one cadence later.
    *between(from, to) {
      for (const reading of source.readings(from - 1, to + lag_ms)) {
        const point = points.get(reading.point);
        if (point === undefined || reading.time < from || reading.time >= to || implausible(point, reading.value) !== null) continue;
        yield reading;
      }
    },
    span:
      source.span === undefined
        ? null
        : { from: firstTime(source.readings(Number.NEGATIVE_INFINITY, source.span.first + lag_ms)), to: source.span.last },
    remarks: fault
      ? [`${faults.length} cells or rows were left out, the first in ${fault.file}, line ${fault.line}: ${fault.message}`]
      : [],
    close: () => {},
  };
}

function firstTime(readings: readonly Reading[]): number {
  return readings.reduce((first, { time }) => Math.min(first, time), Number.POSITIVE_INFINITY);
}

interface Row {
  time: number;
  point: string;
  value: number | null;
  quality: number;
}

function fromStore(park: Park, dataDir: string): Recorded | string {
  const file = join(dataDir, `${park.id}.sqlite`);
  if (!existsSync(file)) return `there is no store of the park: ${file}`;
  const db = openDatabase({ file }, true);
  const rows = db.prepare<[number, number], Row>(
    `SELECT reading.time, point.name AS point, reading.value, reading.quality FROM reading JOIN point ON point.id = reading.point
     WHERE reading.time >= ? AND reading.time < ?`,
  );
  const span = db
    .prepare<[], { first: number | null; last: number | null }>('SELECT min(time) AS first, max(time) AS last FROM reading')
    .get();
  return {
    *between(from, to) {
      for (const { time, point, value, quality } of rows.iterate(from, to)) {
        yield { point, time, value, quality: qualityOfCode[quality as 0] ?? 'bad' };
      }
    },
    span: span && span.first !== null && span.last !== null ? { from: span.first, to: span.last + 1 } : null,
    remarks: [],
    close: () => db.close(),
  };
}
