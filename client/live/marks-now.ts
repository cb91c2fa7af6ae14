/** The marks of an asset's number at this moment (models/telemetry/marks.ts), read from the slots. */
import {
  type CountedMark,
  carries,
  countedMarks,
  type DrawnMark,
  drawnMark,
  type MarkSet,
  marksOf,
  outside,
} from '../../models/telemetry/marks.ts';
import type { AssetSlots, Layout } from '../../models/wire/layout.ts';
import type { Metric } from './choices.ts';
import type { MetricView } from './metric.ts';
import { mirror } from './mirror.ts';

/** Nothing flows through the ports that the asset's number is about: there is nothing to colour, and no value is missing. */
export function isIdle(slots: AssetSlots, values: Float32Array): boolean {
  return slots.idle >= 0 && values[slots.idle] === 1;
}

/** Without flow there is no intensity to show, whatever the slot holds; a power or an emission rate of 0 is still a value. */
export function isShownIdle(metric: Metric, value: number, slots: AssetSlots, values: Float32Array): boolean {
  return (metric === 'intensity' || Number.isNaN(value)) && isIdle(slots, values);
}

function hasPorts(slots: AssetSlots): boolean {
  for (const _ in slots.ports) return true;
  return false;
}

/** All marks that apply to an asset: facts about it, whichever metric the colours show. */
export function marksAt(layout: Layout, id: string, values: Float32Array = mirror.values): MarkSet {
  const slots = layout.assets.get(id);
  if (!slots) return outside;
  const known = !Number.isNaN(values[slots.intensity] ?? Number.NaN);
  const code = values[slots.quality] ?? Number.NaN;
  const share = values[slots.estimatedShare] ?? Number.NaN;
  // A junction has no number of its own: where nothing is known to pass, its quality alone shows whether a meter is missing.
  const number = known ? 'known' : hasPorts(slots) ? 'unknown' : 'none';
  return marksOf(code, share, number, isIdle(slots, values), layout.network.has(id));
}

/** The mark of an asset that has a colour; called for 10,000 assets a second, so it looks nothing up. */
export function drawnColoured(slots: AssetSlots, values: Float32Array): DrawnMark {
  return drawnMark(marksOf(values[slots.quality] ?? Number.NaN, values[slots.estimatedShare] ?? Number.NaN, 'known', false, true), true);
}

/** The one mark that an asset is drawn with; `known`: there is a number that gives it its colour. */
export function drawnAt(view: MetricView, layout: Layout, id: string, known: boolean, values: Float32Array = mirror.values): DrawnMark {
  const set = marksAt(layout, id, values);
  if (view.applies(id)) return drawnMark(set, known);
  return view.metric === 'intensity' && carries(set, 'missing') ? 'missing' : 'unmetered';
}

export function markOf(view: MetricView, layout: Layout, id: string, values: Float32Array = mirror.values): DrawnMark {
  const slots = layout.assets.get(id);
  const value = slots && view.applies(id) ? view.valueOf(id) : Number.NaN;
  const known = slots !== undefined && !Number.isNaN(value) && !isShownIdle(view.metric, value, slots, values);
  return drawnAt(view, layout, id, known, values);
}

export interface MarksNow {
  /** Grows when the marks of any asset change. */
  version: number;
  of: ReadonlyMap<string, MarkSet>;
  counts: Readonly<Record<CountedMark, number>>;
}

let made: { layout: Layout; changes: number; now: MarksNow } | null = null;
let versions = 0;

/** The marks of all assets, computed once per change for all callers; null before the first snapshot. */
export function marksNow(): MarksNow | null {
  const { layout, changes, values } = mirror;
  if (!layout || values.length === 0) return null;
  if (made?.layout === layout && made.changes === changes) return made.now;
  const before = made?.layout === layout ? made.now : null;
  const of = new Map<string, MarkSet>();
  const counts = Object.fromEntries(countedMarks.map((mark) => [mark, 0])) as Record<CountedMark, number>;
  let same = before !== null;
  for (const id of layout.assets.keys()) {
    const set = marksAt(layout, id, values);
    of.set(id, set);
    if (before?.of.get(id) !== set) same = false;
    for (const mark of countedMarks) if (carries(set, mark)) counts[mark]++;
  }
  const now = same && before ? before : { version: ++versions, of, counts };
  made = { layout, changes, now };
  return now;
}
