/** Any order of the same readings gives the same ledger, to the last byte (TRUST: late, double, out of order). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountNext, createRun } from '../../../models/ledger/account-days.ts';
import { createFold, take } from '../../../models/ledger/fold.ts';
import { createLedgerSchema } from '../../../models/ledger/ledger-schema.ts';
import { packBlock } from '../../../models/ledger/pack.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { daysBetween } from '../../../models/time/calendar.ts';
import { energyHub, hubReadings } from './energy-hub.ts';

const park = energyHub();
const schema = createLedgerSchema(park);
const days = daysBetween('2026-05-04', '2026-05-05');
/** Two days with gaps, long enough for estimates on the second. */
const readings = hubReadings(park, 2 * 96 + 1, (id, i) => (id === 'office_kw' && i > 120 && i < 160) || (i * 7 + id.length) % 41 === 0);

const fifth = Math.floor(readings.length / 5);

function ledgerOf(heard: readonly Reading[]) {
  const fold = createFold(park);
  take(fold, heard);
  const run = createRun(schema);
  const bytes = days.flatMap((day) => {
    const { blocks } = accountNext(run, day, fold, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return [...blocks].map(([owner, block]) => `${owner}:${Buffer.from(packBlock(block)).toString('base64')}`);
  });
  return { bytes, levels: run.levels };
}

test('permutations of readings, a fifth of them doubled and some contradicted, give the same ledger to the last byte', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(readings.length - 1), { maxLength: 12 }),
      fc.array(fc.nat(readings.length - 1), { minLength: fifth, maxLength: fifth }),
      fc.infiniteStream(fc.nat(2 ** 30)),
      (contradicted, doubled, keys) => {
        const all = [
          ...readings,
          ...doubled.map((i) => readings[i] as Reading),
          ...contradicted.map((i) => ({ ...(readings[i] as Reading), value: 1 + ((readings[i] as Reading).value ?? 0) })),
        ];
        const mixed = all
          .map((reading) => ({ reading, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ reading }) => reading);
        const [straight, other] = [ledgerOf(all), ledgerOf(mixed)];
        expect(other.bytes).toEqual(straight.bytes);
        expect(other.levels).toEqual(straight.levels);
      },
    ),
    { numRuns: 6 },
  );
});
