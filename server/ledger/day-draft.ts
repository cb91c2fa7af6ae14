/** Draft of one local day of one edition, accounted interval by interval: a change recomputes only the intervals after it. */
import { deflateRawSync } from 'node:zlib';
import type { Level } from '../../models/carbon/step.ts';
import { startLevels } from '../../models/carbon/storage.ts';
import { accountInterval, stepOfInterval } from '../../models/ledger/account-interval.ts';
import { type Block, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { blocksOf } from '../../models/ledger/blocks.ts';
import type { Earlier } from '../../models/ledger/estimates.ts';
import type { LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import { joinSums } from '../../models/ledger/period-sums.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import { snapshotHints } from '../../models/snapshots/hints.ts';
import type { SnapshotHint } from '../../models/snapshots/predictor-choice.ts';
import { layoutSignature } from '../../models/snapshots/slots.ts';
import { encodeSnapshots } from '../../models/snapshots/snapshots.ts';
import { intervalsOfDay } from '../../models/time/calendar.ts';
import { fillSlots } from '../../models/wire/fill-slots.ts';
import { type Layout, layoutOf } from '../../models/wire/layout.ts';
import type { DayRow, HeldLevels, KeptEdition } from '../store/ledger-store.ts';

export interface DayDraft {
  edition: KeptEdition;
  schema: LedgerSchema;
  day: string;
  /** Starts of all the day's intervals, also of those that are not over. */
  times: Float64Array;
  before: Level[];
  /** For each accounted interval: its entries, not rounded yet, and the storage levels after it. */
  rows: Float64Array[];
  levels: Level[][];
  /** Made for the primary set only; `values` has times × slots numbers. */
  snapshots: { canvas: Canvas; values: Float32Array } | null;
}

/** Layout of a park's snapshots, computed once per schema. */
interface Canvas {
  layout: Layout;
  signature: string;
  hints: readonly SnapshotHint[];
}

const canvases = new WeakMap<LedgerSchema, Canvas>();

function canvasOf(schema: LedgerSchema): Canvas {
  const known = canvases.get(schema);
  if (known) return known;
  const layout = layoutOf(schema.park, 'full');
  const canvas = { layout, signature: layoutSignature(layout), hints: snapshotHints(schema.park, layout) };
  canvases.set(schema, canvas);
  return canvas;
}

export interface DraftParts {
  edition: KeptEdition;
  schema: LedgerSchema;
  day: string;
  before: HeldLevels | null;
  /** Whether snapshots are made of the day. */
  drawn: boolean;
}

export function openDraft({ edition, schema, day, before, drawn }: DraftParts): DayDraft {
  const times = intervalsOfDay(schema.calendar, day);
  const canvas = drawn ? canvasOf(schema) : null;
  return {
    edition,
    schema,
    day,
    times,
    before: levelsOf(schema, before),
    rows: [],
    levels: [],
    snapshots: canvas && { canvas, values: new Float32Array(times.length * canvas.layout.size).fill(Number.NaN) },
  };
}

/** Accounts the intervals from `first` on that the records hold. */
export function accountFrom(draft: DayDraft, first: number, records: readonly PointRecords[], earlier: Earlier): void {
  const { schema, times, rows, levels, snapshots } = draft;
  const count = records[0]?.code.length ?? 0;
  for (const list of [rows, levels]) list.length = Math.min(list.length, first);
  for (let i = first; i < count; i++) {
    const time = times[i] as number;
    const interval = accountInterval(schema, time, records, levels[i - 1] ?? draft.before, earlier);
    rows.push(interval.row);
    levels.push(interval.levels);
    if (!snapshots) continue;
    const { canvas, values } = snapshots;
    const { layout } = canvas;
    fillSlots(
      layout,
      schema.compiled,
      stepOfInterval(schema, interval),
      times[0] as number,
      values.subarray(i * layout.size, (i + 1) * layout.size),
    );
  }
}

export function blocksOfDraft({ schema, times, rows }: DayDraft): Map<string, Block> {
  return blocksOf(schema, times.slice(0, rows.length), rows);
}

export function levelsAfter({ levels, before }: DayDraft): Level[] {
  return levels.at(-1) ?? before;
}

export function rowOf(draft: DayDraft, blocks: ReadonlyMap<string, Block>, made: Pick<DayRow, 'at' | 'software' | 'missing'>): DayRow {
  const { edition, schema, day } = draft;
  return {
    edition: edition.id,
    day,
    ...made,
    intervals: draft.rows.length,
    ...doubtsOf(blocks.get(parkOwner)),
    before: heldOf(schema, draft.before),
    after: heldOf(schema, levelsAfter(draft)),
  };
}

/** Over a tenth, a figure is shown as estimated (METHODS 8). */
const muchEstimated = 0.1;

/** Counts flagged intervals, and gaps: intervals whose consumption is unknown or estimated for more than a tenth. */
function doubtsOf(park: Block | undefined): { flagged: number; gaps: number } {
  const column = (name: string) => park?.columns.get(name);
  const consumption = column('consumption.Wh');
  const flagged = column('flagged')?.filter((value) => value === 1).length ?? 0;
  const gaps = park?.times.filter((_, i) => isGap(consumption?.[i], column('estimated.Wh')?.[i])).length ?? 0;
  return { flagged, gaps };
}

export function isGap(consumption_Wh = Number.NaN, estimated_Wh = Number.NaN): boolean {
  return Number.isNaN(consumption_Wh) || estimated_Wh > muchEstimated * consumption_Wh;
}

/** Layout and deflated snapshots of the intervals that are accounted; null where none are made. */
export function snapshotsOf({ snapshots, schema, times, rows }: DayDraft): { layout: Layout; signature: string; bytes: Uint8Array } | null {
  if (!snapshots) return null;
  const { canvas, values } = snapshots;
  const { layout, signature, hints } = canvas;
  const set = {
    signature,
    base: times[0] as number,
    interval_ms: schema.calendar.interval_ms,
    times: times.slice(0, rows.length),
    size: layout.size,
    values: values.subarray(0, rows.length * layout.size),
  };
  return { layout, signature, bytes: deflateRawSync(encodeSnapshots(set, hints), { level: 4 }) };
}

/** The month with this day's sums in their place. */
export function withDay(month: SummedBlock | null, day: SummedBlock): SummedBlock {
  if (month === null) return day;
  const period = day.periods[0] as string;
  const before = month.periods.filter((p) => p < period).length;
  const after = month.periods.filter((p) => p <= period).length;
  return joinSums([cutSums(month, 0, before), day, cutSums(month, after, month.periods.length)]);
}

/** The periods from index `first` to before `end`. */
export function cutSums({ periods, times, columns, known, intervals, expected }: SummedBlock, first: number, end: number): SummedBlock {
  const cut = (map: Map<string, Float64Array>) => new Map([...map].map(([name, column]) => [name, column.slice(first, end)]));
  return {
    periods: periods.slice(first, end),
    times: times.slice(first, end),
    columns: cut(columns),
    known: cut(known),
    intervals: intervals.slice(first, end),
    expected: expected.slice(first, end),
  };
}

function heldOf({ compiled }: LedgerSchema, levels: readonly Level[]): HeldLevels {
  return Object.fromEntries(compiled.stores.map((asset, s) => [compiled.park.assets[asset]?.id as string, levels[s] as Level]));
}

/** Levels in the order of the schema's storages. A storage without a held level gets the start level that the park declares. */
export function levelsOf({ compiled }: LedgerSchema, held: HeldLevels | null): Level[] {
  return startLevels(compiled).map((start, s) => held?.[compiled.park.assets[compiled.stores[s] as number]?.id as string] ?? start);
}
