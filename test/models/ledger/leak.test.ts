import { expect, test } from 'vitest';
import { startLevels } from '../../../models/carbon/storage.ts';
import { accountDay } from '../../../models/ledger/account-day.ts';
import { createFold, foldRange, take } from '../../../models/ledger/fold.ts';
import { createLedgerSchema } from '../../../models/ledger/ledger-schema.ts';
import type { Park } from '../../../models/park/park.ts';
import { intervalsOfDay } from '../../../models/time/calendar.ts';
import { energyHub, hubReadings, monday, quarter_ms } from './energy-hub.ts';

/** Scope 1 of a day, mg, and the gas that arrives, Wh, in a park whose gas pipe to the hall loses a part. */
function dayOf(loss: number, losses: Park['losses']) {
  const hub = energyHub();
  const park = { ...hub, losses, lines: hub.lines.map((line) => (line.id === 'gas-hall' ? { ...line, loss } : line)) };
  const schema = createLedgerSchema(park);
  const fold = createFold(park);
  take(fold, hubReadings(park, 97));
  const records = foldRange(fold, monday, monday + 96 * quarter_ms);
  const { blocks } = accountDay(
    schema,
    intervalsOfDay(schema.calendar, '2026-05-04'),
    records,
    startLevels(schema.compiled),
    () => Number.NaN,
  );
  const sum = (owner: string, name: string) => [...(blocks.get(owner)?.columns.get(name) ?? [])].reduce((a, b) => a + b, 0);
  return { scope1: sum('', 'scope1.mg'), gas: sum('hall', 'gas.in.Wh') };
}

/** What METHODS 5 asks for, leaks as CH4, nothing here can say: a report states the omission, the check of a park warns. */
test('gas that a line loses counts as burnt, or in no scope where losses stand apart', () => {
  const tight = dayOf(0, 'toLoad');
  const leaking = dayOf(0.2, 'toLoad');
  expect(leaking.gas).toBe(tight.gas);
  expect((leaking.scope1 - tight.scope1) / 1e6).toBeCloseTo((0.25 * tight.gas * 202.166) / 1e6, 2);
  expect((dayOf(0.2, 'separate').scope1 - dayOf(0, 'separate').scope1) / 1e6).toBeCloseTo(0, 2);
});
