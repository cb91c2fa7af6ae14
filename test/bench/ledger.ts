/**
 * 1,000 assets × 1 year × 15 min in the ledger, asked through the same threads as the server's; against the same rows in
 * a plain indexed PostgreSQL table on this machine, in the same run. Both have been asked before: disks are not measured.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type pg from 'pg';
import pino from 'pino';
import { basesOf } from '../../models/carbon/basis.ts';
import { createLedgerSchema } from '../../models/ledger/ledger-schema.ts';
import type { Park } from '../../models/park/park.ts';
import { decodeSnapshots } from '../../models/snapshots/snapshots.ts';
import type { Ledger } from '../../server/ledger/ledger.ts';
import { openLedger } from '../../server/ledger/open-ledger.ts';
import { createMetrics } from '../../server/process/metrics.ts';
import { openLedgerStore } from '../../server/store/sqlite/ledger-store.ts';
import { openStores, storeFiles } from '../../server/store/sqlite/open-stores.ts';
import { changeFactor, fillTable, readDays, readRows, startPostgres, tableBytes } from './ledger-postgres.ts';
import { accountMonth, meteredPark, month, writeOtherMonths, year } from './ledger-year.ts';
import type { Row } from './table.ts';

const day_ms = 86_400_000;
const interval_ms = 900_000;

/** Median time of calls that each ask something else, after two that warm up, ms. */
async function medianOf(runs: number, call: (run: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = runs > 2 ? -2 : 0; run < runs; run++) {
    const began = performance.now();
    await call(run + 2);
    if (run >= 0) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

/** A day of the year, another one each time. */
const dayOf = (run: number) => year.from + ((run * 37 + 11) % 365) * day_ms;
const momentOf = (run: number) => dayOf(run) + ((run * 29 + 5) % 96) * interval_ms;

interface Times {
  moment: number;
  day: number;
  one: number;
  all: number;
  month: number;
}

async function askLedger(ledger: Ledger, park: Park): Promise<Omit<Times, 'month'>> {
  const chosen = { set: 'direct' } as const;
  const buildings = park.assets.filter(({ kind }) => kind === 'building');
  const one = (run: number) => buildings[(run * 53) % buildings.length]?.id as string;
  return {
    moment: await medianOf(21, (run) => ledger.snapshots(momentOf(run), momentOf(run) + interval_ms, 1)),
    day: await medianOf(15, (run) => ledger.snapshots(dayOf(run), dayOf(run) + day_ms, 1)),
    one: await medianOf(15, (run) => ledger.days([one(run)], year.first, year.last, chosen)),
    all: await medianOf(5, () => ledger.days(null, year.first, year.last, chosen, ['energy.Wh', 'carbon.mg'])),
  };
}

async function askPostgres(client: pg.Client, assets: number, width: number): Promise<Times> {
  const { from, to } = year;
  return {
    moment: await medianOf(21, (run) => readRows(client, momentOf(run), momentOf(run) + interval_ms)),
    day: await medianOf(5, (run) => readRows(client, dayOf(run), dayOf(run) + day_ms)),
    one: await medianOf(15, (run) => readDays(client, width, 1 + ((run * 53) % assets), from, to)),
    all: await medianOf(1, () => readDays(client, 2, null, from, to)),
    month: await medianOf(1, () => changeFactor(client, month.from, month.to)),
  };
}

export async function benchLedger(count = 1000): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-ledger-'));
  const postgres = await startPostgres();
  try {
    const park = meteredPark(count);
    const schema = createLedgerSchema(park);
    const width = schema.owners.find(({ id }) => id === 'b1')?.columns.length ?? 10;
    const filling = postgres && fillTable(postgres.client, count, width, year.from, year.to);
    const files = storeFiles(folder, 'bench');
    const kept = await openLedgerStore(files.ledger);
    const times = await accountMonth(kept, park);
    await writeOtherMonths(kept, park);
    await kept.close();
    await filling;
    const rows = 365 * 96 * count;
    const bytes = (await stat(files.ledger.file)).size / rows;
    const unchanged = postgres ? (await tableBytes(postgres.client)) / rows : Number.NaN;
    const theirs = postgres && (await askPostgres(postgres.client, count, width));

    const stores = await openStores(files.journal);
    const parts = { bases: basesOf(park), software: 'bench', fill: null, now: year.to };
    const quiet = { log: pino({ level: 'silent' }), metrics: createMetrics({ process: false }) };
    const ledger = await openLedger({ files, stores, ...parts, ...quiet });
    const ours = { ...(await askLedger(ledger, park)), month: times.again };
    const snapshot = await ledger.snapshots(dayOf(3), dayOf(3) + day_ms, 1);
    const decode = await medianOf(9, async () => decodeSnapshots(snapshot));
    const zipped = gzipSync(snapshot).length;
    await ledger.close();
    await stores.close();

    const name = postgres ? `PostgreSQL ${postgres.version}` : 'no PostgreSQL here';
    const row = (what: string, key: keyof Times, note: string, reference: string): Row => ({
      what: `ledger of ${count.toLocaleString('en')} assets × 1 year: ${what}`,
      ours: `${duration(ours[key])}${note}`,
      reference: theirs ? `${duration(theirs[key])}, ${name}, ${reference}` : name,
      ratio: theirs ? `${(theirs[key] / ours[key]).toPrecision(2)}×` : '–',
    });
    const kB = Math.round(zipped / 1000);
    return [
      row('the park at a random moment', 'moment', '', 'rows by time'),
      row('a day of snapshots', 'day', `, ${kB} kB as sent; read in ${duration(decode)}`, '96 × as many rows by time'),
      row(`a year of days, ${width} columns of one asset`, 'one', '', 'summed from its rows'),
      row('a year of days, energy and carbon of all assets', 'all', '', 'summed from all rows, once'),
      row('a month accounted again', 'month', ` (${duration(times.first)} the first time)`, 'one UPDATE of a column, nothing traced'),
      {
        what: `ledger of ${count.toLocaleString('en')} assets × 1 year: bytes for an asset's interval`,
        ours: `${bytes.toFixed(1)} (${width} columns; sums, snapshots, folded readings and a second edition of a month included)`,
        reference: theirs ? `${unchanged.toFixed(0)}, ${name}, with its two indexes` : name,
        ratio: theirs ? `${(unchanged / bytes).toPrecision(2)}×` : '–',
      },
    ];
  } finally {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toPrecision(2)} ms`;
}
