/** A park's history in one SQLite file. Separate threads write and read it, so the main thread never waits for a disk. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { qualities } from '../../models/quality.ts';
import type { QuarantinedReading } from '../../models/telemetry/quarantine.ts';
import type { StoredReading } from '../../models/telemetry/reading.ts';
import { startWorker } from '../process/worker.ts';
import type { AppendRequest } from './sqlite-append.ts';
import type { SqliteSettings } from './sqlite-open.ts';
import type { StoreQuestion } from './sqlite-reader.ts';
import type { AppendResult, AsideReading, DirtyHour, Store } from './store.ts';

export async function openSqlite(settings: SqliteSettings): Promise<Store> {
  await mkdir(dirname(settings.file), { recursive: true });
  const writer = startWorker(new URL('./sqlite-writer.ts', import.meta.url), settings);
  const reader = startWorker(new URL('./sqlite-reader.ts', import.meta.url), settings);
  // Both threads load at the same time; the reader can open the file only after the writer has created it.
  await writer.ready();
  await reader.ready();

  const ask = <T>(question: StoreQuestion) => reader.ask<T>(question);
  const columns = makeColumns();
  let closing: Promise<void> | null = null;

  return {
    append: (readings, quarantined) => {
      if (readings.length === 0 && quarantined.length === 0) {
        return Promise.resolve({ accepted: 0, duplicates: 0, conflicting: 0, conflicts: [], decided: [], late: false });
      }
      const request = columns(readings, quarantined);
      const buffers = [request.point.buffer, request.time.buffer, request.value.buffer, request.quality.buffer, request.received.buffer];
      return writer.ask<AppendResult>({ kind: 'append', ...request }, buffers as ArrayBuffer[]);
    },
    series: (point, from, to, limit) => ask({ kind: 'series', point, from, to, limit }),
    aggregate: (points, from, to, step_ms, rollovers = {}) => ask({ kind: 'aggregate', points, from, to, step_ms, rollovers }),
    latest: (time, since, perPoint, oldest) => ask({ kind: 'latest', time, since, perPoint, oldest }),
    count: () => ask({ kind: 'count' }),
    quarantine: (limit, filter = {}) => ask({ kind: 'quarantine', limit, filter }),
    quarantineCounts: () => ask({ kind: 'quarantineCounts' }),
    decide: (quarantined, decision, decided) => writer.ask<AsideReading | null>({ kind: 'decide', quarantined, decision, decided }),
    span: () => ask({ kind: 'span' }),
    setAccounted: (until) => writer.ask({ kind: 'setAccounted', until }),
    dirty: () => ask<DirtyHour[]>({ kind: 'dirty' }),
    clearDirty: (hours) => writer.ask({ kind: 'clearDirty', hours }),
    forget: (before, limit) => writer.ask<number>({ kind: 'forget', before, limit }),
    rawFrom: () => ask<number | null>({ kind: 'rawFrom' }),
    saveMemory: (name, bytes) => writer.ask({ kind: 'saveMemory', name, bytes }),
    loadMemory: (name) => ask<Uint8Array | null>({ kind: 'loadMemory', name }),
    clear: () => writer.ask({ kind: 'clear' }),
    close: () => {
      closing ??= (async () => {
        await ask({ kind: 'close' });
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
