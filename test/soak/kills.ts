/** 1,000 SIGKILLs at random moments under load, in lines of 25 on a history of their own; one line in ten runs `server/main.ts` whole. */
import { rm } from 'node:fs/promises';
import { startChild, startLight, writeSampleFolder } from '../server/child-server.ts';
import { type KillLine, type KillReport, killAgainAndAgain, quantile } from '../server/kill-line.ts';
import { progress, type Section, table } from './section.ts';

const killsALine = 25;
const linesAtOnce = 2;

export async function soakKills(kills = 1000): Promise<Section> {
  const park = await writeSampleFolder();
  const light: Omit<KillLine, 'kills'> = { start: startLight, points: ['hall_kw', 'roof_kw', 'battery_kw'], load_ms: 600 };
  const whole: Omit<KillLine, 'kills'> = {
    start: (data, port) => startChild(['--park', park, '--port', String(port)], { DATA_DIR: data, LOG_LEVEL: 'warn' }),
    points: ['hall.power', 'office.energy', 'chp.power'],
    load_ms: 600,
  };
  const reports = { light: [] as KillReport[], whole: [] as KillReport[] };
  let begun = 0;
  let left = kills;
  let done = 0;
  const work = async () => {
    while (left > 0) {
      const size = Math.min(killsALine, left);
      left -= size;
      const kind = begun++ % 10 === 0 ? 'whole' : 'light';
      const killed = () => progress(`${++done} of ${kills} kills`);
      reports[kind].push(await killAgainAndAgain({ ...(kind === 'whole' ? whole : light), kills: size, killed }));
    }
  };
  await Promise.all(Array.from({ length: linesAtOnce }, work));
  await rm(park, { recursive: true });

  const row = (server: string, all: readonly KillReport[]) => {
    if (all.length === 0) return [];
    const sum = (of: (report: KillReport) => number) => all.reduce((total, report) => total + of(report), 0);
    const ready = all.flatMap(({ ready_ms }) => ready_ms);
    const cells = {
      server,
      kills: sum((report) => report.kills),
      'with postings on their way': sum(({ underLoad }) => underLoad),
      'while starting': sum(({ starting }) => starting),
      'acknowledged readings': sum(({ acknowledged }) => acknowledged).toLocaleString('en'),
      'not there, or not once': sum(({ lost }) => lost.length),
      'integrity_check not ok': sum(({ unsound }) => unsound.length),
      'ready again, ms': `${quantile(ready, 0.5)} median, ${quantile(ready, 0.99)} p99, ${quantile(ready, 1)} longest`,
    };
    return [cells];
  };
  const rows = [...row('the smallest park', reports.light), ...row('server/main.ts with a park from a folder', reports.whole)];
  const faults = [...reports.light, ...reports.whole].flatMap(({ lost, unsound }) => [...lost, ...unsound]);
  return {
    title: 'kills',
    passed: faults.length === 0,
    text: `${kills.toLocaleString('en')} SIGKILLs at random moments while six senders post batches of 200 and 20 and single readings, each until it is acknowledged. After every kill a copy of the files is opened, checked and searched for every reading that was acknowledged since the kill before; at the end of a line of ${killsALine} there are as many rows as readings. Two servers at a time, so that each has less than a processor core to start on.

${table(rows)}${faults.length > 0 ? `\n\nFaults: ${faults.slice(0, 20).join('; ')}` : ''}`,
  };
}
