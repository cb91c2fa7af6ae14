/** What two screens say of one thing: a line's colour, the carbon of a carrier, what an asset's number means, what is idle. */
import { describe, expect, test } from 'vitest';
import { litBy } from '../../client/live/isolate.ts';
import { litTotals } from '../../client/live/lit-totals.ts';
import { markOf } from '../../client/live/marks-now.ts';
import { metricOf } from '../../client/live/metric.ts';
import { bits, paintAssets } from '../../client/scene/asset-colours.ts';
import { writeFlows } from '../../client/scene/flow-values.ts';
import { toDocument, viewOf } from '../../models/api/park-view.ts';
import { meantOf } from '../../models/carbon/asset-meaning.ts';
import { compile } from '../../models/carbon/compile.ts';
import { type Carrier, carrierRow, carriers } from '../../models/carriers.ts';
import { colourOf, intensityScales } from '../../models/colour.ts';
import { createSimulator } from '../../models/simulate/simulator.ts';
import { apply, createState, step } from '../../models/telemetry/state.ts';
import { fillSlots } from '../../models/wire/fill-slots.ts';
import { layoutOf } from '../../models/wire/layout.ts';
import { stateDocument } from '../../models/wire/state-document.ts';
import { samplePark } from '../sample-park.ts';

const hour = 3_600_000;
/** 2026-06-03 in Shanghai: a sunny noon, and two in the morning. */
const noon = Date.UTC(2026, 5, 3, 4);
const night = Date.UTC(2026, 5, 2, 18);

const park = samplePark();
const compiled = compile(park);
const view = viewOf(JSON.parse(JSON.stringify(toDocument(park, { mode: 'simulated', audience: 'full', warnings: [], revision: 'first' }))));

function at(time: number, audience: 'full' | 'public' = 'full') {
  const layout = layoutOf(view, audience);
  const state = createState(compiled);
  apply(state, createSimulator(compiled, { seed: 7, faults: [] }).readings(time - 2 * hour, time));
  const values = new Float32Array(layout.size).fill(Number.NaN);
  const live = step(state, time);
  fillSlots(layout, compiled, live, time - hour, values);
  return { layout, values, live };
}

test('a line has the colour of its carrier’s scale in the scene, as plan and panel have it, whatever it carries', () => {
  const [pattern] = view.lines;
  if (!pattern) throw new Error('no line');
  const lines = carriers.map((carrier) => ({ ...pattern, id: carrier, carrier, scale: carrierRow(carrier).scale }));
  const layout = layoutOf({ assets: [], lines, unmetered: [] }, 'full');
  const values = new Float32Array(layout.size).fill(300);
  const out = new Float32Array(8 * lines.length);
  writeFlows(out, 0, lines, layout, values, {}, null);
  for (const [i, { scale }] of lines.entries()) {
    const drawn = [0, 1, 2].map((k) => Math.round(255 * (out[8 * i + k] as number)));
    expect(drawn).toEqual(colourOf(intensityScales[scale], 300));
  }
  // The document says the same of the lines of a park.
  for (const line of view.lines) expect(line.scale).toBe(carrierRow(line.carrier).scale);
});

test('what an asset’s number means is one thing for engine, ledger and panel', () => {
  const meant = meantOf(compiled);
  for (const [a, asset] of view.assets.entries()) expect([asset.id, asset.meaning]).toEqual([asset.id, meant[a]?.meaning]);
});

describe('carbon by carrier', () => {
  test('of those singled out adds up to what they are charged with, carrier by carrier', () => {
    const { layout, values } = at(noon);
    const lit = new Set(view.assets.map(({ id }) => id));
    const of = (carrier: Carrier) => litTotals(view.assets, lit, layout, values, carrier);
    const parts = carriers.map((carrier) => of(carrier).ofCarrier_kgPerH).filter((kg) => !Number.isNaN(kg));
    expect(parts.length).toBeGreaterThan(1);
    const sum = parts.reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(0);
    expect(Math.abs(sum / of('electricity').attributed_kgPerH - 1)).toBeLessThan(1e-4);
  });

  test('is less than all when heat is singled out, and stands beside the power of heat', () => {
    const { layout, values } = at(noon);
    const heat = litTotals(view.assets, litBy(view, { by: 'carrier', value: 'heat' }) ?? new Set(), layout, values, 'heat');
    expect(heat.ofCarrier_kgPerH).toBeGreaterThan(0);
    expect(heat.ofCarrier_kgPerH).toBeLessThan(heat.attributed_kgPerH);
  });
});

test('what gives nothing at night is idle in scene, table, legend and interface, for the public too, and shines at noon', () => {
  for (const audience of ['full', 'public'] as const) {
    const said = [noon, night].map((time) => {
      const { layout, values } = at(time, audience);
      const metric = metricOf(view, layout, 'intensity', values);
      const ids = view.assets.map(({ id }) => id);
      const bytes = paintAssets(new Uint8Array(4 * ids.length), ids, layout, metric, values, { selected: null, hovered: null });
      const alpha = bytes[4 * ids.indexOf('hall-pv') + 3] as number;
      const meta = { park: 'p', time, base: time - hour, seq: 1, epoch: 1, preliminary: true };
      return {
        mark: markOf(metric, layout, 'hall-pv', values),
        painted: (alpha & bits.idle) !== 0,
        told: stateDocument(layout, values, meta).assets['hall-pv']?.idle,
      };
    });
    expect(said.map(({ painted, told }) => [painted, told])).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(said[1]?.mark).toBe('idle');
    expect(said[0]?.mark).not.toBe('idle');
  }
});

test('no asset stands in both columns of emissions, and a plant never in that of end uses', () => {
  for (const asset of view.assets) {
    if (asset.kind === 'chp' || asset.kind === 'boiler') expect(asset.emissions).toBe('stack');
    if (asset.meaning === 'consumption') expect(asset.emissions).toBe('attributed');
    if (asset.meaning === 'stored' || asset.meaning === 'passing') expect(asset.emissions).toBeNull();
  }
});

test('a hall at rest shows no number to the public where it has none, and is not called missing', () => {
  const layout = layoutOf(view, 'public');
  const hall = layout.assets.get('hall');
  const { live } = at(noon);
  const rest = { ...live, port_kW: live.port_kW.map(() => 0) };
  const of = (gPerKwh: number) => {
    const values = new Float32Array(layout.size).fill(Number.NaN);
    fillSlots(layout, compiled, { ...rest, assetIntensity_gPerKwh: live.assetIntensity_gPerKwh.map(() => gPerKwh) }, 0, values);
    return values[hall?.idle ?? -1];
  };
  expect(of(Number.NaN)).toBe(1);
  // When somebody works is not public.
  expect(of(400)).toBeNaN();
});
