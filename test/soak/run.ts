/**
 * `npm run soak`: what takes too long for `npm test`. All of it, or by name (`npm run soak -- kills`); prints tables and
 * writes them to test/soak/RESULTS.md. With a number (`kills=50`) less is done and nothing is written.
 */
import { loadavg } from 'node:os';
import { soakFsync } from './fsync.ts';
import { soakKills } from './kills.ts';
import { soakReconnect } from './reconnect.ts';
import { type Section, writeSection } from './section.ts';
import { soakStalled } from './stalled.ts';

const soaks: Record<string, (n?: number) => Promise<Section>> = {
  fsync: soakFsync,
  stalled: soakStalled,
  reconnect: soakReconnect,
  kills: soakKills,
};

/** Both about viewers. */
const viewers = ['stalled', 'reconnect'];
const asked = process.argv
  .slice(2)
  .flatMap((word) => (word === 'viewers' ? viewers : [word]))
  .map((word) => word.split('='));
const names = asked.length > 0 ? asked : Object.keys(soaks).map((name) => [name]);
const unknown = names.filter(([name, n]) => soaks[name as string] === undefined || (n !== undefined && !(Number(n) > 0)));
if (unknown.length > 0) {
  console.error(`There is no soak "${unknown.join('", "')}": choose from viewers, ${Object.keys(soaks).join(', ')}.`);
  process.exit(2);
}

let failed = false;
for (const [name, n] of names) {
  const load = loadavg()[0] as number;
  const section = await (soaks[name as string] as (n?: number) => Promise<Section>)(n === undefined ? undefined : Number(n));
  console.log(`\n## ${section.title}: ${section.passed ? 'the promise holds' : 'THE PROMISE DOES NOT HOLD'}\n\n${section.text}\n`);
  if (n === undefined) writeSection(new URL('RESULTS.md', import.meta.url), section, load);
  failed ||= !section.passed;
}
process.exit(failed ? 1 : 0);
