/** Questions about the past, answered from the ledger's store. */
import { inflateRawSync } from 'node:zlib';
import { type Block, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { joinSums, sumHours } from '../../models/ledger/period-sums.ts';
import { factorSetOf, type Park } from '../../models/park/park.ts';
import { snapshotHints } from '../../models/snapshots/hints.ts';
import { joinSnapshots, layoutSignature, remapSnapshots } from '../../models/snapshots/slots.ts';
import { decodeSnapshotAt, decodeSnapshots, encodeSnapshots, type SnapshotSet } from '../../models/snapshots/snapshots.ts';
import { createCalendar, dayBounds, dayOf, daysBetween, monthOf } from '../../models/time/calendar.ts';
import { layoutOf } from '../../models/wire/layout.ts';
import type { LedgerReading } from '../store/ledger-store.ts';
import { allDays } from './all-days.ts';
import { cutSums } from './day-draft.ts';
import { type EditionSpan, editionSpans } from './editions.ts';
import type { Chosen, LedgerMark } from './ledger.ts';
import { unpack } from './packed.ts';
import { timelineMarksOf } from './timeline-marks.ts';

export type Answers = ReturnType<typeof makeAnswers>;

/** Number of days whose decoded snapshots are kept in memory: dragging along the timeline asks for the same day many times. */
const keptSnapshots = 4;

export function makeAnswers(store: LedgerReading, park: Park) {
  const calendar = createCalendar(park);
  const layout = layoutOf(park, 'full');
  const signature = layoutSignature(layout);
  const hints = snapshotHints(park, layout);

  const spans = async (first: string, last: string, { set, edition }: Chosen): Promise<EditionSpan[]> => {
    const there = await store.days();
    if (there === null) return [];
    const within = { first: first > there.first ? first : there.first, last: last < there.last ? last : there.last };
    return editionSpans(await store.editions(), set, within, calendar, edition);
  };
  const daysIn = (from: number, to: number): { first: string; last: string } => ({
    // An interval may have begun in the last hours of the day before.
    first: dayOf(calendar, from),
    last: dayOf(calendar, Math.max(from, to - 1)),
  });

  const intervals = async (owner: string, from: number, to: number, chosen: Chosen): Promise<Block> => {
    const { first, last } = daysIn(from, to);
    const within = to <= from ? [] : await spans(first, last, chosen);
    const found = (await Promise.all(within.map((span) => store.blocks(span.edition, owner, span.first, span.last)))).flat();
    return joinBlocks(
      found.map(({ bytes }) => unpack.block(bytes)),
      from,
      to,
    );
  };

  const hours = async (owner: string, from: number, to: number, chosen: Chosen): Promise<SummedBlock> => {
    const { first, last } = daysIn(from, to);
    const parts: SummedBlock[] = [];
    for (const span of to <= from ? [] : await spans(first, last, chosen)) {
      // A day has either hours or intervals.
      const sums = new Map<string, SummedBlock>();
      const { edition } = span;
      for (const { day, bytes } of await store.hours(edition, owner, span.first, span.last)) sums.set(day, unpack.sums(bytes));
      for (const { day, bytes } of await store.blocks(edition, owner, span.first, span.last))
        sums.set(day, sumHours(unpack.block(bytes), calendar));
      parts.push(...[...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part));
    }
    return joinSums(parts.map((part) => cutSums(part, lowerBound(part.times, from), lowerBound(part.times, to))));
  };

  const daysOf = async (owner: string, found: readonly EditionSpan[]): Promise<SummedBlock | null> => {
    const parts: SummedBlock[] = [];
    for (const { edition, first, last } of found) {
      for (const { bytes } of await store.months(edition, owner, monthOf(first), monthOf(last))) {
        const sums = unpack.sums(bytes);
        const begin = sums.periods.findIndex((day) => day >= first);
        const end = sums.periods.findLastIndex((day) => day <= last) + 1;
        parts.push(cutSums(sums, begin === -1 ? sums.periods.length : begin, end));
      }
    }
    const some = parts.filter(({ periods }) => periods.length > 0);
    return some.length > 0 ? joinSums(some) : null;
  };

  const cache = new Map<string, { bytes: Uint8Array; set: SnapshotSet }>();
  const snapshotsOn = async (edition: number, day: string): Promise<SnapshotSet | null> => {
    const row = await store.snapshots(edition, day);
    if (!row) return null;
    const key = `${edition} ${day}`;
    const kept = cache.get(key);
    if (kept && Buffer.compare(kept.bytes, row.bytes) === 0) return kept.set;
    let set = decodeSnapshots(inflateRawSync(row.bytes));
    if (row.signature !== signature) {
      const names = await store.slots(row.signature);
      if (names === null) throw new Error(`the slots of the snapshots of ${day} are not there`);
      set = remapSnapshots(set, unpack.slots(names), layout);
    }
    cache.delete(key);
    cache.set(key, { bytes: row.bytes, set });
    while (cache.size > keptSnapshots) cache.delete(cache.keys().next().value as string);
    return set;
  };

  return {
    intervals,
    hours,
    days: async (
      owners: readonly string[] | null,
      first: string,
      last: string,
      chosen: Chosen,
      columns: readonly string[] | null = null,
    ): Promise<Map<string, SummedBlock>> => {
      const found = await spans(first, last, chosen);
      const everybody = owners === null ? await allDays(store, found, columns) : null;
      if (everybody) return everybody;
      const answer = new Map<string, SummedBlock>();
      for (const name of owners ?? (await store.owners())) {
        const sums = await daysOf(name, found);
        if (sums) answer.set(name, sums);
      }
      return answer;
    },
    snapshots: async (from: number, to: number, every: number): Promise<Uint8Array> => {
      const { first, last } = daysIn(from, to);
      const found = await spans(first, last, { set: factorSetOf(park) });
      const days = found.flatMap((span) => daysBetween(span.first, span.last).map((day) => ({ day, edition: span.edition })));
      const only = days.length === 1 && days[0];
      const row = only && every === 1 ? await store.snapshots(only.edition, only.day) : null;
      if (only && row && row.signature === signature) {
        const { from: dayFrom, to: dayTo } = dayBounds(calendar, only.day);
        // A whole day is returned as it is stored.
        if (from <= dayFrom && to >= dayTo) return inflateRawSync(row.bytes);
        // For a single moment, only that moment is decoded, not the whole day.
        if (to - from <= calendar.interval_ms) {
          const one = decodeSnapshotAt(inflateRawSync(row.bytes), to - 1);
          return encodeSnapshots(joinSnapshots([one], layout, from, to), hints);
        }
      }
      const sets: SnapshotSet[] = [];
      for (const { edition, day } of days) {
        const set = await snapshotsOn(edition, day);
        if (set) sets.push(set);
      }
      return encodeSnapshots(joinSnapshots(sets, layout, from, to, every), hints);
    },
    marks: async (from: number, to: number): Promise<LedgerMark[]> => {
      const { first, last } = daysIn(from, to);
      const days = await spans(first, last, { set: factorSetOf(park) });
      const parkBlock = async (edition: number, day: string): Promise<Block | null> => {
        const [row] = await store.blocks(edition, parkOwner, day, day);
        return row ? unpack.block(row.bytes) : null;
      };
      return timelineMarksOf({ store, calendar, spans: days, parkBlock, from, to });
    },
  };
}

/** Rows whose interval starts in [from, to). A column that a day lacks is unknown there. */
function joinBlocks(parts: readonly Block[], from: number, to: number): Block {
  const names = [...new Set(parts.flatMap((part) => [...part.columns.keys()]))];
  const cut = parts.map((part) => ({
    part,
    begin: lowerBound(part.times, from),
    end: lowerBound(part.times, to),
  }));
  const size = cut.reduce((sum, { begin, end }) => sum + Math.max(0, end - begin), 0);
  const join = (of: (part: Block) => Float64Array | undefined) => {
    const all = new Float64Array(size).fill(Number.NaN);
    let at = 0;
    for (const { part, begin, end } of cut) {
      if (end <= begin) continue;
      const column = of(part);
      if (column) all.set(column.subarray(begin, end), at);
      at += end - begin;
    }
    return all;
  };
  return { times: join((part) => part.times), columns: new Map(names.map((name) => [name, join((part) => part.columns.get(name))])) };
}

function lowerBound(times: Float64Array, time: number): number {
  const at = times.findIndex((t) => t >= time);
  return at === -1 ? times.length : at;
}
