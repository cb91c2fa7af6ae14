import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import { createCalendar } from '../../../models/time/calendar.ts';
import { makeMarkets } from '../../../server/ledger/markets.ts';
import { sampleTexts } from '../../sample-park.ts';
import { type HandLedger, handLedger } from './hand-ledger.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Local midnight in Shanghai. */
const start = Date.UTC(2026, 2, 29, 16);
const end = start + 2 * day + hour;
const contracts = 'market: {matching: month, residualFactor: grid-test, instruments: []}\n';

function parkWith(yaml: string, residual?: number): Park {
  const texts = sampleTexts();
  const { park, problems } = buildPark({ ...texts, yaml: texts.yaml + yaml });
  if (!park) throw new Error(JSON.stringify(problems));
  const { market } = park;
  return market?.residual && residual !== undefined
    ? { ...park, market: { ...market, residual: { ...market.residual, value: residual } } }
    : park;
}

let folder: string;
let open: HandLedger | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
});
afterEach(() => {
  open?.close();
  open = null;
  rmSync(folder, { recursive: true });
});

/** Stops what runs, and goes on with this park; `meanwhile` something happens to the file. */
async function goOn(park: Park, meanwhile?: string): Promise<HandLedger> {
  if (meanwhile) open?.db.exec(meanwhile);
  open?.close();
  open = await handLedger(folder, park);
  open.append(Array.from({ length: 200 }, (_, i) => ({ point: 'hall.power', time: start + (i * hour) / 4, value: 100, quality: 'good' })));
  await open.settle(end);
  return open;
}
const reasons = async ({ accountant }: HandLedger) => (await accountant.status()).editions.map(({ reason }) => reason);
/** As software wrote them that left contracts out. */
const asBefore = "UPDATE edition SET fingerprint = substr(fingerprint, 1, instr(fingerprint || ' ', ' ') - 1)";
const changed = 'the contracts, residual factor or named load changed';

describe('contracts, the residual factor and the named load', () => {
  it('begin another edition when they change, and offer to restate what was before', async () => {
    await goOn(parkWith(contracts, 550));
    const ledger = await goOn(parkWith(contracts, 600));
    expect(await reasons(ledger)).toEqual(['first accounting', changed]);
    const { offers, from } = await ledger.accountant.status();
    expect(offers).toEqual([{ set: 'direct', from, to: start + 2 * day, reason: changed }]);
    await ledger.accountant.restate({ set: 'direct', from: start, to: end, reason: 'one factor', who: 'Ada' });
    await ledger.settle(end);
    expect((await ledger.accountant.status()).offers).toEqual([]);
    expect((await reasons(await goOn(parkWith(`${contracts}siteLoad: {net: hall.power}\n`, 600)))).at(-1)).toBe(changed);
  });

  it('of each day are those of the edition that is valid for it', async () => {
    await goOn(parkWith(contracts, 550));
    const { store } = await goOn(parkWith(contracts, 600));
    const residuals = async (first: string, last: string) =>
      (await makeMarkets(store, createCalendar(parkWith('')))(first, last)).map((span) => [
        span.first,
        span.last,
        span.market?.residual?.value,
      ]);
    expect(await residuals('2026-03-01', '2026-04-30')).toEqual([
      ['2026-03-01', '2026-03-31', 550],
      ['2026-04-01', '2026-04-30', 600],
    ]);
  });

  it('go on as one where an edition changed something else', async () => {
    await goOn(parkWith(contracts));
    const park = parkWith(contracts);
    const { store } = await goOn({ ...park, losses: 'separate' });
    const spans = await makeMarkets(store, createCalendar(park))('2026-03-01', '2026-04-30');
    expect(spans).toEqual([{ first: '2026-03-01', last: '2026-04-30', market: park.market }]);
  });

  it.each(['', contracts, 'siteLoad: {net: hall.power}\n'])(
    'that did not change begin none, in a ledger from before they counted either: %j',
    async (yaml) => {
      await goOn(parkWith(yaml));
      expect(await reasons(await goOn(parkWith(yaml)))).toEqual(['first accounting']);
      expect(await reasons(await goOn(parkWith(yaml), asBefore))).toEqual(['first accounting']);
    },
  );

  it('that changed since are found in a ledger from before they counted, by the park that it kept', async () => {
    await goOn(parkWith(contracts, 550));
    expect(await reasons(await goOn(parkWith(contracts, 600), asBefore))).toEqual(['first accounting', changed]);
    expect(await reasons(await goOn(parkWith(''), asBefore))).toEqual(['first accounting', changed, changed]);
  });

  it('leave the fingerprint of a park without them as it was', async () => {
    const { db } = await goOn(parkWith(''));
    expect(db.prepare('SELECT fingerprint FROM edition').pluck().get()).toMatch(/^[0-9a-f]{12}$/);
  });
});
