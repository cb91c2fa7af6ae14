import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild, startLight, writeSampleFolder } from './child-server.ts';
import { type KillLine, type KillReport, killAgainAndAgain, quantile } from './kill-line.ts';

/** With those of sources/mqtt/kill.test.ts 29, of which 25 with readings on their way and the others while the server starts. */
const lightPoints = ['hall_kw', 'roof_kw', 'battery_kw'];
const patience = { timeout: 600_000 };

function expectNothingLost(report: KillReport, kills: number): void {
  expect(report).toMatchObject({ kills, lost: [], unsound: [] });
  expect(report.acknowledged).toBeGreaterThan(1000);
  const { underLoad, starting, acknowledged, ready_ms } = report;
  console.log(
    `${kills} kills, ${underLoad} with postings on their way and ${starting} while starting: ${acknowledged} acknowledged readings, each there once; ready again after ${quantile(ready_ms, 0.5)} ms (median), ${quantile(ready_ms, 1)} ms (longest)`,
  );
}

describe('a server killed at random moments under load', () => {
  let park: string;
  beforeAll(async () => {
    park = await writeSampleFolder();
  });
  afterAll(() => rm(park, { recursive: true }));

  it('has every reading that it acknowledged, once', patience, async () => {
    const line: KillLine = { kills: 11, points: lightPoints, load_ms: 500, start: startLight };
    const reports = await Promise.all([killAgainAndAgain(line), killAgainAndAgain(line)]);
    for (const report of reports) expectNothingLost(report, 11);
  });

  it('with a park from a folder too', patience, async () => {
    const start = (data: string, port: number) => startChild(['--park', park, '--port', String(port)], { DATA_DIR: data });
    const report = await killAgainAndAgain({ kills: 2, points: ['hall.power', 'office.energy', 'chp.power'], load_ms: 1000, start });
    expectNothingLost(report, 2);
  });
});
