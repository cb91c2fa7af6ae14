/**
 * The value of each point in each interval from its readings, before anything is estimated. Values are rounded to
 * float32 as soon as they are made, so that accounting now and from stored records later gives the same.
 */
import { packQuality, qualities } from '../quality.ts';

/** Readings cover half of the interval or more · an older value is still held · nothing young enough to hold. */
export const recordKinds = ['mean', 'held', 'missing'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** One point over consecutive intervals, one entry each. */
export interface PointRecords {
  /** Start of the first interval, ms. */
  from: number;
  interval_ms: number;
  /** kW, signed, or the point's own unit; NaN where it is missing. */
  value: Float32Array;
  sigma: Float32Array;
  /** packQuality code + 64 × index into recordKinds. */
  code: Uint8Array;
  /** Seconds from when it was measured to the interval's end; NaN when it was not measured. */
  age_s: Float32Array;
}

const kindUnit = 64;
const meanKind = recordKinds.indexOf('mean');
const missingKind = recordKinds.indexOf('missing');
const good = qualities.indexOf('good');
const uncertain = qualities.indexOf('uncertain');

/** Records of `count` intervals of which nothing is known yet; `origin` is the point's own (index into origins). */
export function createRecords(from: number, interval_ms: number, count: number, origin: number): PointRecords {
  const nothing = origin + packQuality({ origin: 'measured', validity: 'bad', freshness: 'missing' });
  return {
    from,
    interval_ms,
    value: new Float32Array(count).fill(Number.NaN),
    sigma: new Float32Array(count),
    code: new Uint8Array(count).fill(nothing + kindUnit * missingKind),
    age_s: new Float32Array(count).fill(Number.NaN),
  };
}

export function codeOf(quality: number, kind: RecordKind): number {
  return quality + kindUnit * recordKinds.indexOf(kind);
}

/** packQuality code of an entry. */
export function qualityCode(code: number): number {
  return code % kindUnit;
}

export function kindOf(code: number): RecordKind {
  return recordKinds[Math.floor(code / kindUnit)] ?? 'missing';
}

export function isMissing(code: number): boolean {
  return Math.floor(code / kindUnit) === missingKind;
}

/** Whether good readings cover the interval: only then may later estimates be made from it. */
export function isGoodMean(code: number): boolean {
  return Math.floor(code / kindUnit) === meanKind && Math.floor((code % kindUnit) / 5) % 3 === good;
}

/** Whether readings of this interval are marked uncertain by their source. */
export function isFlagged(code: number): boolean {
  return Math.floor(code / kindUnit) === meanKind && Math.floor((code % kindUnit) / 5) % 3 === uncertain;
}

/** Whether two records are the same to the last bit. */
export function sameRecords(a: PointRecords, b: PointRecords): boolean {
  if (a.from !== b.from || a.interval_ms !== b.interval_ms || a.code.length !== b.code.length) return false;
  for (let i = 0; i < a.code.length; i++) {
    if (a.code[i] !== b.code[i] || !Object.is(a.value[i], b.value[i])) return false;
    if (!Object.is(a.sigma[i], b.sigma[i]) || !Object.is(a.age_s[i], b.age_s[i])) return false;
  }
  return true;
}
