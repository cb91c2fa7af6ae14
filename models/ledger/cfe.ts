/**
 * 24/7 carbon-free energy (METHODS 5): hour by hour, what own or contracted clean energy covers, and of the rest the
 * carbon-free part of the grid. What is left over in one hour does not help another.
 */
import type { Block } from './block.ts';
import { type Calendar, hourStart } from './calendar.ts';

export interface CfeHour {
  load_kWh: number;
  clean_kWh: number;
  /** 0…1 of what the grid gives. */
  gridShare: number;
}

/** Energy of the hour that is free of carbon. NaN where anything it needs is unknown. */
export function matched_kWh({ load_kWh, clean_kWh, gridShare }: CfeHour): number {
  const own = Math.min(load_kWh, clean_kWh);
  const rest = load_kWh - own;
  return rest === 0 ? own : own + rest * gridShare;
}

/** 0…1 of all load; null without load, or where an hour is unknown. */
export function cfeScore(hours: readonly CfeHour[]): number | null {
  return ratio(
    hours.reduce((sum, hour) => sum + matched_kWh(hour), 0),
    hours.reduce((sum, { load_kWh }) => sum + load_kWh, 0),
  );
}

/** Clean energy of the whole period over its load, at most 1: the same without asking when. */
export function volumetricShare(hours: readonly Pick<CfeHour, 'load_kWh' | 'clean_kWh'>[]): number | null {
  const clean = hours.reduce((sum, { clean_kWh }) => sum + clean_kWh, 0);
  const load = hours.reduce((sum, { load_kWh }) => sum + load_kWh, 0);
  const share = ratio(clean, load);
  return share === null ? null : Math.min(1, share);
}

/**
 * Fills `cfeMatched.Wh` of the park's block: at the first interval of each local hour what the hour matched, 0 at its
 * others, NaN where the hour cannot be said. Of what own clean energy does not cover, the grid's carbon-free part counts
 * up to what was imported. Changes the block.
 */
export function matchHours(block: Block, calendar: Calendar): void {
  const column = (name: string) => block.columns.get(name);
  const [load, clean, imported, gridClean, matched] = [
    column('consumption.Wh'),
    column('carbonFree.Wh'),
    column('import.Wh'),
    column('gridCarbonFree.Wh'),
    column('cfeMatched.Wh'),
  ];
  if (!load || !clean || !imported || !gridClean || !matched) return;
  let first = 0;
  while (first < block.times.length) {
    const hour = hourStart(calendar, block.times[first] as number);
    let [L, C, G, F] = [0, 0, 0, 0];
    let next = first;
    while (next < block.times.length && hourStart(calendar, block.times[next] as number) === hour) {
      L += load[next] as number;
      C += clean[next] as number;
      G += imported[next] as number;
      F += gridClean[next] as number;
      matched[next] = 0;
      next++;
    }
    const own = Math.min(L, C);
    const fromGrid = Math.min(L - own, G);
    const whole = fromGrid === 0 ? own : own + (G > 0 ? (fromGrid * F) / G : Number.NaN);
    matched[first] = Math.round(whole) + 0;
    if (Number.isNaN(whole)) matched.fill(Number.NaN, first, next);
    first = next;
  }
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 && Number.isFinite(part) ? part / whole : null;
}
