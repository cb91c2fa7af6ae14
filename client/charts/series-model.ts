/** Data of the chart of an asset (or the park): energy by port (or by source), the period before, and what is typical. */

import type { ParkView } from '../../models/api/park-view.ts';
import type { SeriesAnswer, SeriesColumn } from '../../models/api/series.ts';
import type { Carrier } from '../../models/carriers.ts';
import { type SourceKind, sourceKinds } from '../../models/energy-sources.ts';
import { hourOfDay, weekday, type ZoneOffset } from '../../models/time/local-time.ts';
import { carrierOf, directionOf, type PortId } from '../../models/units.ts';
import type { PeriodKind } from './period.ts';
import { type PeriodQuality, periodQualityOf, sumOf } from './quality.ts';

export const stepOf = { day: 'interval', week: 'hour', month: 'day', year: 'month' } as const satisfies Record<PeriodKind, string>;

/** One layer of the stack. */
export interface Layer {
  column: string;
  of: { port: PortId; carrier: Carrier } | { kind: SourceKind };
  /** −1: drawn below zero, because it flows in the other direction. */
  sign: 1 | -1;
}

/** The columns that intensity and estimated share are computed from. */
export interface SeriesBasis {
  energy: string;
  carbon: string;
  estimated: string;
}

export interface Subject {
  /** '' is the park. */
  owner: string;
  layers: Layer[];
  basis: SeriesBasis;
  /** Whether it is about heat, cooling or steam: the intensity scale then ends at half. */
  heat: boolean;
}

const fromSources: readonly SourceKind[] = sourceKinds;

export function parkSubject(): Subject {
  const layers = fromSources.map((kind) => ({ column: `from.${kind}.Wh`, of: { kind }, sign: 1 as const }));
  return { owner: '', layers, basis: { energy: 'consumption.Wh', carbon: 'consumption.mg', estimated: 'estimated.Wh' }, heat: false };
}

/** The main direction of an asset is drawn above zero: what a source or storage gives, what end uses and plants take. */
export function assetSubject(asset: ParkView['assets'][number]): Subject {
  const takes = asset.meaning === 'consumption' || asset.conversion !== undefined;
  const main = takes ? 'in' : 'out';
  const layers = asset.ports.map((port) => ({
    column: `${port}.Wh`,
    of: { port, carrier: carrierOf(port) },
    sign:
      directionOf(port) === main || asset.ports.every((other) => directionOf(other) === directionOf(port)) ? (1 as const) : (-1 as const),
  }));
  return {
    owner: asset.id,
    layers,
    basis: { energy: 'energy.Wh', carbon: 'carbon.mg', estimated: 'estimated.Wh' },
    heat: asset.scale === 'half',
  };
}

/** Keeps the layers whose columns the park's ledger has (`present`): the possible sources depend on the park. */
export function withColumns(subject: Subject, present: ReadonlySet<string>): Subject {
  return { ...subject, layers: subject.layers.filter(({ column }) => present.has(column)) };
}

/** Columns whose sum is the stack above zero; no others are needed for the typical band. */
export function totalColumns({ owner, layers, basis }: Subject): string[] {
  return owner === '' ? [basis.energy] : layers.filter(({ sign }) => sign > 0).map(({ column }) => column);
}

export type SeriesValues = (number | null)[];

export interface SeriesModel {
  times: number[];
  /** kW (mean over what is known) of short steps, kWh of days and months; in the order of the subject’s layers. */
  layers: SeriesValues[];
  /** Sum of the layers above zero. */
  total: SeriesValues;
  /** The same without steps of which too little is accounted to compare them. */
  whole: SeriesValues;
  /** gCO2e/kWh. */
  intensity: SeriesValues;
  energy_kWh: number;
  carbon_kg: number;
  quality: PeriodQuality;
}

const isMean = (kind: PeriodKind) => kind === 'day' || kind === 'week';

/** The stack's height step by step, from `totalColumns`. */
export function seriesTotalsOf(
  subject: Subject,
  answer: SeriesAnswer,
  kind: PeriodKind,
  interval_s: number,
): { times: number[]; total: SeriesValues } {
  const columns = answer.owners[subject.owner]?.columns ?? {};
  const times = answer.times.map((time) => Date.parse(time));
  const hoursOf = (i: number) => ((answer.intervals[i] ?? 0) * interval_s) / 3600;
  const layers = totalColumns(subject).map((column) => times.map((_, i) => measured(columns[column], i, kind, hoursOf(i))));
  return { times, total: wholeOnly(sumUp(layers, times.length), answer, kind) };
}

/** Wh of a step → mean kW over its known part, or kWh. */
function measured(column: SeriesColumn | undefined, i: number, kind: PeriodKind, hours: number): number | null {
  const Wh = column?.values[i] ?? null;
  if (Wh === null) return null;
  if (!isMean(kind)) return Wh / 1000;
  const known = column?.known[i] ?? 1;
  return known > 0 ? Wh / 1000 / (hours * known) : null;
}

export function seriesModel(subject: Subject, answer: SeriesAnswer, kind: PeriodKind, interval_s: number): SeriesModel {
  const columns = answer.owners[subject.owner]?.columns ?? {};
  const times = answer.times.map((time) => Date.parse(time));
  const hoursOf = (i: number) => ((answer.intervals[i] ?? 0) * interval_s) / 3600;
  const layers = subject.layers.map(({ column }) => times.map((_, i) => measured(columns[column], i, kind, hoursOf(i))));
  const { energy, carbon, estimated } = subject.basis;
  const intensity = times.map((_, i) => ratio(columns[carbon]?.values[i], columns[energy]?.values[i]));
  const shown = subject.layers.flatMap(({ column }) => (columns[column] ? [columns[column]] : []));
  const energySum = sumOf(columns[energy]);
  const total = sumUp(
    layers.filter((_, l) => (subject.layers[l]?.sign ?? 0) > 0),
    times.length,
  );
  return {
    times,
    layers,
    total,
    whole: wholeOnly(total, answer, kind),
    intensity,
    energy_kWh: energySum / 1000,
    carbon_kg: sumOf(columns[carbon]) / 1e6,
    quality: periodQualityOf(answer, interval_s, shown, energySum, sumOf(columns[estimated])),
  };
}

/** g/kWh = mg/Wh; null where nothing flowed. */
export function ratio(mg: number | null | undefined, Wh: number | null | undefined): number | null {
  return typeof mg === 'number' && typeof Wh === 'number' && Wh > 0 ? mg / Wh : null;
}

/** Removes sums over incomplete steps, because they cannot be compared; a mean over a part of a step stays. */
function wholeOnly(total: SeriesValues, { intervals, expected }: SeriesAnswer, kind: PeriodKind): SeriesValues {
  if (isMean(kind)) return total;
  return total.map((value, i) => ((intervals[i] ?? 0) >= enough * (expected[i] ?? Number.POSITIVE_INFINITY) ? value : null));
}

/** Sum of the layers, step by step; null only where all of them are. */
function sumUp(layers: readonly SeriesValues[], length: number): SeriesValues {
  return Array.from({ length }, (_, i) => {
    let sum: number | null = null;
    for (const layer of layers) {
      const value = layer[i] ?? null;
      if (value !== null) sum = (sum ?? 0) + value;
    }
    return sum;
  });
}

export interface Band {
  low: SeriesValues;
  high: SeriesValues;
}

/** A smaller part of a step than this cannot stand for the whole. */
const enough = 0.95;

/** With fewer values than this there is no typical range. */
const fewest = 4;
/** Number of weeks before the period that are used. */
export const typicalWeeks = 8;

/**
 * 10th to 90th percentile of the same time of week in the weeks before the period (given by hours for days and weeks,
 * by days for months), one for each of `times`. Values of the period itself or later are not used.
 */
export function typicalBand(
  times: readonly number[],
  before: { times: readonly number[]; total: SeriesValues },
  kind: PeriodKind,
  offset: ZoneOffset,
): Band {
  const slot = (time: number) => weekday(time, offset) * 24 + (isMean(kind) ? Math.floor(hourOfDay(time, offset)) : 0);
  const seen = new Map<number, number[]>();
  const end = times[0] ?? Number.NEGATIVE_INFINITY;
  for (const [i, time] of before.times.entries()) {
    const value = before.total[i] ?? null;
    if (value === null || time >= end) continue;
    const values = seen.get(slot(time)) ?? [];
    seen.set(slot(time), values);
    values.push(value);
  }
  for (const values of seen.values()) values.sort((a, b) => a - b);
  const of = (part: number) => times.map((time) => quantile(seen.get(slot(time)) ?? [], part));
  return { low: of(0.1), high: of(0.9) };
}

/** Interpolates linearly between the nearest two sorted values. */
function quantile(sorted: readonly number[], part: number): number | null {
  if (sorted.length < fewest) return null;
  const at = part * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (at - Math.floor(at)) * (high - low);
}
