/** A day in pieces: as it goes on, after a restart, again from any interval on. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startLevels } from '../../../models/carbon/storage.ts';
import { accountDay } from '../../../models/ledger/account-day.ts';
import type { Block } from '../../../models/ledger/block.ts';
import { createFold, foldRange, take } from '../../../models/ledger/fold.ts';
import { createLedgerSchema } from '../../../models/ledger/ledger-schema.ts';
import { packBlock } from '../../../models/ledger/pack.ts';
import type { Park } from '../../../models/park/park.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { intervalsOfDay } from '../../../models/time/calendar.ts';
import { accountFrom, blocksOfDraft, type DayDraft, openDraft } from '../../../server/ledger/day-draft.ts';
import type { KeptEdition } from '../../../server/store/ledger-store.ts';
import { energyHub, hubReadings, monday, quarter_ms } from '../../models/ledger/energy-hub.ts';
import { lampPark } from '../../models/ledger/lamp-park.ts';

const nothing = () => Number.NaN;
const day = '2026-05-04';
const edition: KeptEdition = {
  id: 1,
  set: 'direct',
  from: null,
  to: null,
  factors: '',
  method: '',
  software: '',
  reason: '',
  who: '',
  at: 0,
  visible: true,
  fingerprint: '',
};

const bytesOf = (blocks: ReadonlyMap<string, Block>) =>
  [...blocks].map(([owner, block]) => `${owner} ${Buffer.from(packBlock(block)).toString('base64')}`);

/** A lamp of some watts under a changing sky. */
const lampReadings: Reading[] = Array.from({ length: 97 }, (_, i) => [
  { point: 'lamp_w', time: monday + i * quarter_ms, value: 17.9 + (i % 5), quality: 'good' as const },
  { point: 'roof_w', time: monday + i * quarter_ms, value: i < 30 || i > 70 ? 0 : (7 * i) % 23, quality: 'good' as const },
]).flat();

const hub = energyHub();
const lamp = lampPark();
const scenes: [string, Park, Reading[]][] = [
  ['a park with everything', hub, hubReadings(hub, 97, (id, i) => (i * 7 + id.length) % 41 === 0)],
  ['a lamp', lamp, lampReadings],
];

it.each(scenes)('a day of %s is the same to the last byte at once, as it goes on, and again from any interval on', (_, park, readings) => {
  const schema = createLedgerSchema(park);
  const times = intervalsOfDay(schema.calendar, day);
  const recordsTo = (count: number, told: readonly Reading[]) => {
    const fold = createFold(park);
    take(fold, told);
    return foldRange(fold, monday, monday + count * quarter_ms);
  };
  const whole = recordsTo(96, readings);
  const atOnce = bytesOf(accountDay(schema, times, whole, startLevels(schema.compiled), nothing).blocks);
  const fresh = () => openDraft({ edition, schema, day, before: null, drawn: false });
  /** What the draft says is what a fresh one says that is accounted as far, all at once. */
  const asIfAtOnce = (draft: DayDraft) => {
    const other = fresh();
    accountFrom(other, 0, recordsTo(draft.rows.length, readings), nothing);
    expect(bytesOf(blocksOfDraft(draft))).toEqual(bytesOf(blocksOfDraft(other)));
  };
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(96), fc.nat(96)), { maxLength: 6 }), fc.nat(95), (pieces, late) => {
      const draft = fresh();
      // What came late to an interval was first accounted without it.
      const missed = readings.filter(({ time }) => time !== monday + late * quarter_ms);
      accountFrom(draft, 0, recordsTo(late + 1, missed), nothing);
      accountFrom(draft, 0, recordsTo(late + 1, readings), nothing);
      for (const [from, to] of pieces) {
        if (to < draft.rows.length) continue;
        accountFrom(draft, Math.min(from, draft.rows.length), recordsTo(to, readings), nothing);
        asIfAtOnce(draft);
      }
      accountFrom(draft, Math.min(late, draft.rows.length), whole, nothing);
      expect(bytesOf(blocksOfDraft(draft))).toEqual(atOnce);
    }),
    { numRuns: 10 },
  );
});
