/** Readings of a park for its account, in slices of time: from the files its points are bound to, or from a store. */
import { readFile } from 'node:fs/promises';
import type { Park } from '../../models/park/park.ts';
import { qualities } from '../../models/quality.ts';
import { implausible } from '../../models/telemetry/admission.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import { isThere, openJournalReading, storeFiles } from '../database/database.ts';
import { csvReplay } from '../sources/csv/replay.ts';
import type { ReadingColumns } from '../store/journal.ts';

export interface Recorded {
  /** Readings measured in [from, to), of plausible value, some at a time; some may come twice, in any order. */
  between(from: number, to: number): AsyncIterable<Reading[]>;
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
    async *between(from, to) {
      yield source.readings(from - 1, to + lag_ms).filter(({ point: id, time, value }) => {
        const point = points.get(id);
        return point !== undefined && time >= from && time < to && implausible(point, value) === null;
      });
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

async function fromStore(park: Park, dataDir: string): Promise<Recorded | string> {
  const { journal: file } = storeFiles(dataDir, park.id);
  if (!isThere(file)) return `there is no store of the park: ${file.file}`;
  const journal = openJournalReading(file);
  const span = await journal.span();
  return {
    async *between(from, to) {
      for (let after = from - 1; after < to - 1; ) {
        const page = await journal.between(after, to - 1);
        yield readingsOf(page);
        after = page.reached;
      }
    },
    span: span && { from: span.first, to: span.last + 1 },
    remarks: [],
    close: () => journal.close(),
  };
}

function readingsOf({ points, point, time, value, quality }: ReadingColumns): Reading[] {
  return Array.from(time, (at, i) => {
    const said = value[i] as number;
    const id = points[point[i] as number] as string;
    return { point: id, time: at, value: Number.isNaN(said) ? null : said, quality: qualities[quality[i] as number] ?? 'bad' };
  });
}
