/** The past values of a port or a point, step by step, from stored readings. */
import type { Park, Point, VirtualPoint } from '../../models/park/park.ts';
import { isCount, tellingsOf } from '../../models/park/tellings.ts';
import type { Origin } from '../../models/quality.ts';
import { meterOf } from '../../models/telemetry/point-value.ts';
import { virtualSum } from '../../models/telemetry/virtual-sum.ts';
import type { Unit } from '../../models/units.ts';
import type { Bucket, Journal } from '../store/journal.ts';
import { bucketMean, rolloversOf } from './bucket-mean.ts';

export interface HistoryValue {
  /** Start of the step, ms since 1970. */
  time: number;
  mean: number | null;
  min: number | null;
  max: number | null;
  /** Share of the step that readings cover, 0…1. */
  coverage: number;
  /** Some readings of the step were of uncertain quality. */
  uncertain: boolean;
}

export interface PointHistory {
  unit: Unit;
  origin: Origin;
  /** Point, virtual point or spread that the values come from. */
  from: string;
  values: HistoryValue[];
}

type Teller =
  | { point: Point; side: 'all' | 'positive' | 'negative' }
  | { virtual: VirtualPoint }
  | { spread: string; of: string; share: number };

/** The sources of values of `quantity` (a port of the asset, or the id of a point on it), best first; empty when it has none. */
export function tellersOf(park: Park, asset: string, quantity: string): Teller[] {
  const named = [...park.points, ...park.virtualPoints].find((of) => of.id === quantity && of.asset === asset);
  if (named) return ['terms' in named ? { virtual: named } : { point: named, side: 'all' }];
  // Over a step, points that count energy are preferred to points of power, as in the ledger.
  const told = tellingsOf(park.points, park.virtualPoints, 'power')
    .filter((one) => one.asset === asset && one.port === quantity)
    .sort((x, y) => Number(isCount(y.of)) - Number(isCount(x.of)))
    .map(({ of, sign }): Teller => ('terms' in of ? { virtual: of } : { point: of, side: sign === 1 ? 'positive' : 'negative' }));
  const spreads: Teller[] = park.spreads.flatMap(({ id, of, port, weights }) => {
    const weight = weights.get(asset);
    if (port !== quantity || weight === undefined) return [];
    return [{ spread: id, of, share: weight / [...weights.values()].reduce((a, b) => a + b, 0) }];
  });
  return [...told, ...spreads];
}

export async function readPointHistory(
  park: Park,
  journal: Journal,
  tellers: readonly Teller[],
  from: number,
  to: number,
  step_ms: number,
): Promise<PointHistory> {
  let empty: PointHistory = { unit: 'kW', origin: 'calculated', from: '', values: [] };
  for (const teller of tellers) {
    const past = await tell(park, journal, teller, from, to, step_ms);
    if (past.values.some((value) => value.mean !== null)) return past;
    if (empty.from === '') empty = past;
  }
  return empty;
}

async function tell(park: Park, journal: Journal, teller: Teller, from: number, to: number, step_ms: number): Promise<PointHistory> {
  if ('point' in teller) {
    const { point, side } = teller;
    const buckets = await journal.aggregate([point.id], from, to, step_ms, rolloversOf([point]));
    const unit = point.quantity === 'power' ? 'kW' : point.unit;
    return { unit, origin: point.origin, from: point.id, values: buckets.map((bucket) => stepValue(point, bucket, side, step_ms)) };
  }
  if ('virtual' in teller) {
    const { virtual } = teller;
    const means = await virtualMeans(park, journal, virtual, from, to, step_ms);
    const unit = virtual.quantity === 'intensity' ? 'gCO2e/kWh' : 'kW';
    return { unit, origin: virtual.origin, from: virtual.id, values: plain(means, 1) };
  }
  const means = await meansOf(park, journal, teller.of, from, to, step_ms);
  return { unit: 'kW', origin: 'modelled', from: teller.spread, values: plain(means, teller.share) };
}

function stepValue(point: Point, bucket: Bucket, side: 'all' | 'positive' | 'negative', step_ms: number): HistoryValue {
  const meter = meterOf(point);
  const about = { time: bucket.time, coverage: coverageOf(point, bucket, step_ms), uncertain: bucket.uncertain > 0 };
  if (point.measure === 'register') return { ...about, mean: bucketMean(meter, bucket, step_ms), min: null, max: null };
  const scale = (value: number | null) => (value === null ? null : bucketMean(meter, { ...bucket, mean: value }, step_ms));
  if (side === 'negative')
    return { ...about, mean: scale(bucket.negative), min: above(scale(bucket.max), -1), max: above(scale(bucket.min), -1) };
  if (side === 'positive')
    return { ...about, mean: scale(bucket.positive), min: above(scale(bucket.min), 1), max: above(scale(bucket.max), 1) };
  return { ...about, mean: scale(bucket.mean), min: scale(bucket.min), max: scale(bucket.max) };
}

/** Each reading covers one cadence; the increment of a register covers the time it took. */
function coverageOf({ measure, cadence_s }: Point, { count, increment_ms }: Bucket, step_ms: number): number {
  return Math.min(1, (measure === 'register' ? increment_ms : count * cadence_s * 1000) / step_ms);
}

function above(value: number | null, sign: 1 | -1): number | null {
  return value === null ? null : Math.max(0, sign * value);
}

/** The mean of a point or virtual point over a step, signed. */
type Told = Pick<HistoryValue, 'coverage' | 'uncertain'> & { mean: number };

async function meansOf(park: Park, journal: Journal, id: string, from: number, to: number, step_ms: number): Promise<Map<number, Told>> {
  const virtual = park.virtualPoints.find((v) => v.id === id);
  if (virtual) return virtualMeans(park, journal, virtual, from, to, step_ms);
  const point = park.points.find((p) => p.id === id);
  const means = new Map<number, Told>();
  if (!point) return means;
  for (const bucket of await journal.aggregate([id], from, to, step_ms, rolloversOf([point]))) {
    const mean = bucketMean(meterOf(point), bucket, step_ms);
    if (mean !== null) means.set(bucket.time, { mean, coverage: coverageOf(point, bucket, step_ms), uncertain: bucket.uncertain > 0 });
  }
  return means;
}

async function virtualMeans(
  park: Park,
  journal: Journal,
  virtual: VirtualPoint,
  from: number,
  to: number,
  step_ms: number,
): Promise<Map<number, Told>> {
  const parts: Map<number, Told>[] = [];
  for (const { point } of virtual.terms) parts.push(await meansOf(park, journal, point, from, to, step_ms));
  const result = new Map<number, Told>();
  for (const time of new Set(parts.flatMap((means) => [...means.keys()]))) {
    const mean = virtualSum(virtual, (i) => parts[i]?.get(time)?.mean ?? Number.NaN);
    if (Number.isNaN(mean)) continue;
    const told = parts.flatMap((means) => means.get(time) ?? []);
    result.set(time, {
      mean,
      coverage: Math.min(...told.map(({ coverage }) => coverage)),
      uncertain: told.some(({ uncertain }) => uncertain),
    });
  }
  return result;
}

function plain(means: Map<number, Told>, share: number): HistoryValue[] {
  return [...means]
    .map(([time, told]) => ({ ...told, time, mean: told.mean * share, min: null, max: null }))
    .sort((a, b) => a.time - b.time);
}
