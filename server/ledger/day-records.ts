/** The records of all points of a park on one local day, packed in one piece of bytes. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packRecords, unpackRecords } from '../../models/ledger/pack-records.ts';
import { createRecords, isMissing, type PointRecords, recordKinds, sameRecords } from '../../models/ledger/records.ts';
import type { Park } from '../../models/park/park.ts';
import { origins } from '../../models/quality.ts';

export interface DayRecords {
  /** Ids of the points. */
  ids: string[];
  index: Map<string, number>;
  records: PointRecords[];
}

export function dayRecords(ids: readonly string[], records: PointRecords[]): DayRecords {
  return { ids: [...ids], index: new Map(ids.map((id, i) => [id, i])), records };
}

/** Bytes: length of the ids u32 · ids, one a line · for each point length u32 · records; all deflated. */
export function packDay({ ids, records }: DayRecords): Uint8Array {
  const names = Buffer.from(ids.join('\n'));
  const parts: Uint8Array[] = [lengthOf(names), names];
  for (const of of records) {
    const bytes = packRecords(of);
    parts.push(lengthOf(bytes), bytes);
  }
  return deflateRawSync(Buffer.concat(parts), { level: 4 });
}

export function unpackDay(bytes: Uint8Array): DayRecords {
  const all = inflateRawSync(bytes);
  let at = 0;
  const next = () => {
    const length = all.readUInt32LE(at);
    at += 4 + length;
    return all.subarray(at - length, at);
  };
  const names = next().toString();
  const ids = names === '' ? [] : names.split('\n');
  return dayRecords(
    ids,
    ids.map(() => unpackRecords(next())),
  );
}

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return length;
}

/** Records in the order of the park's points; a point that did not exist then has empty records. */
export function inOrderOf(park: Park, { index, records }: DayRecords): PointRecords[] {
  const any = records[0];
  return park.points.map((point) => {
    const found = records[index.get(point.id) ?? -1];
    return found ?? createRecords(any?.from ?? 0, any?.interval_ms ?? 0, any?.code.length ?? 0, origins.indexOf(point.origin));
  });
}

/** Adds the records of points that the park has no longer: editions of that time were accounted with them. */
export function withGone(before: DayRecords | null, now: DayRecords): DayRecords {
  const gone = before ? before.ids.filter((id) => !now.index.has(id)) : [];
  const records = gone.map((id) => before?.records[before.index.get(id) as number] as PointRecords);
  return gone.length === 0 ? now : dayRecords([...now.ids, ...gone], [...now.records, ...records]);
}

/** Points whose records differ, and whether they differ at the start or the end of the day. */
export function changedPoints(before: DayRecords | null, after: DayRecords): { id: string; atStart: boolean; atEnd: boolean }[] {
  return after.ids.flatMap((id, i) => {
    const now = after.records[i] as PointRecords;
    const then = before?.records[before.index.get(id) ?? -1];
    if (then && sameRecords(then, now)) return [];
    const last = now.code.length - 1;
    return [{ id, atStart: !then || !sameAt(then, now, 0), atEnd: !then || !sameAt(then, now, last) }];
  });
}

/** First interval in which the record of any point differs; the number of intervals when none does. */
export function firstChange(before: readonly PointRecords[] | null, after: readonly PointRecords[]): number {
  const count = after[0]?.code.length ?? 0;
  if (before === null) return 0;
  let first = count;
  for (const [p, now] of after.entries()) {
    const then = before[p] as PointRecords;
    for (let i = 0; i < first; i++) if (i >= then.code.length || !sameAt(then, now, i)) first = i;
  }
  return first;
}

function sameAt(a: PointRecords, b: PointRecords, i: number): boolean {
  return (
    a.code[i] === b.code[i] && Object.is(a.value[i], b.value[i]) && Object.is(a.sigma[i], b.sigma[i]) && Object.is(a.age_s[i], b.age_s[i])
  );
}

/**
 * Adds late readings to a day whose readings are no longer kept in full: known values stay, and late values fill only
 * intervals in which a point had none.
 */
export function filled(before: DayRecords, late: DayRecords): DayRecords {
  const mean = recordKinds.indexOf('mean');
  const records = before.ids.map((id, p) => {
    const old = before.records[p] as PointRecords;
    const came = late.records[late.index.get(id) ?? -1];
    if (came === undefined || came.code.length !== old.code.length || came.from !== old.from) return old;
    const merged: PointRecords = {
      ...old,
      value: old.value.slice(),
      sigma: old.sigma.slice(),
      code: old.code.slice(),
      age_s: old.age_s.slice(),
    };
    for (let i = 0; i < old.code.length; i++) {
      if (!isMissing(old.code[i] as number) || Math.floor((came.code[i] as number) / 64) !== mean) continue;
      for (const column of ['value', 'sigma', 'code', 'age_s'] as const) merged[column][i] = came[column][i] as number;
    }
    return merged;
  });
  const added = late.ids.filter((id) => !before.index.has(id));
  const more = added.map((id) => late.records[late.index.get(id) as number] as PointRecords);
  return dayRecords([...before.ids, ...added], [...records, ...more]);
}

/** Points without a value in some interval; they are estimated there, where earlier days allow it. */
export function missingPoints(park: Park, { index, records }: DayRecords): string[] {
  const wanted = park.points.filter(({ quantity }) => quantity === 'power' || quantity === 'intensity');
  return wanted.flatMap(({ id }) => (records[index.get(id) ?? -1]?.code.some(isMissing) ? [id] : []));
}
