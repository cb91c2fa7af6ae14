/** A changed park beside the record: the same readings, the same functions, a ledger of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import type { Park } from '../../../models/park/park.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import { createAccountant } from '../../../server/ledger/accountant.ts';
import { makeAnswers } from '../../../server/ledger/answers.ts';
import { samplePark } from '../../sample-park.ts';
import { memoryLedger } from '../store/memory-ledger.ts';
import { contentsOf, type HandLedger, handLedger } from './hand-ledger.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Local midnight in Shanghai. */
const start = Date.UTC(2026, 2, 29, 16);
const end = start + day + 3 * hour;

let folder: string;
let record: HandLedger;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'study-'));
  record = await handLedger(folder, samplePark());
  const simulator = createSimulator(compile(samplePark()), { seed: 3, faults: [] });
  record.append(simulator.readings(start - hour, end).filter(({ time }) => time % 900_000 === 0));
  await record.settle(end);
});
afterAll(() => {
  record.close();
  rmSync(folder, { recursive: true });
});

/** A cleaner grid. */
function cleaner(): Park {
  const park = samplePark();
  return {
    ...park,
    sources: park.sources.map((source) =>
      source.asset === 'grid' && source.factor ? { ...source, factor: { ...source.factor, value: source.factor.value / 2 } } : source,
    ),
  };
}

async function account(park: Park, study?: string) {
  const store = memoryLedger();
  const basis = { factors: 'direct' as const, park, ...(study !== undefined && { study }) };
  const parts = { software: 'test', fill: null, now: end, clock: () => 0 };
  const accountant = await createAccountant({ store, journal: record.journal, bases: [basis], ...parts });
  accountant.want(end);
  while (await accountant.work()) {}
  return { store, status: await accountant.status(), answers: makeAnswers(store, park) };
}

describe('a study', () => {
  it('is accounted by the functions of the record: with the same park it says the same, byte for byte', async () => {
    const { store, answers } = await account(samplePark(), 'as it is');
    const range = ['', start, end, { set: 'direct' }] as const;
    expect(await answers.intervals(...range)).toEqual(await makeAnswers(record.store, samplePark()).intervals(...range));
    for (const { edition, owner, bytes } of await store.blocksOn('2026-03-30')) {
      const [kept] = await record.store.blocks(edition, owner, '2026-03-30', '2026-03-30');
      expect([owner, Buffer.from(bytes).equals(kept?.bytes as Uint8Array)]).toEqual([owner, true]);
    }
  });

  it('says what would have been, and leaves the record as it is', async () => {
    const before = contentsOf(record.db);
    const { answers } = await account(cleaner(), 'a cleaner grid');
    expect(contentsOf(record.db)).toEqual(before);
    const grid = async (of: typeof answers, column: string) =>
      (await of.days(['grid'], '2026-03-30', '2026-03-30', { set: 'direct' })).get('grid')?.columns.get(column)?.[0] as number;
    const was = makeAnswers(record.store, samplePark());
    expect(await grid(answers, 'electricity.out.Wh')).toBe(await grid(was, 'electricity.out.Wh'));
    expect((await grid(answers, 'electricity.out.mg')) / (await grid(was, 'electricity.out.mg'))).toBeCloseTo(0.5, 5);
  });

  it('carries its name wherever its figures go: none can pass for the record', async () => {
    const { status } = await account(samplePark(), 'as it is');
    const [edition] = status.editions;
    expect(edition?.method).toMatch(/^study as it is; cogeneration: /);
    expect((await record.accountant.status()).editions[0]?.method).toMatch(/^cogeneration: /);
  });
});
