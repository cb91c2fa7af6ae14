/**
 * Accounting of an interval that is over: records, estimates for what is missing and what storages held → the interval's
 * row and what they hold after it. The same assemble, balance, trace and storage arithmetic as live (METHODS 2–5).
 */
import { closeInterval } from '../carbon/close-interval.ts';
import type { Level, Step } from '../carbon/step.ts';
import { freshnesses, origins, qualities } from '../quality.ts';
import { assemble, type Heard } from '../telemetry/inputs.ts';
import { levelFractions } from '../telemetry/level-fraction.ts';
import { bad, uncertain } from '../telemetry/point-value.ts';
import type { LiveStep } from '../telemetry/state.ts';
import { qualityOf } from '../telemetry/step-quality.ts';
import { combine, createValues, estimateSigma, type Values } from '../telemetry/values.ts';
import { f32, u8 } from '../typed-arrays.ts';
import { writeAssets } from './asset-row.ts';
import { type Earlier, estimateFrom } from './estimates.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import { roundLevel } from './levels.ts';
import { writePark } from './park-row.ts';
import { isFlagged, isMissing, type PointRecords, qualityCode } from './records.ts';

export interface AccountedInterval {
  /** All owners' entries, as schema.owners says, in Wh and mg that are rounded only with their day (whole-rows.ts). */
  row: Float64Array;
  /** At its end, in the order of compiled.stores. */
  levels: Level[];
  /** Points whose value was estimated from earlier records (indices). */
  estimatedPoints: number[];
  values: Values;
  heard: Heard;
  step: Step;
}

const estimatedOrigin = origins.indexOf('estimated');

/**
 * Accounts the interval that starts at `time`. `records` of every point, in the park's order, must contain it; `levels`
 * are those at its start. Throws when the records are of another park or time.
 */
export function accountInterval(
  schema: LedgerSchema,
  time: number,
  records: readonly PointRecords[],
  levels: readonly Level[],
  earlier: Earlier,
): AccountedInterval {
  const { compiled, bindings, calendar, hours } = schema;
  if (records.length !== schema.park.points.length) throw new Error('the records are of another park');
  const values = createValues(schema.park);
  const estimatedPoints: number[] = [];
  let flagged = false;
  for (let p = 0; p < records.length; p++) {
    const of = records[p] as PointRecords;
    const i = (time - of.from) / of.interval_ms;
    if (of.code[i] === undefined) throw new Error('the records do not hold this interval');
    const code = of.code[i] as number;
    readRecord(of, i, values, p);
    flagged ||= isFlagged(code);
    if (!isMissing(code)) continue;
    const { quantity } = (bindings.meters[p] as (typeof bindings.meters)[number]).point;
    if (quantity !== 'power' && quantity !== 'intensity') continue;
    const usual = estimateFrom(earlier, calendar.offset, p, time);
    if (Number.isNaN(usual)) continue;
    values.value[p] = usual;
    values.sigma[p] = Math.fround(estimateSigma * Math.abs(usual));
    values.validity[p] = uncertain;
    values.origin[p] = estimatedOrigin;
    estimatedPoints.push(p);
  }
  for (const virtual of bindings.virtuals) combine(values, virtual);
  const { inputs, heard } = assemble(compiled, bindings, values, time, [...levels], true);
  const closed = closeInterval(compiled, inputs, levels, hours);
  const after = closed.levels.map(roundLevel);
  const row = new Float64Array(schema.size).fill(Number.NaN);
  writeAssets(schema, { ...closed, levels: after }, row);
  writePark(schema, closed, values, flagged, row);
  return { row, levels: after, estimatedPoints, values, heard, step: closed.step };
}

/** What a screen shows of the interval: the same step as live, and what storages held at its end. */
export function stepOfInterval({ compiled, bindings }: LedgerSchema, { step, values, heard, levels }: AccountedInterval): LiveStep {
  return {
    ...step,
    ...qualityOf(compiled, bindings, values, heard, step),
    levelFraction: levelFractions(compiled, bindings, levels, values),
    pointValues: values,
  };
}

function readRecord(records: PointRecords, i: number, values: Values, p: number): void {
  const quality = qualityCode(u8(records.code, i));
  const value = f32(records.value, i);
  values.value[p] = value;
  values.sigma[p] = f32(records.sigma, i);
  values.origin[p] = quality % origins.length;
  values.validity[p] = Number.isNaN(value) ? bad : Math.floor(quality / origins.length) % qualities.length;
  values.freshness[p] = Math.min(freshnesses.length - 1, Math.floor(quality / (origins.length * qualities.length)));
  values.sampled_ms[p] = records.from + (i + 1) * records.interval_ms - 1000 * f32(records.age_s, i);
}
