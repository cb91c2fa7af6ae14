import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followedEnds, reconciled } from '../../../client/live/follow-ends.ts';
import { mixOf } from '../../../client/live/mix.ts';
import { formatsIn } from '../../../client/locales/formats.ts';
import { namedEnds } from '../../../client/panels/inspector/follow-ends.ts';
import { labelWords } from '../../../client/scene/labels/follow-label-words.ts';
import type { Site } from '../../../client/scene/shape/site.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';
import { account } from '../../../models/carbon/account.ts';
import { follow } from '../../../models/carbon/follow.ts';
import type { Compiled, Step } from '../../../models/carbon/step.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import { randomPark } from '../../models/carbon/random-park.ts';
import { asset, compiled, factor, inputsOf, line, source } from '../../models/carbon/small-park.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const meta = { park: 'test', time: '2025-06-02T04:00:00Z', moment: null, asAccounted: true };

function answerOf(park: Compiled, step: Step, id: string, direction: FollowAnswer['direction'] = 'upstream'): FollowAnswer {
  return { ...meta, asset: id, direction, ...follow(park, step, park.assetIndex.get(id) as number, direction) };
}
/** The asset's mix as it comes over the line. */
function mixOfAsset(step: Step, a: number) {
  const shares = step.assetShares.subarray(a * sourceKinds.length, (a + 1) * sourceKinds.length);
  return mixOf(
    Float32Array.from(shares, (share) => Math.round(1000 * share) / 1000),
    0,
  );
}

/** A works that gives electricity and heat, the grid, and a battery that holds of the grid and of the sun; all for the hall. */
const park = compiled(
  [
    asset('grid', 'gridConnection', ['electricity.out']),
    asset('works', 'plant', ['electricity.out', 'heat.out']),
    asset('hall', 'building', ['electricity.in', 'heat.in']),
    asset('battery', 'battery', ['electricity.in', 'electricity.out'], {
      storage: {
        carrier: 'electricity',
        capacity_kWh: 500,
        chargeEfficiency: 1,
        dischargeEfficiency: 0.9,
        standingLoss_perH: 0,
        start_kWh: 0,
        start_gPerKwh: 0,
      },
    }),
  ],
  {
    lines: [
      line('g', 'electricity', 'grid', 'hall'),
      line('w', 'electricity', 'works', 'hall'),
      line('h', 'heat', 'works', 'hall'),
      line('b', 'electricity', 'battery', 'hall'),
    ],
    sources: [
      source('grid', 'electricity.out', 'grid', factor(500)),
      source('works', 'electricity.out', 'biomass', factor(100)),
      source('works', 'heat.out', 'biomass', factor(50)),
    ],
  },
);
const step = account(
  park,
  inputsOf(park, {
    ports: {
      'grid/electricity.out': 52,
      'works/electricity.out': 11,
      'works/heat.out': 23.4,
      'hall/electricity.in': 71,
      'hall/heat.in': 23.4,
      'battery/electricity.out': 8,
      'battery/electricity.in': 0,
    },
    levels: [{ energy_kWh: 100, carbon_g: 30_000, byKind: { grid: 40, solar: 60 } }],
  }),
);
const answer = answerOf(park, step, 'hall');
const sites = new Map(park.park.assets.map((one) => [one.id, { asset: { id: one.id, name: one.name } } as unknown as Site]));
const words = { t: ((key: string) => key) as never, text: (text: { en: string }) => text.en, percent: formatsIn('en').percent };

describe('the ends of what is followed', () => {
  test('are the same figures in the picture and in the panel, an asset with two ports as one', () => {
    const { ends } = followedEnds(answer);
    expect(ends.map(({ key }) => key)).toEqual(['grid', 'works', 'battery']);
    const works = answer.sources.filter((one) => one.asset === 'works');
    expect(works).toHaveLength(2);
    expect(ends[1]).toMatchObject({ share: expect.closeTo(sum(works.map(({ share }) => share)), 9), power_kW: expect.closeTo(34.4, 6) });
    expect(ends[1]?.carbon_kgPerH).toBeCloseTo(sum(works.map((one) => one.carbon_kgPerH as number)), 9);
    const { power, percent } = formatsIn('en');
    const inPanel = namedEnds(ends, park.park.assets as never, words).map((end) => {
      const { value, unit } = power(end.power_kW);
      return [end.name, `${percent(end.percent)} · ${value} ${unit}`];
    });
    const inScene = labelWords(sites, answer, 'en').filter((one) => !one.subject);
    expect(inScene.map(({ name, value }) => [name, value])).toEqual(inPanel);
  });

  test('of any park, upstream and downstream, are told in percents that sum to 100 with what is lost, the same in both places', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomPark, fc.constantFrom('upstream', 'downstream'), ({ park, inputs }, direction) => {
        const step = account(park, inputs);
        for (const { id } of park.park.assets) {
          const answer = answerOf(park, step, id, direction);
          if (answer.total === null) continue;
          const { ends, lostPercent } = followedEnds(answer);
          if (ends.length === 0) continue;
          expect(sum(ends.map(({ percent }) => percent)) + lostPercent).toBe(100);
          expect(new Set(ends.map(({ key }) => key)).size).toBe(ends.length);
          expect(sum(ends.map(({ power_kW }) => power_kW))).toBeCloseTo(
            sum([...answer.sources, ...answer.uses].map((one) => one.power_kW)),
            6,
          );
          const shown = new Map(labelWords(new Map(), answer, 'en').map(({ key, value, subject }) => [subject ? '' : key, value]));
          for (const end of ends) if (shown.has(end.key)) expect(shown.get(end.key)).toContain(`${end.percent}%`);
          compared++;
        }
      }),
      { numRuns: 60, seed: 31 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test('with a storage among them make the figures of the mix: directly, and by way of the storage', () => {
    const mix = mixOfAsset(step, park.assetIndex.get('hall') as number);
    const followed = followedEnds(answer);
    const found = reconciled(answer, followed, mix);
    expect(found.map(({ kind }) => kind)).toEqual(['grid', 'solar']);
    for (const { kind, direct, byStorage, all } of found) {
      expect(all).toBe(mix.find((part) => part.kind === kind)?.percent);
      expect(direct + byStorage).toBe(all);
    }
    const grid = found.find(({ kind }) => kind === 'grid');
    expect(grid?.direct).toBe(followed.ends.find(({ asset: id }) => id === 'grid')?.percent);
    expect(grid?.byStorage).toBeGreaterThan(0);
    expect(found.find(({ kind }) => kind === 'solar')).toMatchObject({ direct: 0 });
  });

  test('of any park make the figures of the mix, which counts a storage with what had to be put in for what it gives', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const step = account(park, inputs);
        const efficiency = (id: string) => park.park.assets.find((one) => one.id === id)?.storage?.dischargeEfficiency ?? 1;
        for (const [a, { id, ports }] of park.park.assets.entries()) {
          if (ports.length === 0 || ports.some((port) => port.endsWith('.out'))) continue;
          const answer = answerOf(park, step, id);
          const mix = mixOfAsset(step, a);
          if (answer.total === null || answer.total.power_kW === 0 || mix.length === 0) continue;
          const put = answer.sources.map((one) => ({ ...one, put: one.share / (one.held ? efficiency(one.asset) : 1) }));
          const whole = sum(put.map((one) => one.put));
          for (const { kind, direct, byStorage, all } of reconciled(answer, followedEnds(answer), mix)) {
            const part = (one: (typeof put)[number]) =>
              one.held ? (one.held.find((h) => h.kind === kind)?.share ?? 0) : one.kind === kind ? 1 : 0;
            expect(direct + byStorage).toBe(all);
            expect(all).toBe(mix.find((one) => one.kind === kind)?.percent);
            expect(Math.abs(all - (100 * sum(put.map((one) => one.put * part(one)))) / whole)).toBeLessThan(1.1);
            compared++;
          }
        }
      }),
      { numRuns: 150, seed: 32 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});
