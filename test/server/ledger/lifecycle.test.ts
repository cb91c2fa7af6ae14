import { afterEach, describe, expect, it } from 'vitest';
import type { FlowsAnswer } from '../../../models/api/flows.ts';
import type { LedgerAnswer } from '../../../models/api/ledger.ts';
import type { SeriesAnswer } from '../../../models/api/series.ts';
import { type Bases, basesOf } from '../../../models/carbon/basis.ts';
import type { Block } from '../../../models/ledger/block.ts';
import { documentOf } from '../../../models/ledger/report/report-document.ts';
import type { Report } from '../../../models/ledger/report/report-shape.ts';
import type { FactorSet } from '../../../models/park/park.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';

import type { LedgerKeeper } from '../../../server/ledger/ledger.ts';
import { samplePark } from '../../sample-park.ts';
import { incomplete, twoSets, usualLifecycle } from '../../two-sets.ts';
import { type HandClock, handClock, quietPark, type Sample, startSample } from '../sample-server.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Local midnight in Shanghai, and four days and an hour from there. */
const midnight = Date.UTC(2025, 4, 19, 16);
const end = midnight + 4 * day + hour;
const iso = (time: number) => new Date(time).toISOString();
const sets = ['direct', 'lifecycle'] as const;

let open: Sample[] = [];
afterEach(async () => {
  for (const sample of open) await sample.close();
  open = [];
});

const bothOf = ({ direct, lifecycle } = twoSets()) => basesOf(direct, lifecycle);

interface Run {
  sample: Sample;
  ledger: LedgerKeeper;
  clock: HandClock;
}

async function start(bases: Bases, before?: Run): Promise<Run> {
  const clock = before?.clock ?? handClock(midnight + minute, true);
  const [{ park }] = bases;
  const sample = await startSample({ clock, park, ledger: { bases }, ...(before && { folder: before.sample.folder }) });
  open.push(sample);
  return { sample, ledger: sample.twin.parts.ledger as LedgerKeeper, clock };
}

const reading = (point: string, value: number, time: number): Reading => ({ point, time, value, quality: 'good' });

/** A day like the others: sun at noon, a battery that charges in it and gives in the evening, cogeneration by day. */
function told(from: number, to: number): Reading[] {
  const readings: Reading[] = [];
  for (let t = from; t < to; t += 15 * minute) {
    const h = ((t - midnight) / hour) % 24;
    const sun = Math.max(0, 180 * Math.sin(((h - 6) / 12) * Math.PI));
    const battery = h >= 10 && h < 14 ? -120 : h >= 18 && h < 22 ? 100 : 0;
    const chp = h >= 8 && h < 20 ? 400 : 100;
    const hall = 500 + 10 * h;
    const feeder = hall + 210 - 0.99 * chp - battery - sun;
    readings.push(reading('grid.power', feeder / 995, t), reading('feeder.power', feeder, t), reading('hall.power', hall, t));
    readings.push(reading('battery.power', battery, t), reading('pv.power', sun, t), reading('chp.power', chp, t));
    readings.push(reading('office.energy', 50, t), reading('office.heat', 0.7 * chp, t), reading('hall.heat', 0.0012 * chp, t));
    readings.push(reading('gas.flow', 0.25 * chp + 20, t));
  }
  return readings;
}

const late = Array.from({ length: 12 }, (_, i) => reading('battery.power', -400, midnight + 2 * day + 3 * hour + 7 + i * 5 * minute));
/** The hall says nothing on the morning of the fourth day: it is estimated from the three before. */
const silent = ({ point, time }: Reading) =>
  point === 'hall.power' && time > midnight + 3 * day + hour && time < midnight + 3 * day + 9 * hour;

/** All of it, with a day that comes late. */
async function accounted(bases: Bases): Promise<Run> {
  const run = await start(bases);
  const { twin } = run.sample;
  run.clock.advance(end - midnight);
  const all = told(midnight, end).filter((one) => !silent(one));
  const held = (one: Reading) => one.time >= midnight + day && one.time < midnight + 2 * day;
  for (const readings of [all.filter((one) => !held(one)), all.filter(held), late]) {
    await twin.accept(readings, 'test');
    await twin.tick();
    await twin.idle();
  }
  return run;
}

type Figures = Record<string, Record<string, number[]>>;
async function figures({ ledger, sample }: Run, set: FactorSet, edition?: number): Promise<Figures> {
  const owners = ['', ...sample.twin.park.assets.filter(({ ports }) => ports.length > 0).map(({ id }) => id)];
  const found: Figures = {};
  for (const owner of owners) {
    const { columns } = await ledger.intervals(owner, midnight, end, { set, ...(edition && { edition }) });
    found[owner] = Object.fromEntries([...columns].map(([name, values]) => [name, [...values]]));
  }
  return found;
}

const column = (block: Block | Figures[string] | undefined, name: string): number[] => {
  const values = block && 'columns' in block ? (block as Block).columns.get(name) : (block as Figures[string] | undefined)?.[name];
  if (values === undefined) throw new Error(`there is no column ${name}`);
  return [...values];
};
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('two ledgers side by side', () => {
  it('each say what they would say alone, over late readings and estimates: neither holds a factor of the other', async () => {
    const { direct, lifecycle } = twoSets();
    const both = await accounted(basesOf(direct, lifecycle));
    expect(both.ledger.status()).toMatchObject({ sets: ['direct', 'lifecycle'], lacking: null, dirty: 0 });
    const alone = await accounted(basesOf(quietPark()));
    const other = await accounted(basesOf(lifecycle));
    const here = await figures(both, 'direct');
    const expected = await figures(alone, 'direct');
    // A park that names no life-cycle factor cannot say what its import carries by them.
    expect(column(expected[''], 'importLifecycle.mg').every(Number.isNaN)).toBe(true);
    (expected[''] as Figures[string])['importLifecycle.mg'] = column(here[''], 'importLifecycle.mg');
    expect(here).toEqual(expected);
    const beside = await figures(both, 'lifecycle');
    expect(beside).toEqual(await figures(other, 'lifecycle'));
    expect(column(beside[''], 'estimated.Wh').some((Wh) => Wh > 0)).toBe(true);
    // Told beside the direct set, and the same figure.
    expect(column(here[''], 'importLifecycle.mg')).toEqual(column(beside['grid'], 'electricity.out.mg'));
  }, 60_000);

  it('hold the same energy, close the same identity, and each its own carbon and its own inventory', async () => {
    const parks = twoSets();
    const run = await accounted(bothOf(parks));
    const [direct, lifecycle] = [await figures(run, 'direct'), await figures(run, 'lifecycle')];
    for (const [owner, columns] of Object.entries(lifecycle)) {
      for (const [name, values] of Object.entries(columns)) {
        if (/\.Wh$/.test(name) && !name.startsWith('from.')) expect(values, `${owner} ${name}`).toEqual(column(direct[owner], name));
      }
    }
    for (const of of [direct, lifecycle]) {
      const park = (name: string) => column(of[''], name);
      for (let i = 0; i < park('stack.mg').length; i++) {
        const at = (names: string[]) => sum(names.map((name) => park(name)[i] as number));
        const out = ['attributed.mg', 'unmetered.mg', 'exported.mg', 'storageChange.mg', 'losses.mg'];
        expect(at(['stack.mg', 'imported.mg', 'otherInjected.mg'])).toBe(at(out));
      }
    }
    expect(Object.keys(lifecycle[''] ?? {}).filter((name) => name.startsWith('scope'))).toEqual([]);
    const perKwh = (of: Figures, owner: string, port: string) =>
      sum(column(of[owner], `${port}.mg`)) / sum(column(of[owner], `${port}.Wh`));
    expect([perKwh(direct, 'grid', 'electricity.out'), perKwh(lifecycle, 'grid', 'electricity.out')]).toEqual([
      expect.closeTo(550, 3),
      expect.closeTo(usualLifecycle.grid, 3),
    ]);
    expect(perKwh(direct, 'hall-pv', 'electricity.out')).toBe(0);
    expect(perKwh(lifecycle, 'hall-pv', 'electricity.out')).toBeCloseTo(usualLifecycle.sun, 2);
    expect(perKwh(lifecycle, 'chp', 'gas.in')).toBeCloseTo(usualLifecycle.gas, 2);
    const held = (of: Figures) => column(of['battery'], 'level.mg').map((mg, i) => mg / (column(of['battery'], 'level.Wh')[i] as number));
    // It begins with 550 g/kWh as the park states for the one set, and with the factor of last resort in the other.
    expect([held(direct)[0], held(lifecycle)[0]]).toEqual([expect.closeTo(550, -1), expect.closeTo(usualLifecycle.grid, -1)]);
    expect(held(lifecycle).every((g, i) => g > (held(direct)[i] as number))).toBe(true);
    for (const set of sets) {
      const days = (await run.ledger.days(['', 'battery'], '2025-05-01', '2025-05-31', { set })).get('');
      expect(sum([...(days?.columns.get('attributed.mg') ?? [])])).toBe(
        sum(column((set === 'direct' ? direct : lifecycle)[''], 'attributed.mg')),
      );
    }
  }, 60_000);

  it('are restated one at a time: the other stays to the last digit, and what was there stays readable', async () => {
    const run = await accounted(bothOf());
    const before = { direct: await figures(run, 'direct'), lifecycle: await figures(run, 'lifecycle') };
    open = [];
    await run.sample.close(false);
    // Another life-cycle factor of the sun: the direct set does not rest on it.
    const again = await start(bothOf(twoSets({ ...usualLifecycle, sun: 90 })), run);
    await again.sample.twin.tick();
    await again.sample.twin.idle();
    const status = again.ledger.status();
    expect(status.editions.map(({ set }) => set)).toEqual(['direct', 'lifecycle', 'lifecycle']);
    expect(status.offers?.map(({ set }) => set)).toEqual(['lifecycle']);
    const edition = await again.ledger.restate({
      set: 'lifecycle',
      from: midnight,
      to: midnight + 2 * day,
      reason: 'another panel',
      who: 'Ada',
    });
    await again.sample.twin.idle();
    expect(await figures(again, 'direct')).toEqual(before.direct);
    expect(await figures(again, 'lifecycle', 2)).toEqual(before.lifecycle);
    const now = await figures(again, 'lifecycle');
    const roof = column(now['hall-pv'], 'electricity.out.mg');
    expect(sum(roof.slice(0, 2 * 96)) / sum(column(now['hall-pv'], 'electricity.out.Wh').slice(0, 2 * 96))).toBeCloseTo(90, 1);
    expect(roof.slice(2 * 96, 3 * 96)).toEqual(column(before.lifecycle['hall-pv'], 'electricity.out.mg').slice(2 * 96, 3 * 96));
    expect(again.ledger.status().editions.at(-1)).toMatchObject({ id: edition, set: 'lifecycle', who: 'Ada' });
  }, 60_000);

  it('begin a new direct edition when what is told beside it changes, and only then', async () => {
    const run = await accounted(bothOf());
    open = [];
    await run.sample.close(false);
    const again = await start(bothOf(twoSets({ ...usualLifecycle, grid: 700 })), run);
    expect(again.ledger.status().editions.map(({ set }) => set)).toEqual(['direct', 'lifecycle', 'direct', 'lifecycle']);
  }, 60_000);
});

describe('a park that gains a set', () => {
  it('is accounted with it from the beginning, in the background, and says the same as if it had always had it', async () => {
    const parks = twoSets();
    const always = await accounted(bothOf(parks));
    const run = await accounted(basesOf(parks.direct));
    open = [always.sample];
    await run.sample.close(false);
    const again = await start(bothOf(parks), run);
    await again.sample.twin.tick();
    await again.sample.twin.idle();
    expect(again.ledger.status()).toMatchObject({ sets: ['direct', 'lifecycle'], dirty: 0, progress: null });
    for (const set of sets) expect(await figures(again, set)).toEqual(await figures(always, set));
  }, 60_000);
});

describe('questions about a set', () => {
  const ask = async <T>(sample: Sample, what: string, query: Record<string, string>): Promise<T> =>
    (await (await fetch(`${sample.url}/api/v1/parks/sample/${what}?${new URLSearchParams(query)}`)).json()) as T;
  const range = { from: iso(midnight), to: iso(midnight + 5 * day) };

  it('are answered with its own figures and factors: series, flows and report', async () => {
    const { sample } = await accounted(bothOf());
    const series = await ask<SeriesAnswer>(sample, 'series', { ...range, set: 'lifecycle' });
    expect(series).toMatchObject({ set: 'lifecycle', edition: 2 });
    expect(Object.keys(series.owners['']?.columns ?? {}).filter((name) => name.startsWith('scope'))).toEqual([]);
    const scope = await ask<{ message: string }>(sample, 'series', { ...range, set: 'lifecycle', columns: 'scope1.mg' });
    expect(scope.message).toMatch(/it has no "scope1.mg"/);
    const flows = await ask<FlowsAnswer>(sample, 'flows', { ...range, set: 'lifecycle' });
    const sun = flows.links.filter(({ source }) => source === 'source:solar');
    expect(sum(sun.map(({ mg }) => mg)) / sum(sun.map(({ Wh }) => Wh))).toBeCloseTo(usualLifecycle.sun, 2);
    const report = await ask<Report>(sample, 'report', { period: '2025-05', set: 'lifecycle' });
    expect(report.factors.map(({ set }) => set)).toEqual(report.factors.map(() => 'lifecycle'));
    expect([report.scope1, report.scope2, report.market.value, report.marketMethod]).toEqual([[], [], null, null]);
    expect(report.editions.map(({ set }) => set)).toEqual(['lifecycle']);
    for (const language of ['en', 'zh'] as const) {
      const paper = documentOf(report, language);
      expect(paper.marks.join()).toMatch(language === 'en' ? /Life-cycle factors: not a scope inventory/ : /全生命周期|生命周期/);
      expect(JSON.stringify(paper)).not.toMatch(/NaN|undefined/);
      // No Scopes are missing here: there are none.
      expect(paper.sections.map(({ id }) => id)).not.toContain('inventory');
      expect(paper.sections[0]?.tables[0]?.columns).toHaveLength(7);
      expect(paper.keyFigures.every(({ value }) => value !== null)).toBe(true);
      expect(paper.summary.join()).not.toMatch(/not known|未知/);
    }
    const direct = await ask<Report>(sample, 'report', { period: '2025-05' });
    expect(direct.factors.map(({ set }) => set)).toEqual(direct.factors.map(() => 'direct'));
  }, 60_000);

  it('that a park cannot answer are refused with what lacks a factor; its import is told all the same', async () => {
    const { sample, ledger } = await accounted(basesOf(incomplete()));
    const answer = await ask<LedgerAnswer>(sample, 'ledger', {});
    expect(answer).toMatchObject({
      sets: ['direct'],
      lacking: {
        sources: [
          { asset: 'gas', port: 'gas.out' },
          { asset: 'battery', port: 'electricity.out' },
        ],
        fallback: ['electricity', 'gas'],
      },
    });
    const why = /direct factors only: no life-cycle factor for gas gas.out, .*electricity of last resort/;
    for (const [what, query] of Object.entries({ series: range, flows: range, report: { period: '2025-05' } })) {
      expect((await ask<{ message: string }>(sample, what, { ...query, set: 'lifecycle' })).message).toMatch(why);
    }
    await expect(ledger.restate({ set: 'lifecycle', from: midnight, to: end, reason: 'wish', who: 'Ada' })).rejects.toThrow(/gas gas.out/);
    const series = await ask<SeriesAnswer>(sample, 'series', { ...range, columns: 'importLifecycle.mg,import.Wh' });
    const { columns } = series.owners[''] as SeriesAnswer['owners'][string];
    expect(columns['importLifecycle.mg']?.values).toEqual(
      columns['import.Wh']?.values.map((Wh) => expect.closeTo((Wh ?? 0) * usualLifecycle.grid, -4)),
    );
  }, 60_000);

  it('of a park that names no life-cycle factor at all say so', async () => {
    const { sample } = await start(basesOf({ ...samplePark(), tick_s: 3600 }));
    const { message } = await ask<{ message: string }>(sample, 'series', { ...range, set: 'lifecycle' });
    expect(message).toMatch(/no life-cycle factor for grid electricity.out, hall-pv electricity.out, gas gas.out/);
  });

  it('of a park of one set only are about that one', async () => {
    const { sample } = await accounted(basesOf(twoSets().lifecycle));
    expect(await ask<SeriesAnswer>(sample, 'series', range)).toMatchObject({ set: 'lifecycle' });
    expect(await ask<{ set: string; period: { id: string } }>(sample, 'report', { period: range.from.slice(0, 4) })).toMatchObject({
      set: 'lifecycle',
      scope2: [],
    });
    expect((await ask<{ message: string }>(sample, 'series', { ...range, set: 'direct' })).message).toMatch(/life-cycle factors only/);
  }, 60_000);
});
