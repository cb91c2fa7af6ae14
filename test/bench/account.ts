/** Eleven months of a whole campus in quarter-hours through `npm run twin -- account`, beside reading the same files alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Row } from './table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = process.env['PARK_DATA'] ?? fileURLToPath(new URL('../../../shared/parks/ucsd', import.meta.url));

export function benchAccount(): Row[] {
  if (!existsSync(`${data}/meters`)) {
    console.log('The UCSD data is not here (set PARK_DATA to its folder): accounting it is not measured.');
    return [];
  }
  const began = performance.now();
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'server/cli.ts', 'account', 'data/parks/ucsd', '--from', '2019-02-01', '--to', '2019-12-31', '--json'],
    { cwd: root, env: { ...process.env, PARK_DATA: data }, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const ours_s = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error('the account failed');
  const { intervals, scope2_locationBased_t } = JSON.parse(stdout) as { intervals: number; scope2_locationBased_t: number };
  const reading = performance.now();
  for (const part of ['meters', 'grid'])
    for (const name of readdirSync(`${data}/${part}`))
      if (name.endsWith('.csv')) parse(readFileSync(`${data}/${part}/${name}`), { bom: true });
  const parsed_s = (performance.now() - reading) / 1000;
  return [
    {
      what: `account eleven months of the UC San Diego campus, ${intervals.toLocaleString('en')} quarter-hours, from its files (aim 60 s)`,
      ours: `${ours_s.toFixed(1)} s; Scope 2 ${scope2_locationBased_t.toFixed(2)} t`,
      reference: `${parsed_s.toFixed(1)} s, csv-parse reading the same files and doing nothing with them`,
      ratio: `${(ours_s / parsed_s).toFixed(1)}×`,
    },
  ];
}
