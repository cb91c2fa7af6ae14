/** The simulated park with everything looked up once: loads, PV planes, wind turbines, chargers, plants and storages. */

import type { Compiled } from '../carbon/step.ts';
import { type Carrier, carriers, isFuel } from '../carriers.ts';
import { kindRow } from '../kinds/kinds.ts';
import { type Asset, projector, type Storage } from '../park/park.ts';
import { zoneOffset } from '../time/local-time.ts';
import { carrierOf, directionOf } from '../units.ts';
import type { Charger } from './charging.ts';
import { demandOf, type Load } from './demand.ts';
import { networksOf, type SimulatedNetwork } from './networks.ts';
import { seedOf } from './noise.ts';
import { plantRow } from './plant-row.ts';
import { numberOr, type Plane, planeOf } from './renewables.ts';
import type { Climate } from './weather.ts';
import { type WorkingDays, workingDaysOf } from './working-days.ts';

/** A converter and what it can do, in units of its activity (Conversion). */
export interface Plant {
  asset: number;
  /** Ports with their kW per unit of activity. */
  ports: { port: number; perActivity: number }[];
  /** The product it is run for, and its coefficient. */
  product: number;
  carrier: Carrier;
  perActivity: number;
  maxActivity: number;
  minActivity: number;
  /** Rank in the order in which plants run: recovered heat, then cogeneration, then boilers. */
  order: number;
}

export interface SimulatedStorage {
  asset: number;
  storage: Storage;
  charge: number;
  discharge: number;
  power_kW: number;
  node: number;
}

export interface World {
  compiled: Compiled;
  seed: number;
  workingDays: WorkingDays;
  climate: Climate;
  networks: SimulatedNetwork[];
  /** Node → index into networks. */
  networkOf: Int32Array;
  loads: Load[];
  planes: { port: number; plane: Plane }[];
  turbines: { port: number; capacity_kW: number }[];
  chargers: { port: number; charger: Charger }[];
  /** In the order in which they are run. */
  plants: Plant[];
  stores: SimulatedStorage[];
  /** Recovered heat: port, the electricity it comes from, and the fraction of it. */
  recovered: { port: number; from: number; share: number }[];
  /** Any other source: gives constant power. */
  steady: { port: number; power_kW: number }[];
}

export interface WorldSettings {
  seed: number;
  holidays?: string[] | undefined;
  meanTemperature_C?: number | undefined;
  meanWind_mPerS?: number | undefined;
}

export function worldOf(compiled: Compiled, settings: WorldSettings): World {
  const { park, ports } = compiled;
  const seed = seedOf(settings.seed, park.id);
  const project = projector(park.place);
  const networks = networksOf(compiled);
  const networkOf = new Int32Array(compiled.nodes.length);
  for (const [n, { nodes }] of networks.entries()) for (const node of nodes) networkOf[node] = n;
  const climate: Climate = { lon: park.place.lon, lat: park.place.lat, seed };
  if (settings.meanTemperature_C !== undefined) climate.meanTemperature_C = settings.meanTemperature_C;
  if (settings.meanWind_mPerS !== undefined) climate.meanWind_mPerS = settings.meanWind_mPerS;
  const world: World = {
    compiled,
    seed,
    workingDays: workingDaysOf(park.place.country, zoneOffset(park.timeZone), settings.holidays ?? []),
    climate,
    networks,
    networkOf,
    loads: demandOf(compiled, seed),
    planes: [],
    turbines: [],
    chargers: [],
    plants: plantsOf(compiled),
    stores: storesOf(compiled),
    recovered: [],
    steady: [],
  };
  for (const [p, { asset: a, port, role }] of ports.entries()) {
    const asset = park.assets[a] as Asset;
    const { load, generation } = kindRow(asset.kind).simulation;
    if (load === 'cars' && role === 'load') {
      const capacity_kW = asset.capacity_kW ?? 120;
      const posts = Math.min(500, Math.max(1, Math.round(numberOr(asset.properties.posts, capacity_kW / 15))));
      world.chargers.push({ port: p, charger: { seed: seedOf(seed, asset.id), posts, perPost_kW: capacity_kW / posts } });
    }
    if (role !== 'generation') continue;
    if (generation === 'sun') world.planes.push({ port: p, plane: planeOf(asset, park.place.lat, project(...asset.centroid)) });
    else if (generation === 'wind') world.turbines.push({ port: p, capacity_kW: asset.capacity_kW ?? 2000 });
    else if (carrierOf(port) === 'wasteHeat') {
      const from = compiled.portIndex.get(`${asset.id}/electricity.in`) ?? -1;
      world.recovered.push({ port: p, from, share: numberOr(asset.properties.wasteHeatShare, 0.6) });
    } else world.steady.push({ port: p, power_kW: 0.6 * (asset.capacity_kW ?? 100) });
  }
  return world;
}

/** The product that a plant with several products is run for, preferred ones first; never waste heat. */
const led: readonly Carrier[] = ['heat', 'steam', 'cooling', ...carriers.filter(isFuel), 'electricity'];

function plantsOf(compiled: Compiled): Plant[] {
  const { park, ports } = compiled;
  const plants = compiled.converters.flatMap(({ asset: a, inputs, products }): Plant[] => {
    const asset = park.assets[a] as Asset;
    const { conversion } = asset;
    const row = plantRow(asset.kind);
    if (conversion === undefined) return [];
    const all = [...inputs, ...products].map((port) => {
      const id = ports[port]?.port as NonNullable<(typeof ports)[number]>['port'];
      const side = directionOf(id) === 'in' ? conversion.inputs : conversion.outputs;
      return { port, perActivity: side[carrierOf(id)] ?? 0, carrier: carrierOf(id), product: products.includes(port) };
    });
    const made = all.filter((p) => p.product && p.perActivity > 0);
    const wanted = row.runFor === undefined ? led : [row.runFor, ...led];
    const main = wanted.map((carrier) => made.find((p) => p.carrier === carrier)).find((p) => p !== undefined) ?? made[0];
    if (main === undefined) return [];
    const rated = made.find((p) => p.carrier === row.ratedBy) ?? main;
    const maxActivity = (asset.capacity_kW ?? 1000) / rated.perActivity;
    const minLoad = numberOr(asset.properties.minLoad, row.minLoad ?? 0);
    return [
      {
        asset: a,
        ports: all.map(({ port, perActivity }) => ({ port, perActivity })),
        product: main.port,
        carrier: main.carrier,
        perActivity: main.perActivity,
        maxActivity,
        minActivity: minLoad * maxActivity,
        order: row.turn,
      },
    ];
  });
  return plants.sort((a, b) => a.order - b.order);
}

function storesOf(compiled: Compiled): SimulatedStorage[] {
  const { park, ports } = compiled;
  return compiled.stores.map((a) => {
    const asset = park.assets[a] as Asset;
    const storage = asset.storage as Storage;
    const find = (role: 'charge' | 'discharge') => compiled.assetPorts[a]?.find((p) => ports[p]?.role === role) ?? -1;
    const charge = find('charge');
    const discharge = find('discharge');
    const node = ports[charge === -1 ? discharge : charge]?.node ?? -1;
    return { asset: a, storage, charge, discharge, power_kW: asset.capacity_kW ?? storage.capacity_kWh / 4, node };
  });
}
