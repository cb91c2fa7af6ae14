import fc from 'fast-check';
import type { Compiled, Inputs } from '../../../models/carbon/step.ts';
import type { Carrier } from '../../../models/carriers.ts';
import type { Asset, Line, Storage } from '../../../models/park/park.ts';
import type { PortId } from '../../../models/units.ts';
import { asset, compiled, factor, inputsOf, line, source } from './small-park.ts';

const storage = (carrier: Carrier): Storage => ({
  carrier,
  capacity_kWh: 500,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.9,
  standingLoss_perH: 0.001,
  start_kWh: 200,
  start_gPerKwh: 333,
});

/** What may stand at a place, and the ports it has. */
const kinds: ((id: string, at: string) => Asset)[] = [
  (id, at) => asset(id, 'building', ['electricity.in', 'heat.in'], { at }),
  (id, at) => asset(id, 'plant', ['electricity.in', 'gas.in', 'wasteHeat.out'], { at }),
  (id, at) => asset(id, 'pv', ['electricity.out'], { at }),
  (id, at) => asset(id, 'battery', ['electricity.in', 'electricity.out'], { at, storage: storage('electricity') }),
  (id, at) => asset(id, 'thermalStore', ['heat.in', 'heat.out'], { at, storage: storage('heat') }),
  (id, at) => asset(id, 'tank', ['gas.in', 'gas.out'], { at, storage: storage('gas') }),
  (id, at) =>
    asset(id, 'chp', ['gas.in', 'electricity.out', 'heat.out'], {
      at,
      conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.4, heat: 0.45 } },
    }),
  (id, at) => asset(id, 'boiler', ['gas.in', 'heat.out'], { at, conversion: { inputs: { gas: 1 }, outputs: { heat: 0.9 } } }),
  (id, at) => asset(id, 'heatPump', ['electricity.in', 'wasteHeat.in', 'heat.out'], { at }),
  (id, at) => asset(id, 'electrolyser', ['electricity.in', 'hydrogen.out'], { at }),
  (id, at) => asset(id, 'fuelCell', ['hydrogen.in', 'electricity.out', 'heat.out'], { at }),
  (id, at) => asset(id, 'plant', ['biomass.out', 'gas.out'], { at }),
];

const carriers: Carrier[] = ['electricity', 'heat', 'gas', 'wasteHeat', 'hydrogen', 'biomass'];

const recipe = fc.record({
  losses: fc.constantFrom('toLoad' as const, 'separate' as const),
  places: fc.integer({ min: 1, max: 6 }),
  stands: fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.nat(5)), { minLength: 1, maxLength: 14 }),
  lines: fc.array(
    fc.record({
      carrier: fc.nat(carriers.length - 1),
      from: fc.nat(5),
      to: fc.nat(5),
      loss: fc.constantFrom(0, 0.03, 0.1),
      open: fc.constantFrom(false, false, false, true),
      length_m: fc.integer({ min: 0, max: 500 }),
      metered: fc.option(fc.integer({ min: -200, max: 200 }), { nil: undefined }),
    }),
    { maxLength: 16 },
  ),
  unmetered: fc.array(fc.tuple(fc.nat(5), fc.nat(carriers.length - 1)), { maxLength: 3 }),
  powers: fc.array(fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined, freq: 6 }), { minLength: 60, maxLength: 60 }),
  accuracy: fc.constantFrom(0, 0.01, 0.2),
  estimated: fc.boolean(),
});

/** Parks of anything anywhere with meters that agree on nothing: every result must still balance. */
export const randomPark: fc.Arbitrary<{ park: Compiled; inputs: Inputs }> = recipe.map((r) => {
  const place = (i: number) => `p${i % r.places}`;
  const assets: Asset[] = Array.from({ length: r.places }, (_, i) => asset(`p${i}`, 'substation', []));
  assets.push(asset('grid', 'gridConnection', ['electricity.out', 'electricity.in', 'heat.out'], { at: 'p0' }));
  assets.push(asset('gas', 'gasConnection', ['gas.out'], { at: 'p0' }));
  for (const [i, [kind, at]] of r.stands.entries()) assets.push((kinds[kind] as (id: string, at: string) => Asset)(`a${i}`, place(at)));
  const lines: Line[] = r.lines.map((l, i) =>
    line(`l${i}`, carriers[l.carrier] as Carrier, place(l.from), place(l.to), { loss: l.loss, open: l.open, length_m: l.length_m }),
  );
  const outs = assets.flatMap((a) => a.ports.filter((p) => p.endsWith('.out')).map((p) => [a, p] as const));
  const park = compiled(assets, {
    losses: r.losses,
    lines,
    sources: outs
      .filter(([a]) => a.id !== 'a3')
      .map(([a, p], i) => source(a.id, p, a.kind === 'pv' ? 'solar' : 'other', factor(100 + 50 * i))),
    fallback: Object.fromEntries(carriers.map((c, i) => [c, factor(300 + 40 * i)])),
    unmetered: r.unmetered.map(([at, c]) => ({ asset: place(at), carrier: carriers[c] as Carrier, name: { en: 'rest' } })),
  });
  const ports: Record<string, number> = {};
  for (const [i, { asset: a, port }] of park.ports.entries()) {
    const kW = r.powers[i % r.powers.length];
    if (kW !== undefined) ports[`${park.park.assets[a]?.id}/${port as PortId}`] = kW;
  }
  const metered = Object.fromEntries(r.lines.flatMap((l, i) => (l.metered === undefined ? [] : [[`l${i}`, l.metered]])));
  const inputs = inputsOf(park, {
    ports,
    accuracy: r.accuracy,
    lines: metered,
    lineSigmas: Object.fromEntries(Object.entries(metered).map(([id, kW]) => [id, r.accuracy * Math.abs(kW)])),
    estimated: r.estimated ? Object.keys(ports).filter((_, i) => i % 3 === 0) : [],
  });
  return { park, inputs };
});
