/** Makes records of a day without readings from the interval means of the simulated meters (models/simulate/means.ts). */
import { codeOf, createRecords, type PointRecords } from '../../models/ledger/records.ts';
import type { Park, Point } from '../../models/park/park.ts';
import { freshnessOf, origins, packQuality, type Validity } from '../../models/quality.ts';
import type { Means, PointMeans } from '../../models/simulate/means.ts';
import { meterOf } from '../../models/telemetry/point-value.ts';
import { type DayRecords, dayRecords } from './day-records.ts';

/** `times` are the starts of the day's intervals. */
export function simulatedDay(park: Park, means: Means, times: Float64Array, interval_ms: number): DayRecords {
  const told = means(times, interval_ms);
  const records = park.points.map((point, p) => {
    const of = createRecords(times[0] as number, interval_ms, times.length, origins.indexOf(point.origin));
    const said = told[p];
    if (said) tell(point, said, of);
    return of;
  });
  return dayRecords(
    park.points.map(({ id }) => id),
    records,
  );
}

function tell(point: Point, { value, doubtful }: PointMeans, records: PointRecords): void {
  const { horizon_ms } = meterOf(point);
  const { origin } = point;
  let last = -1;
  for (let i = 0; i < value.length; i++) {
    const own = value[i] as number;
    if (!Number.isNaN(own)) {
      last = i;
      const validity: Validity = doubtful[i] === 1 ? 'uncertain' : 'good';
      put(records, i, own, sigmaOf(point, own, 0), 0);
      records.code[i] = codeOf(packQuality({ origin, validity, freshness: 'fresh' }), 'mean');
      continue;
    }
    // As with live values, the last value is held until its age passes the horizon; then the value is missing.
    if (last === -1) continue;
    const age_s = ((i - last) * records.interval_ms) / 1000;
    records.age_s[i] = age_s;
    if (age_s * 1000 > horizon_ms) continue;
    const held = value[last] as number;
    put(records, i, held, sigmaOf(point, held, age_s), age_s);
    records.code[i] = codeOf(packQuality({ origin, validity: 'good', freshness: freshnessOf(age_s, point.cadence_s) }), 'held');
  }
}

function put(records: PointRecords, i: number, value: number, sigma: number, age_s: number): void {
  records.value[i] = value;
  records.sigma[i] = sigma;
  records.age_s[i] = age_s;
}

function sigmaOf({ fiscal, accuracy, cadence_s }: Point, value: number, age_s: number): number {
  const size = Math.abs(value);
  return fiscal ? 0 : Math.min(accuracy * (1 + age_s / cadence_s) * size, 0.5 * size);
}
