/** Intensity by local hour and day. */
import type { SeriesAnswer } from '../../models/api/series.ts';
import { hourOfDay, localDay, type ZoneOffset } from '../../models/time/local-time.ts';
import { dayKey, type Period } from './period.ts';
import { ratio, type Subject } from './series-model.ts';

export interface HeatCell {
  /** Column: days since the period began. */
  day: number;
  hour: number;
  /** null: not known, or nothing flowed. */
  gPerKwh: number | null;
  energy_kWh: number;
  /** Start of the (first) hour, ms. */
  time: number;
}

export interface HeatModel {
  /** Local dates, `2026-10-12`. */
  days: string[];
  cells: HeatCell[];
}

/** Hours that occur twice (the clocks go back) share a cell, weighted by energy; an hour that does not exist has none. */
export function heatModel({ owner, basis }: Subject, answer: SeriesAnswer, period: Period, offset: ZoneOffset): HeatModel {
  const first = localDay(period.from, offset);
  const last = localDay(period.to - 1, offset);
  const columns = answer.owners[owner]?.columns ?? {};
  const sums = new Map<number, { mg: number | null; Wh: number; time: number }>();
  for (const [i, text] of answer.times.entries()) {
    const time = Date.parse(text);
    const mg = columns[basis.carbon]?.values[i] ?? null;
    const Wh = columns[basis.energy]?.values[i] ?? null;
    const at = (localDay(time, offset) - first) * 24 + Math.floor(hourOfDay(time, offset));
    const known = sums.get(at) ?? { mg: null, Wh: 0, time };
    sums.set(at, known);
    if (mg === null || Wh === null) continue;
    known.mg = (known.mg ?? 0) + mg;
    known.Wh += Wh;
  }
  const cells = [...sums].map(([at, { mg, Wh, time }]) => ({
    day: Math.floor(at / 24),
    hour: at % 24,
    gPerKwh: ratio(mg, Wh),
    energy_kWh: Wh / 1000,
    time,
  }));
  return { days: Array.from({ length: last - first + 1 }, (_, i) => dayKey(first + i)), cells };
}
