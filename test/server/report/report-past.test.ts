import { afterAll, expect, test } from 'vitest';
import { documentOf } from '../../../models/ledger/report/report-document.ts';
import type { Report } from '../../../models/ledger/report/report-shape.ts';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import { sampleTexts } from '../../sample-park.ts';
import { handClock, type Sample, startSample } from '../sample-server.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Local midnight of 31 May in Shanghai. */
const midnight = Date.UTC(2025, 4, 30, 16);

function parkWith(residual: number): Park {
  const texts = sampleTexts();
  const yaml = `${texts.yaml}
market: {matching: month, residualFactor: grid-test, instruments: [{id: sun, name: Contract, kind: supply, factor: solar-direct, from: '2025-01-01', to: '2025-12-31', share: 0.25}]}
`;
  const { park, problems } = buildPark({ ...texts, yaml });
  if (!park?.market?.residual) throw new Error(JSON.stringify(problems));
  const market = { ...park.market, residual: { ...park.market.residual, value: residual } };
  const sources = park.sources.map((source) => ({
    ...source,
    factor: source.factor && { ...source.factor, value: source.factor.value + residual },
  }));
  return { ...park, tick_s: 3600, market, sources };
}

let sample: Sample | null = null;
afterAll(() => sample?.close());

const report = async (period: string) =>
  (await (await fetch(`${sample?.url}/api/v1/parks/sample/report?period=${period}`)).json()) as Report;
const factorNotes = (of: Report) => documentOf(of, 'en').sections.find(({ id }) => id === 'factors')?.tables[0]?.notes;
const perImport = ({ totals, market }: Report) => (market.value as number) / (totals.columns['import.Wh'] as number);

test('a changed residual factor leaves the market-based figures of the past as they were, until a person restates them', async () => {
  const clock = handClock(midnight, true);
  sample = await startSample({ park: parkWith(650), clock, ledger: {} });
  clock.advance(36 * hour + minute);
  const times = Array.from({ length: 36 * 12 }, (_, i) => midnight + i * 5 * minute);
  const points = { 'grid.power': 1, 'feeder.power': 1000, 'hall.power': 600, 'pv.power': 50, 'battery.power': 0, 'chp.power': 0 };
  await sample.twin.accept(
    times.flatMap((time) => Object.entries(points).map(([point, value]) => ({ point, time, value, quality: 'good' as const }))),
    'test',
  );
  await sample.twin.tick();
  await sample.twin.idle();
  const may = await report('2025-05');
  expect(perImport(may)).toBeCloseTo(0.75 * 650, 6);

  await sample.close(false);
  sample = await startSample({ park: parkWith(800), clock, ledger: {}, folder: sample.folder });
  await sample.twin.tick();
  await sample.twin.idle();
  const after = await report('2025-05');
  expect([after.market, after.marketMethod]).toEqual([may.market, may.marketMethod]);
  expect(after.factors.filter(({ market }) => market).map(({ value }) => value)).toEqual([0, 650]);
  expect(factorNotes(after)).toEqual([expect.stringMatching(/edition 1 were accounted with others/)]);
  expect(factorNotes(await report('2025-06'))).toEqual([]);
  expect(perImport(await report('2025-06'))).toBeCloseTo(0.75 * 800, 6);
  // A year of both is the sum of what each was.
  const year = await report('2025');
  expect(year.market.value).toBe((may.market.value as number) + ((await report('2025-06')).market.value as number));
  expect(year.factors.filter(({ market }) => market).map(({ value }) => value)).toEqual([0, 650, 800]);

  const ledger = sample.twin.parts.ledger;
  await ledger?.restate({ set: 'direct', from: midnight, to: midnight + 24 * hour, reason: 'the residual mix of 2025', who: 'Ada' });
  await sample.twin.idle();
  expect(perImport(await report('2025-05'))).toBeCloseTo(0.75 * 800, 6);
  expect(factorNotes(await report('2025-05'))).toEqual([]);
}, 60_000);
