/**
 * `npm run bench`: prints each part's table and writes it to test/bench/RESULTS.md with machine, load, date and versions.
 * With names (`npm run bench -- engine ingest`) only those are measured; the others stay as they were.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { benchAccount } from './account.ts';
import { benchBrowser } from './browser.ts';
import { benchCold } from './cold.ts';
import { benchDisk } from './disk.ts';
import { benchEngine } from './engine.ts';
import { benchFanout } from './fanout.ts';
import { benchIngest } from './ingest.ts';
import { benchLate } from './late.ts';
import { benchLedger } from './ledger.ts';
import { benchMqtt } from './mqtt.ts';
import { markdown, type Row } from './table.ts';
import { benchTogether } from './together.ts';

const benches: Record<string, () => Row[] | Promise<Row[]>> = {
  engine: benchEngine,
  ingest: benchIngest,
  fanout: () => benchFanout(),
  mqtt: benchMqtt,
  together: () => benchTogether(),
  cold: benchCold,
  disk: benchDisk,
  ledger: () => benchLedger(),
  browser: benchBrowser,
  late: () => benchLate(),
  account: benchAccount,
};
const named = process.argv.slice(2);
const unknown = named.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}": choose from ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const versions = ['better-sqlite3', 'socket.io', 'ws', 'mathjs', 'three', '@react-three/fiber', '@deck.gl/core'].map((name) => {
  const { version } = JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8'));
  return `${name} ${version}`;
});
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${versions.join(', ')}, ${new Date().toISOString().slice(0, 10)}`;
const file = new URL('RESULTS.md', import.meta.url);
const head = `# Measured

Each part by itself, with the machine, versions and load of its own run. Ratios matter, milliseconds are this machine's. Viewers and
senders are processes on the same machine.
`;

for (const name of named.length > 0 ? named : Object.keys(benches)) {
  const load = loadavg()[0] as number;
  const rows = (await benches[name]?.()) ?? [];
  const busy = `Load average before: ${load.toFixed(1)}${load > 1 ? ' (others were at work: latencies are worse than the machine can do)' : ''}.`;
  const section = `## ${name}\n\n${machine}. ${busy}\n\n${markdown(rows)}\n`;
  console.log(section);
  // What was found by profiling is written by people, and stays.
  const kept = new Map(
    readFileSync(file, 'utf8')
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [text.slice(3, text.indexOf('\n')), text.trimEnd()]),
  );
  kept.set(name, section.trimEnd());
  const order = [...Object.keys(benches), ...kept.keys()];
  const sections = [...new Set(order)].flatMap((title) => kept.get(title) ?? []);
  writeFileSync(file, `${[head.trimEnd(), ...sections].join('\n\n')}\n`);
}
