/**
 * The real campus, begun in the middle of its record: its server has the record before that for its past, and its ledger
 * says of a month what `twin account` says. Skipped where the data is not at hand.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerAnswer } from '../../models/api/ledger.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import type { Report } from '../../models/ledger/report/report-shape.ts';
import type { AccountAnswer } from '../../server/commands/account-text.ts';
import { type Child, startChild } from '../server/child-server.ts';
import { twinAnswer } from '../server/commands/twin-command.ts';

const data = process.env['PARK_DATA'] ?? fileURLToPath(new URL('../../../shared/parks/ucsd', import.meta.url));
const here = existsSync(`${data}/meters`);
if (!here) console.log('The UCSD data is not here (set PARK_DATA to its folder): its replayed past is not tested.');

const folder = fileURLToPath(new URL('../../data/parks/ucsd', import.meta.url));

describe.skipIf(!here)('the UC San Diego campus, begun on the second of March', () => {
  let child: Child;
  let account: AccountAnswer;
  let dataDir: string;
  const ask = async <T>(path: string) => (await (await fetch(`${await child.url}/api/v1/parks/ucsd/${path}`)).json()) as T;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'ucsd-replay-'));
    const flags = ['--park', folder, '--at', '2019-03-02T00:05:00-08:00', '--port', '0'];
    child = startChild(flags, { DATA_DIR: dataDir, PARK_DATA: data, LOG_LEVEL: 'warn' });
    await child.url;
    account = await twinAnswer(['account', folder, '--from', '2019-02-01', '--to', '2019-02-28'], { PARK_DATA: data });
    for (;;) {
      const { until } = await ask<LedgerAnswer>('ledger');
      if (until !== null && Date.parse(until) >= Date.parse('2019-03-01T00:00:00-08:00')) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }, 300_000);
  afterAll(async () => {
    child.process.kill('SIGKILL');
    await child.ended;
    await rm(dataDir, { recursive: true, force: true });
  });

  test('has all that was recorded before in its ledger', async () => {
    const { from, rawFrom } = await ask<LedgerAnswer>('ledger');
    expect([from, rawFrom]).toEqual(Array(2).fill('2019-02-01T08:00:00.000Z'));
  });

  test('says of February, and of each day of it, what its account from the files says, to the milligram', async () => {
    const of = async (column: string, step: 'day' | 'month') => {
      const range = { from: '2019-02-01T00:00:00-08:00', to: '2019-03-01T00:00:00-08:00' };
      const { owners } = await ask<SeriesAnswer>(`series?${new URLSearchParams({ owner: '', columns: column, step, ...range })}`);
      return owners['']?.columns[column]?.values ?? [];
    };
    const tonnes = (mg: number | null) => (mg === null ? null : mg / 1e9);
    expect((await of('scope2Location.mg', 'month')).map(tonnes)).toEqual([account.scope2_locationBased_t]);
    expect((await of('scope1.mg', 'month')).map(tonnes)).toEqual([account.scope1_t]);
    expect(await of('netLoad.Wh', 'month')).toEqual([1e6 * (account.netLoad_MWh as number)]);
    expect((await of('scope2Location.mg', 'day')).map(tonnes)).toEqual(account.days.map((day) => day.scope2_locationBased_t));
    expect(account.scope2_locationBased_t).toBeGreaterThan(100);
  });

  test('reports the same of the month, which is closed', async () => {
    const { totals, open } = await ask<Report>('report?period=2019-02');
    expect([open, totals.intervals]).toEqual([false, account.intervals]);
    expect((totals.columns['scope2Location.mg'] as number) / 1e9).toBe(account.scope2_locationBased_t);
  });
});
