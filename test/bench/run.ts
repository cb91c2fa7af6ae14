/** `npm run bench`: prints the table and writes it to test/bench/RESULTS.md with machine, date and versions. */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { benchEngine } from './engine.ts';
import { markdown } from './table.ts';

const table = markdown(benchEngine());
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
console.log(`${machine}\n\n${table}`);
writeFileSync(
  new URL('RESULTS.md', import.meta.url),
  `# Measured\n\n${machine}. Ratios matter, milliseconds are this machine's.\n\n${table}\n`,
);
