/** A ledger's store in plain objects: for tests, and as the shortest account of what a store does. */
import type { AccountedDay, HoursOfDay, LedgerChange, LedgerHead, LedgerStore } from '../../../server/store/ledger-store.ts';

interface Kept extends LedgerHead {
  parks: Record<number, Uint8Array>;
  records: Record<string, Uint8Array>;
  days: AccountedDay[];
  months: { edition: number; month: string; owner: string; bytes: Uint8Array }[];
  columns: { edition: number; month: string; name: string; bytes: Uint8Array }[];
  hours: (HoursOfDay & { day: string })[];
  slots: Record<string, Uint8Array>;
  owners: string[];
}

/** The head of a ledger in which nothing is. */
export const emptyHead = (): LedgerHead => ({
  from: null,
  until: null,
  fillUntil: null,
  editions: [],
  dirty: [],
  locks: [],
  adjustments: [],
  gone: [],
});

const nothing = (): Kept => ({
  ...emptyHead(),
  parks: {},
  records: {},
  days: [],
  months: [],
  columns: [],
  hours: [],
  slots: {},
  owners: [],
});

const byDay = <T extends { day: string }>(of: T[]) => of.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
/** Puts in what takes the place of what is the same. */
function put<T>(list: T[], one: T, same: (other: T) => boolean): void {
  const at = list.findIndex(same);
  if (at === -1) list.push(one);
  else list[at] = one;
}

function apply(kept: Kept, change: LedgerChange): void {
  Object.assign(kept, change.span);
  for (const { edition, park } of change.editions ?? []) {
    if (kept.parks[edition.id]) throw new Error(`there is an edition ${edition.id} already`);
    kept.editions.push(edition);
    kept.parks[edition.id] = park;
  }
  kept.editions = kept.editions.map((edition) => (change.shown?.includes(edition.id) ? { ...edition, visible: true } : edition));
  for (const [day, bytes] of change.records ?? []) {
    if (bytes === null) delete kept.records[day];
    else kept.records[day] = bytes;
  }
  for (const day of change.days ?? []) {
    const { edition, day: date } = day.row;
    const month = date.slice(0, 7);
    const before = kept.days.find(({ row }) => row.edition === edition && row.day === date);
    const merged = {
      ...day,
      blocks: new Map([...(before?.blocks ?? []), ...day.blocks]),
      snapshots: day.snapshots ?? before?.snapshots ?? null,
    };
    put(kept.days, merged, ({ row }) => row.edition === edition && row.day === date);
    for (const owner of day.blocks.keys()) if (!kept.owners.includes(owner)) kept.owners.push(owner);
    for (const [owner, bytes] of day.months)
      put(kept.months, { edition, month, owner, bytes }, (o) => o.edition === edition && o.month === month && o.owner === owner);
    for (const [name, bytes] of day.monthColumns)
      put(kept.columns, { edition, month, name, bytes }, (o) => o.edition === edition && o.month === month && o.name === name);
    if (day.snapshots) kept.slots[day.snapshots.signature] = day.snapshots.slots;
  }
  kept.dirty = kept.dirty.filter(({ day }) => !change.settled?.includes(day));
  for (const { day, refold, account } of change.dirty ?? []) {
    const was = kept.dirty.find((one) => one.day === day);
    put(kept.dirty, { day, refold: refold || was?.refold === true, account: account || was?.account === true }, (one) => one.day === day);
  }
  kept.adjustments = kept.adjustments.filter((one) => !change.noAdjustments?.some(({ day, set }) => day === one.day && set === one.set));
  for (const one of change.adjustments ?? []) put(kept.adjustments, one, (other) => other.day === one.day && other.set === one.set);
  for (const lock of change.locks ?? [])
    if (!kept.locks.some(({ from, to }) => from === lock.from && to === lock.to)) kept.locks.push(lock);
  kept.locks = kept.locks.filter((one) => !change.unlocked?.some(({ from, to }) => from === one.from && to === one.to));
  for (const { day, hours } of change.gone ?? []) {
    kept.days = kept.days.map((one) => (one.row.day === day ? { ...one, blocks: new Map(), snapshots: null } : one));
    kept.hours.push(...(hours ?? []).map((one) => ({ ...one, day })));
    put(kept.gone, { day, hours: hours === null }, (one) => one.day === day);
  }
  for (const day of change.goneHours ?? []) {
    kept.hours = kept.hours.filter((one) => one.day !== day);
    put(kept.gone, { day, hours: true }, (one) => one.day === day);
  }
  byDay(kept.dirty);
  byDay(kept.adjustments);
  byDay(kept.gone);
  kept.days.sort((a, b) => (a.row.day === b.row.day ? a.row.edition - b.row.edition : a.row.day < b.row.day ? -1 : 1));
}

export function memoryLedger(): LedgerStore {
  let kept = nothing();
  const daysOf = (edition: number | undefined, first: string, last: string) =>
    kept.days.filter(({ row }) => (edition === undefined || row.edition === edition) && row.day >= first && row.day <= last);
  return {
    head: async () => {
      const { from, until, fillUntil, editions, dirty, locks, adjustments, gone } = kept;
      return structuredClone({ from, until, fillUntil, editions, dirty, locks, adjustments, gone });
    },
    editions: async () => kept.editions,
    park: async (edition) => {
      const park = kept.parks[edition];
      if (!park) throw new Error(`there is no edition ${edition}`);
      return park;
    },
    records: async (days) => new Map(days.flatMap((day) => (kept.records[day] ? [[day, kept.records[day]] as const] : []))),
    daysBefore: async (day) => [...new Set(kept.days.map(({ row }) => row.day))].filter((one) => one < day),
    recordsBefore: async (day) =>
      Object.keys(kept.records)
        .filter((one) => one < day)
        .sort(),
    rows: async (first, last, edition) => daysOf(edition, first, last).map(({ row }) => row),
    days: async (edition) => {
      const days = daysOf(edition, '', '9').map(({ row }) => row.day);
      return days.length === 0 ? null : { first: days[0] as string, last: days.at(-1) as string };
    },
    owners: async () => kept.owners,
    blocks: async (edition, owner, first, last) =>
      daysOf(edition, first, last).flatMap(({ row, blocks }) => {
        const bytes = blocks.get(owner);
        return bytes ? [{ day: row.day, bytes }] : [];
      }),
    blocksOn: async (day) =>
      daysOf(undefined, day, day).flatMap(({ row, blocks }) =>
        [...blocks].map(([owner, bytes]) => ({ edition: row.edition, owner, bytes })),
      ),
    hours: async (edition, owner, first, last) =>
      byDay(kept.hours.filter((one) => one.edition === edition && one.owner === owner && one.day >= first && one.day <= last)),
    months: async (edition, owner, first, last) =>
      kept.months
        .filter((one) => one.edition === edition && one.owner === owner && one.month >= first && one.month <= last)
        .sort((a, b) => (a.month < b.month ? -1 : 1)),
    month: async (edition, month) =>
      new Map(kept.months.filter((one) => one.edition === edition && one.month === month).map(({ owner, bytes }) => [owner, bytes])),
    monthColumns: async (edition, month, names) =>
      new Map(
        kept.columns
          .filter((one) => one.edition === edition && one.month === month && (names === null || names.includes(one.name)))
          .map(({ name, bytes }) => [name, bytes]),
      ),
    snapshots: async (edition, day) => {
      const found = daysOf(edition, day, day)[0]?.snapshots;
      return found ? { signature: found.signature, bytes: found.bytes } : null;
    },
    slots: async (signature) => kept.slots[signature] ?? null,
    save: async (change) => {
      const next = structuredClone(kept);
      apply(next, change);
      kept = next;
    },
    clear: async () => {
      kept = { ...nothing(), slots: kept.slots };
    },
    close: async () => {},
  };
}
