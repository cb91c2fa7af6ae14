/** Means in kW over steps of stored readings, for past values and for what is learnt from them. */
import type { Point } from '../../models/park/park.ts';
import { isJump, type Meter } from '../../models/telemetry/point-value.ts';
import { isAmount } from '../../models/units.ts';
import type { Bucket, Rollovers } from '../store/journal.ts';

const hour_ms = 3_600_000;

/** The mean of a bucket in kW (or the point's own unit), signed; null when it has none. */
export function bucketMean({ point, factor, cadence_ms }: Meter, bucket: Bucket, step_ms: number): number | null {
  if (point.measure === 'register') {
    if (bucket.increment === null || bucket.increment_ms > 4 * Math.max(step_ms, cadence_ms)) return null;
    const kW = (bucket.increment * factor * hour_ms) / bucket.increment_ms;
    return isJump(point, kW) ? null : kW;
  }
  if (bucket.mean === null) return null;
  const perHour = point.quantity === 'power' && isAmount(point.unit) ? hour_ms / cadence_ms : 1;
  return bucket.mean * factor * perHour;
}

export function rolloversOf(points: readonly Point[]): Rollovers {
  return Object.fromEntries(points.flatMap(({ id, rollover }) => (rollover === undefined ? [] : [[id, rollover]])));
}
