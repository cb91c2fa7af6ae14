/** The real campus: every row of eleven months through the twin's own functions. Skipped where its data is not at hand. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { identityGap } from '../../models/carbon/account.ts';
import { compile } from '../../models/carbon/compile.ts';
import type { Compiled } from '../../models/carbon/step.ts';
import type { Park } from '../../models/park/park.ts';
import { apply, createState, step, type TwinState } from '../../models/telemetry/state.ts';
import { valuesAt } from '../../models/telemetry/values.ts';
import { type CsvReplay, csvReplay } from '../../server/sources/csv/replay.ts';
import { loadParkFolder } from '../../server/twin/park-folder.ts';

const data = process.env['PARK_DATA'] ?? fileURLToPath(new URL('../../../shared/parks/ucsd', import.meta.url));
const here = existsSync(`${data}/meters`);
if (!here) console.log('The UCSD data is not here (set PARK_DATA to its folder): its tests are skipped.');

const quarter_ms = 900_000;

describe.skipIf(!here)('the UC San Diego campus', () => {
  let park: Park;
  let compiled: Compiled;
  let source: CsvReplay['source'];
  /** Flagged rows of the campus file, by the time of their start. */
  const flagged = new Set<number>();
  /** Gross consumption from the raw cells, where every array has one: generation + import + 0.6·ΣPV + battery. */
  const recorded = new Map<number, number>();
  let warnings = 0;

  beforeAll(async () => {
    const folder = await loadParkFolder(fileURLToPath(new URL('../../data/parks/ucsd', import.meta.url)), { PARK_DATA: data });
    if (!folder.park) throw new Error(JSON.stringify(folder.problems));
    park = folder.park;
    warnings = folder.problems.length;
    compiled = compile(park);
    const replay = await csvReplay(park.points, (file) => readFile(folder.resolve(file), 'utf8'));
    if (!replay) throw new Error('no point is bound to a file');
    source = replay.source;
    const campus = await readFile(`${data}/meters/campus_15min_2019-02_2019-12.csv`, 'utf8');
    const arrays = (await readFile(`${data}/meters/pv_15min_2019-02_2019-12.csv`, 'utf8')).trim().split('\n').slice(1);
    for (const [i, row] of campus.trim().split('\n').slice(1).entries()) {
      const cells = row.split(',');
      const [stamp, , ...pv] = (arrays[i] as string).trim().split(',');
      if (stamp === cells[0] && pv.every((cell) => cell !== '')) {
        const sum = pv.reduce((total, cell) => total + Number(cell), 0);
        recorded.set(Date.parse(stamp as string), Number(cells[3]) + Number(cells[4]) + 0.6 * sum + Number(cells[5]));
      }
      if (cells[6]?.trim() !== 'ok') flagged.add(Date.parse(cells[0] as string));
    }
  });

  /** A state that has heard the day before `time`. */
  function stateAt(time: number): TwinState {
    const state = createState(compiled);
    apply(state, source.readings(time - 86_400_000, time));
    return state;
  }

  const kW = (port: string, live: { port_kW: Float64Array }) => live.port_kW[compiled.portIndex.get(port) ?? -1] as number;

  test('has all its 584 footprints, the metered ones measured and the rest spread, exclusions stated', () => {
    expect(warnings).toBeGreaterThan(0);
    expect(park.assets.filter((a) => a.geometry.type !== 'Point')).toHaveLength(584);
    expect(park.points.filter((p) => p.asset && p.port === 'electricity.in' && p.source.type === 'csv')).toHaveLength(9);
    const [spread] = park.spreads;
    expect(spread?.weights.size).toBe(561);
    expect(new Set(spread?.exclusions.map((e) => e.reason.en)).size).toBe(3);
    expect(park.credits.join(' ')).toContain('OpenStreetMap');
  });

  test('says gross = metered + spread within 0.02 kW on every row that carries no flag', () => {
    const state = createState(compiled);
    const at = (id: string) => [...park.points, ...park.virtualPoints].findIndex((p) => p.id === id);
    const [gross, rest, onsite, grid, battery] = ['gross_kw', 'rest_kw', 'onsite_generation_kw', 'grid_import_kw', 'battery_kw'].map(
      at,
    ) as [number, number, number, number, number];
    const [cogeneration, steady] = ['cogeneration_kw', 'steady_kw'].map(at) as [number, number];
    const metered = park.points.flatMap((p, i) => (p.port === 'electricity.in' ? [i] : []));
    const pv = park.points.flatMap((p, i) => (p.id.startsWith('pv_') ? [i] : []));
    let rows = 0;
    let worst = 0;
    let compared = 0;
    let fromRecord = 0;
    for (let time = Date.parse('2019-02-01T08:15Z'); time <= Date.parse('2020-01-01T08:00Z'); time += quarter_ms) {
      apply(state, source.readings(time - quarter_ms, time));
      if (flagged.has(time - quarter_ms)) continue;
      const { value } = valuesAt(park, state.bindings, state.windows, state.typical, time);
      const sum = (indices: number[]) => indices.reduce((s, i) => (Number.isNaN(value[i]) ? s : s + (value[i] as number)), 0);
      const said = [
        Math.abs((value[gross] as number) - sum(metered) - (value[rest] as number)),
        // The plants, the arrays, the battery and the grid give exactly what is consumed.
        Math.abs((value[gross] as number) - sum([cogeneration, steady, grid, battery]) - sum(pv)),
        Math.abs((value[onsite] as number) - sum([cogeneration, steady]) - 0.4 * sum(pv)),
      ];
      worst = Math.max(worst, ...said);
      rows++;
      const told = recorded.get(time - quarter_ms);
      if (told === undefined) continue;
      fromRecord = Math.max(fromRecord, Math.abs((value[gross] as number) - told));
      compared++;
    }
    expect(rows).toBe(32_064 - 54);
    expect(worst).toBeLessThan(0.02);
    expect(compared).toBeGreaterThan(5000);
    expect(fromRecord).toBeLessThan(0.02);
  });

  test('balances, and accounts for every gram, at every step it is asked for', () => {
    for (const day of ['2019-02-14', '2019-05-03', '2019-07-04', '2019-08-21', '2019-11-03', '2019-12-25']) {
      for (const hour of ['T03:00-08:00', 'T12:15-08:00', 'T18:30-08:00']) {
        const time = Date.parse(day + hour);
        const live = step(stateAt(time), time);
        expect(identityGap(live)).toBeLessThan(1e-9);
        for (const slack of live.slacks) expect(Math.abs(slack.power_kW)).toBeLessThan(0.02);
        const loads = compiled.ports.reduce(
          (s, p, i) =>
            p.port === 'electricity.in' && p.role === 'load' && !Number.isNaN(live.port_kW[i]) ? s + (live.port_kW[i] as number) : s,
          0,
        );
        const gross = live.pointValues.value[park.points.length + park.virtualPoints.findIndex((p) => p.id === 'gross_kw')] as number;
        const standBy = compiled.ports.reduce(
          (s, p, i) =>
            park.assets[p.asset]?.kind === 'pv' && p.port === 'electricity.in' && !Number.isNaN(live.port_kW[i])
              ? s + (live.port_kW[i] as number)
              : s,
          0,
        );
        expect(loads - standBy).toBeCloseTo(gross, 1);
      }
    }
  });

  test('on 4 November loses its cogeneration, imports 35.3 MW at the peak, and gets cleaner while it lasts', () => {
    let peak_kW = 0;
    const during: number[] = [];
    const grid: number[] = [];
    for (let time = Date.parse('2019-11-04T05:30-08:00'); time <= Date.parse('2019-11-04T13:15-08:00'); time += quarter_ms) {
      const live = step(stateAt(time), time);
      peak_kW = Math.max(peak_kW, live.totals.import_kW);
      during.push(live.totals.intensity_gPerKwh);
      grid.push(kW('east-campus-substation/electricity.out', live) / live.totals.consumption_kW);
      expect(kW('cogeneration/electricity.out', live)).toBeLessThan(1000);
    }
    const noonBefore = Date.parse('2019-11-03T12:00-08:00');
    const before = step(stateAt(noonBefore), noonBefore).totals.intensity_gPerKwh;
    const noon = Date.parse('2019-11-04T12:00-08:00');
    expect(step(stateAt(noon), noon).totals.intensity_gPerKwh).toBeLessThan(before);
    expect(peak_kW).toBeGreaterThan(35_200);
    expect(peak_kW).toBeLessThan(35_350);
    expect(Math.max(...grid)).toBeGreaterThan(0.9);
  });

  test('has a day of 25 hours on 3 November: 100 quarters, each with its reading', () => {
    const from = Date.parse('2019-11-03T00:00-07:00');
    const to = Date.parse('2019-11-04T00:00-08:00');
    expect(to - from).toBe(25 * 3_600_000);
    expect(source.readings(from, to).filter((r) => r.point === 'grid_import_kw')).toHaveLength(100);
  });
});
