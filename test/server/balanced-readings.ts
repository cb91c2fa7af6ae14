/** Readings of the sample park (test/sample-park.ts) that balance. */
import type { Reading } from '../../models/telemetry/reading.ts';

const minute = 60_000;

export const reading = (point: string, value: number, time: number): Reading => ({ point, time, value, quality: 'good' });

/** All that it needs to be balanced, every five minutes. */
export function told(from: number, to: number): Reading[] {
  const readings: Reading[] = [];
  for (let t = from; t <= to; t += 5 * minute) {
    readings.push(reading('grid.power', 1, t), reading('feeder.power', 1000, t), reading('hall.power', 600, t));
    readings.push(reading('battery.power', -100, t), reading('pv.power', 50, t), reading('chp.power', 0, t));
  }
  return readings;
}
