/** A park's journal and documents in one SQLite file. Separate threads write and read it, so the main thread never waits for a disk. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { qualities } from '../../../models/quality.ts';
import type { QuarantinedReading } from '../../../models/telemetry/quarantine.ts';
import type { StoredReading } from '../../../models/telemetry/reading.ts';
import { remoteOf, startWorker } from '../../process/worker.ts';
import type { AppendResult, AsideReading, JournalReading } from '../journal.ts';
import type { Stores } from '../stores.ts';
import type { AppendRequest } from './append.ts';
import type { DocumentReading } from './documents.ts';
import type { SqliteFile } from './open.ts';

/** Where a park's stores are: threads that work with them open them by it. */
export interface StoreFiles {
  journal: SqliteFile;
  ledger: SqliteFile;
}

/** The files of a park in the data folder; `name` is its id, or another for a run on its own clock. */
export function storeFiles(dataDir: string, name: string): StoreFiles {
  return { journal: { file: join(dataDir, `${name}.sqlite`) }, ledger: { file: join(dataDir, `${name}.ledger.sqlite`) } };
}

export function isThere({ file }: SqliteFile): boolean {
  return existsSync(file);
}

const questions: Record<keyof JournalReading, true> = {
  series: true,
  aggregate: true,
  latest: true,
  between: true,
  nearest: true,
  count: true,
  quarantine: true,
  quarantineCounts: true,
  span: true,
  dirty: true,
  rawFrom: true,
};

export async function openStores(file: SqliteFile): Promise<Stores> {
  const thread = (name: string) => startWorker(new URL(name, import.meta.url), file);
  const [writer, reader] = await Promise.all([thread('./writer-thread.ts'), thread('./reader-thread.ts')]);
  // Both threads load at the same time; the reader can open the file only after the writer has created it.
  await writer.ready();
  await reader.ready();

  const columns = makeColumns();
  let closing: Promise<void> | null = null;
  return {
    journal: {
      ...remoteOf<JournalReading>(reader, questions),
      append: (readings, quarantined) => {
        if (readings.length === 0 && quarantined.length === 0) {
          return Promise.resolve({ accepted: 0, duplicates: 0, conflicting: 0, conflicts: [], decided: [], late: false });
        }
        const request = columns(readings, quarantined);
        const buffers = [request.point.buffer, request.time.buffer, request.value.buffer, request.quality.buffer, request.received.buffer];
        return writer.ask<AppendResult>({ kind: 'append', ...request }, buffers as ArrayBuffer[]);
      },
      decide: (quarantined, decision, decided) => writer.ask<AsideReading | null>({ kind: 'decide', quarantined, decision, decided }),
      setAccounted: (until) => writer.ask({ kind: 'setAccounted', until }),
      clearDirty: (hours) => writer.ask({ kind: 'clearDirty', hours }),
      forget: (before, limit) => writer.ask<number>({ kind: 'forget', before, limit }),
      clear: () => writer.ask({ kind: 'clear' }),
    },
    documents: {
      ...remoteOf<DocumentReading>(reader, { load: true, names: true }),
      save: (changes) => writer.ask<boolean>({ kind: 'saveDocuments', changes }),
      clear: () => writer.ask({ kind: 'clearDocuments' }),
    },
    close: () => {
      closing ??= (async () => {
        await reader.ask({ kind: 'close' });
        await writer.ask({ kind: 'close' });
        await Promise.all([reader.ended, writer.ended]);
      })();
      return closing;
    },
  };
}

/** Turns readings into columns, naming each point once per store. */
function makeColumns(): (readings: StoredReading[], quarantined: QuarantinedReading[]) => AppendRequest {
  const numbers = new Map<string, number>();
  return (readings, quarantined) => {
    const n = readings.length;
    const newPoints: string[] = [];
    const request: AppendRequest = {
      newPoints,
      point: new Uint32Array(n),
      time: new Float64Array(n),
      value: new Float64Array(n),
      quality: new Uint8Array(n),
      received: new Float64Array(n),
      quarantined,
    };
    for (const [i, reading] of readings.entries()) {
      let number = numbers.get(reading.point);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(reading.point, number);
        newPoints.push(reading.point);
      }
      request.point[i] = number;
      request.time[i] = reading.time;
      // −0 is 0: they must not conflict.
      request.value[i] = reading.value === null ? Number.NaN : reading.value + 0;
      request.quality[i] = qualities.indexOf(reading.quality);
      request.received[i] = reading.received;
    }
    return request;
  };
}
