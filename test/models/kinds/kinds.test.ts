import { describe, expect, test } from 'vitest';
import { outlineOf } from '../../../client/scene/build/outline.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { formOf } from '../../../client/scene/kinds/forms.ts';
import { Mesh, part } from '../../../client/scene/shape/mesh.ts';
import { identityGap } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { type Carrier, carrierNames, carrierRow, carriers, isBurnt } from '../../../models/carriers.ts';
import { sourceKinds, sourceNames } from '../../../models/energy-sources.ts';
import { usualConversion } from '../../../models/kinds/conversion.ts';
import { sourceKindOf } from '../../../models/kinds/import-source.ts';
import { type AssetKind, assetKinds, kindNames, kindRow } from '../../../models/kinds/kinds.ts';
import { meaningOf, meantPorts, shownOf } from '../../../models/kinds/meaning.ts';
import { isSource, roleOf } from '../../../models/kinds/roles.ts';
import { languages } from '../../../models/languages.ts';
import type { Asset, Line, Park } from '../../../models/park/park.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import { apply, createState, step } from '../../../models/telemetry/state.ts';
import { carrierOf, directionOf, type PortId } from '../../../models/units.ts';
import { parkOf, square } from '../../client/scene/park-view.ts';
import { asset, park, point } from '../tiny-park.ts';

const hour = 3_600_000;
/** Wednesday 2026-01-14 00:00 in Shanghai: heat is wanted. */
const midnight = Date.UTC(2026, 0, 13, 16);

/** Stores and carriers that hand storages what they need to be one. */
const extras = (kind: AssetKind): Partial<Asset> => {
  const { role, ports } = kindRow(kind);
  const conversion = usualConversion(kind, ports);
  const [first] = ports;
  if (role !== 'store' || first === undefined) return conversion ? { conversion, capacity_kW: 60 } : { capacity_kW: 800 };
  const tank = { capacity_kWh: 2000, chargeEfficiency: 0.95, dischargeEfficiency: 0.95, standingLoss_perH: 0, start_kWh: 800 };
  return { storage: { carrier: carrierOf(first), ...tank, start_gPerKwh: 100 }, capacity_kW: 500 };
};

const factor = (id: string) => ({
  id,
  name: { en: id },
  value: 300,
  unit: 'gCO2e/kWh' as const,
  set: 'direct' as const,
  validFrom: '2023-01-01',
  source: 'test',
  verified: true,
});

/** One of the kind among neighbours: who supplies each carrier it takes, and who uses each that it gives. */
function parkAround(kind: AssetKind | null, carriersOf: readonly Carrier[]): Park {
  const own =
    kind === null ? [] : [asset('it', kind, [...kindRow(kind).ports], { floorArea_m2: kindRow(kind).floors ? 4000 : 0, ...extras(kind) })];
  const around = carriersOf.flatMap((carrier) => [
    asset(`from-${carrier}`, 'gridConnection', [`${carrier}.out`, `${carrier}.in`]),
    asset(`to-${carrier}`, 'building', [`${carrier}.in`], { floorArea_m2: 6000 }),
  ]);
  const line = { loss: 0, length_m: 100, open: false, implied: false, geometry: null };
  const lines = carriersOf.flatMap((carrier): Line[] => {
    const hub = `from-${carrier}`;
    const joined = own.some(({ ports }) => ports.some((port) => carrierOf(port) === carrier)) ? ['it', `to-${carrier}`] : [`to-${carrier}`];
    return joined.map((to) => ({ ...line, id: `${hub}-${to}`, carrier, from: hub, to }));
  });
  const assets = [...own, ...around];
  const points = assets.flatMap((one) =>
    one.ports.map((port) =>
      point(`${one.id}/${port}`, one.id, port, { range: [-1e6, 1e6], source: { type: 'simulator' }, origin: 'simulated' }),
    ),
  );
  const sources = assets.flatMap((one) =>
    one.ports
      .filter((port) => isSource(one, port))
      .map((port) => ({ asset: one.id, port, sourceKind: sourceKindOf(one, port), factor: factor('f'), estimated: false })),
  );
  const fallback = Object.fromEntries(carriersOf.map((carrier) => [carrier, factor('last')]));
  return park({ assets, lines, points, sources, fallback, simulation: { seed: 3, faults: [] } });
}

const carriersOf = (kind: AssetKind) => [...new Set(['electricity' as Carrier, ...kindRow(kind).ports.map(carrierOf)])];

describe.each(assetKinds)('a %s', (kind) => {
  const row = kindRow(kind);
  const hub = { kind, ports: row.ports, ...extras(kind) };

  test('is called something in every language', () => {
    for (const language of languages) expect(kindNames[language][kind].length).toBeGreaterThan(0);
  });

  test('means something by its number, on a scale and with one emission figure', () => {
    const { meaning, mainCarrier, scale, emissions } = shownOf(hub);
    const byRole = {
      source: 'output',
      converter: 'output',
      store: 'stored',
      endUse: 'consumption',
      connection: 'imported',
      junction: 'passing',
      none: 'none',
    };
    // A cooling tower without ports is in no network.
    expect(meaning).toBe(row.ports.length === 0 && row.role === 'endUse' ? 'none' : byRole[row.role]);
    expect(mainCarrier === null).toBe(row.ports.length === 0);
    expect(scale).toBe(mainCarrier === null ? 'whole' : carrierRow(mainCarrier).scale);
    const burns = row.ports.some((port) => directionOf(port) === 'in' && isBurnt(carrierOf(port)));
    expect(emissions).toBe(burns ? 'stack' : meaning === 'consumption' ? 'attributed' : null);
    expect(meantPorts(hub).length > 0).toBe(!['passing', 'none'].includes(meaning));
  });

  test('still gives when it also takes a little for itself, and what gives is of a kind', () => {
    if (row.role !== 'source' && row.role !== 'connection') return;
    const ports: PortId[] = [...row.ports, ...row.ports.map((port) => `${carrierOf(port)}.in` as PortId)];
    expect(meaningOf({ kind, ports })).toBe(row.role === 'source' ? 'output' : 'imported');
    for (const port of row.ports) expect(sourceKinds).toContain(sourceKindOf({ kind, ports }, port));
  });

  test('has usual proportions where it converts, each of which fits its own ports', () => {
    if (row.role !== 'converter') return;
    expect(usualConversion(kind, row.ports)).not.toBeNull();
    for (const { inputs, outputs } of row.conversions) {
      const taken = Object.keys(inputs).map((carrier) => `${carrier === 'fuel' ? 'gas' : carrier}.in` as PortId);
      const given = Object.keys(outputs).map((carrier) => `${carrier}.out` as PortId);
      expect(usualConversion(kind, [...taken, ...given])).toMatchObject({ outputs });
    }
  });

  test('is drawn near and far, outlined when chosen, and shows its colour unless it is vacant', () => {
    const [site] = sitesOf(parkOf([square('it', 0, 0, 30, { kind, ports: [...row.ports] })]));
    if (site === undefined) throw new Error('no site');
    const form = formOf(site.asset);
    for (const draw of [form.near, form.far]) {
      const mesh = new Mesh();
      draw(mesh, site);
      if (form.vacant && draw === form.far) {
        expect(mesh.triangles).toBe(0);
        continue;
      }
      expect(mesh.triangles).toBeGreaterThan(0);
      const { position, paint } = mesh.finish();
      expect(position.every(Number.isFinite)).toBe(true);
      expect(paint.some((value, i) => i % 4 === 3 && value === part.metric)).toBe(!form.vacant);
    }
    expect(outlineOf(site).length).toBeGreaterThan(0);
  });

  test('lives in a simulated day: its networks balance, what it gives and takes moves, every gram is told', () => {
    const made = parkAround(kind, carriersOf(kind));
    const compiled = compile(made);
    const simulator = createSimulator(compiled, made.simulation);
    const most = new Map<string, number>();
    for (let h = 0; h < 24; h += 1) {
      const truth = simulator.truth(midnight + h * hour);
      expect(truth.port_kW.every((kW) => Number.isFinite(kW) && kW >= -1e-9)).toBe(true);
      const net = new Map<string, number>();
      for (const [p, { asset: a, port }] of compiled.ports.entries()) {
        const kW = truth.port_kW[p] as number;
        net.set(carrierOf(port), (net.get(carrierOf(port)) ?? 0) + (directionOf(port) === 'out' ? kW : -kW));
        const key = `${made.assets[a]?.id}/${port}`;
        most.set(key, Math.max(most.get(key) ?? 0, kW));
      }
      for (const [carrier, kW] of net) expect(Math.abs(kW), `${carrier} at ${h}:00`).toBeLessThan(1e-6);
    }
    for (const port of row.ports) {
      // Only what is exported from here does not move: there is nothing too much.
      if (roleOf(hub, port) !== 'export') expect(most.get(`it/${port}`), port).toBeGreaterThan(0);
    }
    const state = createState(compiled);
    apply(state, simulator.readings(midnight + 11 * hour, midnight + 12 * hour));
    const live = step(state, midnight + 12 * hour);
    expect(identityGap(live)).toBeLessThan(1e-9);
  });
});

describe.each(carriers)('the carrier %s', (carrier) => {
  test('is called something in every language and has a depth of its own', () => {
    for (const language of languages) expect(carrierNames[language][carrier].length).toBeGreaterThan(0);
    expect(carriers.filter((other) => carrierRow(other).depth === carrierRow(carrier).depth)).toEqual([carrier]);
    expect(carrierRow(carrier).boughtScope === 1).toBe(carrierRow(carrier).fuel !== null);
  });

  test('keeps its network when a park is simulated: what is used of it is supplied', () => {
    const made = parkAround(null, [carrier]);
    const compiled = compile(made);
    const truth = createSimulator(compiled, made.simulation).truth(midnight + 11 * hour);
    const kW = (id: string) => truth.port_kW[compiled.portIndex.get(id) as number] as number;
    expect(kW(`to-${carrier}/${carrier}.in`)).toBeGreaterThan(0);
    expect(kW(`from-${carrier}/${carrier}.out`)).toBeCloseTo(kW(`to-${carrier}/${carrier}.in`), 9);
  });
});

test('every kind of source is called something in every language', () => {
  for (const language of languages) for (const kind of sourceKinds) expect(sourceNames[language][kind].length).toBeGreaterThan(0);
});

test('what a plant throws away is not what its number is about: a compressor’s is the air’s, whatever its heat carries', () => {
  const ports: PortId[] = ['electricity.in', 'compressedAir.out', 'wasteHeat.out'];
  const hub = { kind: 'airCompressor' as const, ports, conversion: usualConversion('airCompressor', ports) ?? undefined };
  expect(meantPorts(hub)).toEqual(['compressedAir.out']);
  expect(roleOf(hub, 'wasteHeat.out')).toBe('generation');
});
