/**
 * The folded history: what each point's readings said of each interval, before anything is estimated. Values are
 * rounded to float32 as soon as they are made, so that accounting now and from stored records later is the same.
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
  /** Seconds from when it was measured to the interval's end; NaN never. */
  age_s: Float32Array;
}

const kindUnit = 64;
const meanKind = recordKinds.indexOf('mean');
const missingKind = recordKinds.indexOf('missing');
const good = qualities.indexOf('good');
const uncertain = qualities.indexOf('uncertain');

/** Nothing known yet of `count` intervals; `origin` is the point's own (index into origins). */
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

/** A covered interval of good readings: what later estimates may be made of. */
export function isGoodMean(code: number): boolean {
  return Math.floor(code / kindUnit) === meanKind && Math.floor((code % kindUnit) / 5) % 3 === good;
}

/** Readings of this interval carry their source's doubt. */
export function isFlagged(code: number): boolean {
  return Math.floor(code / kindUnit) === meanKind && Math.floor((code % kindUnit) / 5) % 3 === uncertain;
}

/** The same to the last bit. */
export function sameRecords(a: PointRecords, b: PointRecords): boolean {
  if (a.from !== b.from || a.interval_ms !== b.interval_ms || a.code.length !== b.code.length) return false;
  for (let i = 0; i < a.code.length; i++) {
    if (a.code[i] !== b.code[i] || !Object.is(a.value[i], b.value[i])) return false;
    if (!Object.is(a.sigma[i], b.sigma[i]) || !Object.is(a.age_s[i], b.age_s[i])) return false;
  }
  return true;
}
