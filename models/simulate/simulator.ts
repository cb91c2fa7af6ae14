/**
 * The simulated park as a source of readings like any other: deterministic by park, seed and time, at the points'
 * real cadences, with the errors and faults that meters have.
 */
import { z } from 'zod';
import type { Compiled } from '../carbon/step.ts';
import type { Reading } from '../telemetry/reading.ts';
import { isAmount } from '../units.ts';
import { countersOf } from './counters.ts';
import { drawnFaults, type Fault, faultSchema, holds } from './faults.ts';
import { counted, instrumentOf, type SimulatedMeter, shownBy } from './metering.ts';
import { type Truth, truthOf } from './truth.ts';
import { localTime } from './working-days.ts';
import { worldOf } from './world.ts';

/** `simulation:` of park.yaml. */
export const simulationSchema = z.looseObject({
  seed: z.number().int().default(1),
  /** Further local days off, YYYY-MM-DD. */
  holidays: z.array(z.iso.date()).optional(),
  meanTemperature_C: z.number().optional(),
  meanWind_mPerS: z.number().optional(),
  /** Instead of those drawn each day; an empty list for none. */
  faults: z.array(faultSchema).optional(),
});

export interface Simulator {
  /**
   * Readings whose interval ends in (from, to], in time order. A point that would have more than 120 readings gives
   * fewer: instants and means shorter than a minute then come on a grid of 1, 5, 15 or 60 min, and at their newest
   * time; registers, energies and longer means are never left out.
   */
  readings: (from_ms: number, to_ms: number) => Reading[];
  /** The true flows at a time. */
  truth: (time_ms: number) => Truth;
}

const quarter_ms = 900_000;
/** Truths that are kept: more than there are different cadences in a park. */
const mostTruths = 16;
const most = 120;
const grids_ms = [60_000, 300_000, 900_000, 3_600_000];

/** Throws (ZodError) on settings that are not simulation settings. */
export function createSimulator(compiled: Compiled, settings: Record<string, unknown> | null): Simulator {
  const { faults: given, ...chosen } = simulationSchema.parse(settings ?? {});
  const world = worldOf(compiled, chosen);
  const truthAt = truthOf(world);
  const instruments = compiled.park.points.flatMap((point) => {
    const instrument = point.source.type === 'simulator' ? instrumentOf(world, point) : null;
    return instrument === null ? [] : [instrument];
  });
  const counting = instruments.filter(({ point }) => point.quantity === 'power' && (isAmount(point.unit) || point.cadence_s >= 900));
  const counterOf = new Map(counting.map((instrument, c) => [instrument, c]));
  const read = (truth: Truth, c: number) => (counting[c] as SimulatedMeter).read(truth);
  const counters = countersOf(truthAt, read, counting.length, compiled.park.assets.length);

  /** The newest truths: points of different cadences that report at one time need the middles of different intervals, in turn. */
  const truths = new Map<number, Truth>();
  const fineTruth = (time: number): Truth => {
    let truth = truths.get(time);
    if (truth === undefined) {
      if (truths.size >= mostTruths) truths.delete(truths.keys().next().value as number);
      truth = truthAt(time, true);
      truths.set(time, truth);
    }
    return truth;
  };

  /** What the point shows at the end of its interval. */
  const valueAt = (instrument: SimulatedMeter, end: number): number => {
    const { point } = instrument;
    const counter = counterOf.get(instrument);
    const cadence_ms = 1000 * point.cadence_s;
    if (point.measure === 'register') return counted(instrument, counter === undefined ? Number.NaN : counters.at(counter, end));
    if (point.measure === 'instant') return shownBy(instrument, instrument.read(fineTruth(end)), end);
    const mean =
      counter !== undefined && cadence_ms >= quarter_ms
        ? counters.mean(counter, end - cadence_ms, end)
        : instrument.read(fineTruth(end - cadence_ms / 2));
    return shownBy(instrument, isAmount(point.unit) ? (mean * cadence_ms) / 3_600_000 : mean, end);
  };

  const daily = new Map<number, readonly Fault[]>();
  const faultAt = (instrument: SimulatedMeter, time: number): { fault: Fault; hour: number } | null => {
    const { day, hour } = localTime(world.workingDays, time);
    let faults = daily.get(day);
    if (faults === undefined) {
      if (daily.size > 16) daily.clear();
      faults = given ?? drawnFaults(compiled, world.seed, day);
      daily.set(day, faults);
    }
    const fault = faults.find((f) => f.point === instrument.point.id && holds(f, hour));
    return fault ? { fault, hour } : null;
  };

  const readingAt = (instrument: SimulatedMeter, end: number): Reading | null => {
    const { point } = instrument;
    const cadence_ms = 1000 * point.cadence_s;
    const time = point.label === 'start' && point.measure !== 'instant' && point.measure !== 'register' ? end - cadence_ms : end;
    const wrong = faultAt(instrument, end);
    if (wrong === null) return { point: point.id, time, value: valueAt(instrument, end), quality: 'good' };
    const { fault, hour } = wrong;
    switch (fault.kind) {
      case 'silent':
        return null;
      case 'empty':
        return { point: point.id, time, value: null, quality: 'bad' };
      case 'doubtful':
        return { point: point.id, time, value: valueAt(instrument, end), quality: 'uncertain' };
      case 'outside':
        return { point: point.id, time, value: 1.5 * Math.max(1, ...point.range.map(Math.abs)), quality: 'good' };
      case 'lying':
        return { point: point.id, time, value: Math.min(point.range[1], 1.5 * valueAt(instrument, end)), quality: 'good' };
      case 'stuck': {
        const since_ms = ((hour - fault.from_h + 24) % 24) * 3_600_000;
        const stuckAt = Math.floor((end - since_ms) / cadence_ms) * cadence_ms;
        return { point: point.id, time, value: valueAt(instrument, stuckAt), quality: 'good' };
      }
    }
  };

  return {
    truth: fineTruth,
    readings: (from, to) => {
      const due: { end: number; instrument: SimulatedMeter }[] = [];
      for (const instrument of instruments) for (const end of timesOf(instrument, from, to)) due.push({ end, instrument });
      // Sorted by time, so that all readings of one time share one truth.
      due.sort((a, b) => a.end - b.end);
      return due.flatMap(({ end, instrument }) => readingAt(instrument, end) ?? []);
    },
  };
}

/** Ends of the intervals (or the instants) of a point's readings in (from, to]. */
function timesOf({ point }: SimulatedMeter, from: number, to: number): number[] {
  const cadence_ms = 1000 * point.cadence_s;
  const complete = point.measure === 'register' || point.measure === 'energy' || (point.measure === 'mean' && cadence_ms >= 60_000);
  const every = complete || (to - from) / cadence_ms <= most ? cadence_ms : gridOf(cadence_ms, (to - from) / most);
  const times: number[] = [];
  for (let n = Math.floor(from / every) + 1; n * every <= to; n++) times.push(n * every);
  const newest = Math.floor(to / cadence_ms) * cadence_ms;
  if (newest > from && times.at(-1) !== newest) times.push(newest);
  return times;
}

/** The finest grid that is coarse enough and that the cadence fits into. */
function gridOf(cadence_ms: number, atLeast_ms: number): number {
  const grid = grids_ms.find((g) => g >= atLeast_ms && g % cadence_ms === 0);
  return grid ?? Math.ceil(atLeast_ms / cadence_ms) * cadence_ms;
}
