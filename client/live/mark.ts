/** The marks of an asset's number at this moment (models/marks.ts), read from the slots. */
import { type CountedMark, carries, countedMarks, type DrawnMark, drawnMark, type MarkSet, marksOf, outside } from '../../models/marks.ts';
import type { AssetSlots, Layout } from '../../models/protocol.ts';
import type { MetricView } from './metric.ts';
import { mirror } from './mirror.ts';

/** Every meter of the asset says that nothing flows: where nothing flows there is no intensity, and none is missing. */
export function isIdle(slots: AssetSlots, values: Float32Array): boolean {
  let metered = false;
  for (const port in slots.ports) {
    const slot = slots.ports[port as keyof typeof slots.ports]?.power ?? -1;
    if (slot < 0 || values[slot] !== 0) return false;
    metered = true;
  }
  return metered;
}

function hasPorts(slots: AssetSlots): boolean {
  for (const _ in slots.ports) return true;
  return false;
}

/** All marks that hold of an asset: facts about it, whatever the colours show. */
export function marksAt(layout: Layout, id: string, values: Float32Array = mirror.values): MarkSet {
  const slots = layout.assets.get(id);
  if (!slots) return outside;
  const known = !Number.isNaN(values[slots.intensity] ?? Number.NaN);
  const code = values[slots.quality] ?? Number.NaN;
  const share = values[slots.estimatedShare] ?? Number.NaN;
  // What passes a junction is not its own: where nothing is known to pass, its quality alone says whether a meter is missing.
  const number = known ? 'known' : hasPorts(slots) ? 'unknown' : 'none';
  return marksOf(code, share, number, isIdle(slots, values), layout.network.has(id));
}

/** The one mark that an asset is drawn with; `known`: the number that gives it its colour is. */
export function drawnAt(view: MetricView, layout: Layout, id: string, known: boolean, values: Float32Array = mirror.values): DrawnMark {
  const set = marksAt(layout, id, values);
  if (view.applies(id)) return drawnMark(set, known);
  return view.metric === 'intensity' && carries(set, 'missing') ? 'missing' : 'unmetered';
}

export function markOf(view: MetricView, layout: Layout, id: string, values: Float32Array = mirror.values): DrawnMark {
  return drawnAt(view, layout, id, view.applies(id) && !Number.isNaN(view.valueOf(id)), values);
}

export interface MarksNow {
  /** Grows when a mark of any asset comes or goes. */
  version: number;
  of: ReadonlyMap<string, MarkSet>;
  counts: Readonly<Record<CountedMark, number>>;
}

let made: { layout: Layout; revision: number; now: MarksNow } | null = null;
let versions = 0;

/** The marks of all assets, worked out once per revision for everyone who asks; null before the first snapshot. */
export function marksNow(): MarksNow | null {
  const { layout, revision, values } = mirror;
  if (!layout || values.length === 0) return null;
  if (made?.layout === layout && made.revision === revision) return made.now;
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
  made = { layout, revision, now };
  return now;
}
