/**
 * Means of the simulated meters by interval, without making all the readings: for a past that is longer than readings
 * are kept. The truth, errors and faults are the same as in the simulator's readings.
 */
import type { Compiled } from '../carbon/step.ts';
import { f64 } from '../typed-arrays.ts';
import { drawnFaults, type Fault, holds } from './faults.ts';
import { instrumentOf, type SimulatedMeter } from './metering.ts';
import { simulationSchema } from './simulator.ts';
import { type Truth, truthOf } from './truth.ts';
import { localTime } from './working-days.ts';
import { worldOf } from './world.ts';

/** Means of one point, by interval. */
export interface PointMeans {
  /** kW, signed, for power; the point's own unit for the rest. NaN = no usable reading. */
  value: Float64Array;
  /** 1 where the value is doubtful: the meter marks it so, or repeats itself. */
  doubtful: Uint8Array;
}

const quarter_ms = 900_000;
const hour_ms = 3_600_000;

/** By point in the park's order; null for points that are not simulated. `times` are starts of intervals of one local day. */
export type Means = (times: Float64Array, interval_ms: number) => (PointMeans | null)[];

/** Throws (ZodError) on settings that are not simulation settings. */
export function createMeans(compiled: Compiled, settings: Record<string, unknown> | null): Means {
  const { faults: given, ...chosen } = simulationSchema.parse(settings ?? {});
  const world = worldOf(compiled, chosen);
  const truthAt = truthOf(world);
  const instruments = compiled.park.points.map((point) => (point.source.type === 'simulator' ? instrumentOf(world, point) : null));

  return (times, interval_ms) => {
    const truths = Array.from(times, (time) => truthsOf(truthAt, time, interval_ms));
    const middles = Array.from(times, (time) => localTime(world.workingDays, time + interval_ms / 2));
    const faults = given ?? drawnFaults(compiled, world.seed, middles[0]?.day ?? 0);
    return instruments.map((instrument) => {
      if (instrument === null) return null;
      const value = Float64Array.from(truths, (list) => meanOf(instrument, list));
      const doubtful = new Uint8Array(times.length);
      for (const fault of faults) {
        if (fault.point !== instrument.point.id) continue;
        const hit = middles.map(({ hour }) => holds(fault, hour));
        suffer(instrument, fault, hit, interval_ms, { value, doubtful });
      }
      return { value, doubtful };
    });
  };
}

/** The truth at the middle of each quarter-hour, as counters use it. */
function truthsOf(truthAt: (time: number, fine: boolean) => Truth, time: number, interval_ms: number): Truth[] {
  const parts = Math.max(1, Math.round(interval_ms / quarter_ms));
  return Array.from({ length: parts }, (_, i) => truthAt(time + ((i + 0.5) * interval_ms) / parts, false));
}

function meanOf({ read, gain }: SimulatedMeter, truths: readonly Truth[]): number {
  return (truths.reduce((sum, truth) => sum + read(truth), 0) / truths.length) * gain;
}

function suffer(instrument: SimulatedMeter, { kind }: Fault, hit: boolean[], interval_ms: number, { value, doubtful }: PointMeans): void {
  const first = hit.indexOf(true);
  // A fault may be shorter than an interval, and lie between two middles.
  if (first === -1) return;
  const before = f64(value, first);
  const { point, factor } = instrument;
  if (kind === 'silent' || kind === 'empty' || kind === 'outside') {
    // A register shows afterwards what it counted while there were no readings.
    const counted = point.measure === 'register' ? meanWhere(value, hit) : Number.NaN;
    for (const [i, is] of hit.entries()) if (is) value[i] = counted;
    return;
  }
  for (const [i, is] of hit.entries()) {
    if (!is) continue;
    if (kind === 'doubtful') doubtful[i] = 1;
    if (kind === 'lying' && point.measure !== 'register') value[i] = Math.min(point.range[1] * factor, 1.5 * f64(value, i));
    if (kind === 'stuck') {
      value[i] = before;
      // A stuck meter is noticed after an hour.
      if ((i - first) * interval_ms >= hour_ms) doubtful[i] = 1;
    }
  }
}

function meanWhere(value: Float64Array, hit: readonly boolean[]): number {
  let sum = 0;
  let count = 0;
  for (const [i, is] of hit.entries()) {
    if (!is) continue;
    sum += f64(value, i);
    count++;
  }
  return sum / count;
}
