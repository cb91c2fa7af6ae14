import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { supplyOf } from '../../../models/carbon/supply.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { pack, unpack } from '../../../server/ledger/packed.ts';
import { openPastSteps, type PastStep } from '../../../server/ledger/past-steps.ts';
import { samplePark } from '../../sample-park.ts';
import { type HandLedger, handLedger } from './hand-ledger.ts';

const quarter = 900_000;
const hour = 3_600_000;
const day = 24 * hour;
/** Local midnight in Shanghai. */
const start = Date.UTC(2026, 2, 29, 16);
const dates = ['2026-03-30', '2026-03-31'] as const;
const end = start + day + 7 * hour;

let ledger: HandLedger | undefined;
let folder = '';
afterEach(() => {
  ledger?.close();
  rmSync(folder, { recursive: true });
});

/** A day and a bit; the hall's meter is silent on the second morning, so it is estimated from the first. */
async function accounted(): Promise<HandLedger> {
  folder = mkdtempSync(join(tmpdir(), 'past-'));
  let turn = 0;
  ledger = await handLedger(folder, samplePark(), { clock: () => ++turn });
  const simulator = createSimulator(compile(samplePark()), { seed: 3, faults: [] });
  const readings = simulator.readings(start - hour, end).filter(({ time }, i) => time % quarter === 0 || i % 7 === 0);
  const silent = (r: Reading) => r.point === 'hall.power' && r.time > start + day + hour && r.time < start + day + 5 * hour;
  ledger.append(readings.filter((r) => !silent(r)));
  await ledger.settle(end);
  return ledger;
}

/** What the ledger has of an asset's column in an interval. */
function entry({ db }: HandLedger, date: string, asset: string, column: string, i: number): number {
  const row = db
    .prepare<[string, string], { bytes: Uint8Array }>(
      'SELECT bytes FROM block JOIN owner ON owner.id = block.owner WHERE day = ? AND name = ?',
    )
    .get(date, asset);
  return unpack.block((row as { bytes: Uint8Array }).bytes).columns.get(column)?.[i] as number;
}

const told = (past: PastStep | null, asset: string) => {
  if (!past) throw new Error('nothing is accounted');
  const { compiled } = past.schema;
  return supplyOf(compiled, past.step, compiled.assetIndex.get(asset) as number)?.total;
};

it('works out any interval again as the ledger has it: asked in any order, estimates and storages included', async () => {
  const of = await accounted();
  const pastStep = await openPastSteps(of.store, samplePark());
  for (const [date, i] of [
    [1, 20],
    [0, 95],
    [0, 3],
    [1, 9],
    [1, 25],
  ] as const) {
    const past = await pastStep(start + date * day + i * quarter + 17);
    expect(past?.from).toBe(start + date * day + i * quarter);
    for (const { id } of past?.schema.owners.filter(({ id }) => id !== '') ?? []) expect([id, await past?.agrees(id)]).toEqual([id, true]);
    const milligrams = entry(of, dates[date], 'hall', 'attributed.mg', i);
    expect([date, i, milligrams > 0]).toEqual([date, i, true]);
    expect(told(past, 'hall')?.carbon_kgPerH).toBeCloseTo((milligrams / 1e6) * 4, 3);
  }
  expect(await pastStep(end)).toBeNull();
  expect(await pastStep(start - 3 * day)).toBeNull();
});

it('follows what was accounted again, and says where a locked day stays as it was', async () => {
  const of = await accounted();
  const pastStep = await openPastSteps(of.store, samplePark());
  const then = start + 10 * hour;
  const before = told(await pastStep(then), 'hall')?.power_kW as number;
  const late = (value: number, at: number): Reading => ({ point: 'hall.power', time: at, value, quality: 'good' });
  of.append([1, 2, 3, 4, 5, 6].map((minutes) => late(2900, then + minutes * 60_000 + 7)));
  await of.settle(end);
  expect(told(await pastStep(then), 'hall')?.power_kW).toBeGreaterThan(before);
  expect(await (await pastStep(then))?.agrees('hall')).toBe(true);

  await of.accountant.lock({ from: dates[0], to: dates[0], who: 'Ada' });
  of.append([1, 2, 3, 4, 5, 6].map((minutes) => late(2950, then + hour + minutes * 60_000 + 7)));
  await of.settle(end);
  const fresh = await (await openPastSteps(of.store, samplePark()))(then + hour);
  expect(await fresh?.agrees('hall')).toBe(false);
  expect(await fresh?.agrees('gas')).toBe(true);
});

it('agrees with a day that was rounded otherwise, as days once were, but not with one that says something else', async () => {
  const of = await accounted();
  const at = start + 10 * hour;
  const rewrite = (by: number) => {
    const where = "edition = 1 AND day = ? AND owner = (SELECT id FROM owner WHERE name = 'hall')";
    const row = of.db.prepare<[string], { bytes: Uint8Array }>(`SELECT bytes FROM block WHERE ${where}`).get(dates[0]);
    const kept = unpack.block((row as { bytes: Uint8Array }).bytes);
    const columns = new Map([...kept.columns].map(([name, column]) => [name, column.map((value) => value + by)]));
    of.db.prepare(`UPDATE block SET bytes = ? WHERE ${where}`).run(pack.block({ ...kept, columns }), dates[0]);
  };
  const agrees = async () => (await (await openPastSteps(of.store, samplePark()))(at))?.agrees('hall');
  rewrite(1);
  expect(await agrees()).toBe(true);
  rewrite(20);
  expect(await agrees()).toBe(false);
});
