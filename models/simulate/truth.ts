/**
 * The true flows of the simulated park at a moment: every port and line, balanced, losses included. They depend on park,
 * seed and time alone.
 */
import type { CompiledPort } from '../carbon/step.ts';
import { f64, i32, u8 } from '../typed-arrays.ts';
import { type Day, isIn, remainder, simulatedDayOf } from './day.ts';
import { load_kW } from './demand.ts';
import { carry, type SimulatedNetwork } from './networks.ts';
import { solar_kW, wind_kW } from './renewables.ts';
import { levelAt, quartersOfDay, type StorageSchedule } from './storage-schedule.ts';
import { clamp, type Weather, weatherAt } from './weather.ts';
import { type LocalTime, localTime } from './working-days.ts';
import type { Plant, World } from './world.ts';

export interface Truth {
  time: number;
  weather: Weather;
  local: LocalTime;
  /** kW ≥ 0 by port. */
  port_kW: Float64Array;
  /** Positive from → to, as a meter at the `from` end shows it. */
  line_kW: Float64Array;
  /** Fraction of capacity by storage, in the order of compiled.stores. */
  level: Float64Array;
}

export type TruthAt = (time: number, fine: boolean) => Truth;

/** `fine` false leaves out what changes within minutes: for the energy of a quarter-hour, asked at its middle. */
export function truthOf(world: World): TruthAt {
  const days = new Map<number, Day>();
  const known = (day: number): Day => {
    let it = days.get(day);
    if (it === undefined) {
      if (days.size > 8) days.clear();
      it = simulatedDayOf(world, day);
      days.set(day, it);
    }
    return it;
  };
  const networks = inTurn(world);
  return (time, fine) => {
    const local = localTime(world.workingDays, time);
    const truth: Truth = {
      time,
      weather: weatherAt(world.climate, time, fine),
      local,
      port_kW: new Float64Array(world.compiled.ports.length),
      line_kW: new Float64Array(world.compiled.park.lines.length),
      level: new Float64Array(world.stores.length),
    };
    const day = known(local.day);
    const scene: Scene = {
      world,
      truth,
      day,
      net_kW: new Float64Array(world.compiled.nodes.length),
      surplus_kW: new Float64Array(world.compiled.nodes.length),
    };
    nature(scene);
    for (const network of networks) supply(scene, network);
    return truth;
  };
}

/**
 * Sorts networks from products to inputs: when a network is solved, everything that draws on it is known. If networks
 * draw on each other in a circle, the circle is cut somewhere.
 */
function inTurn({ networks, networkOf, plants, compiled }: World): SimulatedNetwork[] {
  const networkAt = (port: number) => networks[i32(networkOf, (compiled.ports[port] as CompiledPort).node)] as SimulatedNetwork;
  const drawnOn = new Map<SimulatedNetwork, SimulatedNetwork[]>(networks.map((network) => [network, []]));
  for (const plant of plants) {
    // Plants that run for electricity run evenly, so what they take is known from the start.
    if (plant.carrier === 'electricity') continue;
    for (const { port } of plant.ports) drawnOn.get(networkAt(plant.product))?.push(networkAt(port));
  }
  const last: SimulatedNetwork[] = [];
  const seen = new Set<SimulatedNetwork>();
  const visit = (network: SimulatedNetwork) => {
    if (seen.has(network)) return;
    seen.add(network);
    for (const other of drawnOn.get(network) ?? []) visit(other);
    last.push(network);
  };
  for (const network of networks) visit(network);
  return last.reverse();
}

interface Scene {
  world: World;
  truth: Truth;
  day: Day;
  /** By node: + gives, − takes. */
  net_kW: Float64Array;
  surplus_kW: Float64Array;
}

function put({ world, truth, net_kW }: Scene, port: number, kW: number): void {
  const { node, port: id } = world.compiled.ports[port] as CompiledPort;
  truth.port_kW[port] = f64(truth.port_kW, port) + kW;
  net_kW[node] = f64(net_kW, node) + (id.endsWith('.out') ? kW : -kW);
}

/** All flows that are not dispatched: loads, sun and wind, charging cars, storages by their schedule. */
function nature(scene: Scene): void {
  const { world, truth, net_kW, day } = scene;
  const { local, weather } = truth;
  for (const load of world.loads) {
    const kW = load_kW(load, local, weather);
    if (load.port >= 0) put(scene, load.port, kW);
    else net_kW[load.node] = f64(net_kW, load.node) - kW;
  }
  for (const { port, plane } of world.planes) put(scene, port, solar_kW(world.climate, plane, weather));
  for (const { port, capacity_kW } of world.turbines) put(scene, port, wind_kW(capacity_kW, weather.wind_mPerS));
  const minute = Math.min(1439, Math.floor(60 * local.hour));
  for (const [c, { port }] of world.chargers.entries()) put(scene, port, day.charging[c]?.[minute] as number);
  for (const { port, power_kW } of world.steady) put(scene, port, power_kW);
  // Generators without a heat network run evenly; their other outputs and their inputs follow.
  for (const plant of world.plants) if (plant.carrier === 'electricity') run(scene, plant, 0.8 * plant.maxActivity);
  for (const [s, store] of world.stores.entries()) {
    const schedule = day.schedules[s] as StorageSchedule;
    const q = Math.min(quartersOfDay - 1, Math.floor(4 * local.hour));
    if (store.charge >= 0) put(scene, store.charge, f64(schedule.charge_kW, q));
    if (store.discharge >= 0) put(scene, store.discharge, f64(schedule.discharge_kW, q));
    truth.level[s] = levelAt(schedule, local.hour);
  }
}

/** Supplies what a network lacks: plants in order, then the one that covers the remainder. */
function supply(scene: Scene, network: SimulatedNetwork): void {
  const { world, truth, net_kW, surplus_kW } = scene;
  const rest = () => carry(network, net_kW, surplus_kW, truth.line_kW);
  let lack_kW = -rest();
  const swing = world.plants.find((plant) => plant.product === network.swing);
  for (const plant of world.plants) {
    if (plant === swing || plant.carrier !== network.carrier || plant.carrier === 'electricity' || !isIn(world, plant.product, network))
      continue;
    const wanted = (share(plant, swing) * lack_kW) / plant.perActivity;
    const activity = Math.min(wanted, plant.maxActivity, recoverable(scene, plant)) * running(scene, plant);
    if (!(activity > 0)) continue;
    run(scene, plant, activity);
    lack_kW -= activity * plant.perActivity;
  }
  if (network.carrier === 'wasteHeat') recover(scene, network, lack_kW);
  const left_kW = rest();
  if (network.swing === -1) return;
  if (swing) run(scene, swing, Math.max(0, -left_kW) / swing.perActivity);
  else if (left_kW <= 0) put(scene, network.swing, -left_kW);
  else if (network.takes >= 0) put(scene, network.takes, left_kW);
  else curtail(scene, network, left_kW, rest);
}

/** Plants of the same order as the one that covers the remainder share with it by size; others leave it only a little. */
function share(plant: Plant, swing: Plant | undefined): number {
  if (swing?.order !== plant.order) return 1 - remainder;
  return plant.maxActivity / (plant.maxActivity + swing.maxActivity);
}

function run(scene: Scene, plant: Plant, activity: number): void {
  for (const { port, perActivity } of plant.ports) put(scene, port, activity * perActivity);
}

/** The most a heat pump can do with the waste heat there is; no limit for plants that need none. */
function recoverable({ world, truth }: Scene, plant: Plant): number {
  const intake = plant.ports.find(({ port }) => world.compiled.ports[port]?.port === 'wasteHeat.in');
  if (intake === undefined || intake.perActivity === 0) return Number.POSITIVE_INFINITY;
  const network = world.networkOf[world.compiled.ports[intake.port]?.node as number];
  let available_kW = 0;
  for (const { port, from, share } of world.recovered) {
    if (world.networkOf[world.compiled.ports[port]?.node as number] !== network) continue;
    available_kW += from === -1 ? 100 : share * f64(truth.port_kW, from);
  }
  return (0.95 * available_kW) / intake.perActivity;
}

/** Waste heat is supplied on demand, by all sources in proportion; the network's swing port covers the rest. */
function recover(scene: Scene, network: SimulatedNetwork, lack_kW: number): void {
  const { world, truth } = scene;
  const here = world.recovered.filter(
    ({ port }) => world.networks[i32(world.networkOf, world.compiled.ports[port]?.node as number)] === network,
  );
  const size = ({ from, share }: (typeof here)[number]) => (from === -1 ? 100 : share * f64(truth.port_kW, from));
  const all_kW = here.reduce((kW, source) => kW + size(source), 0);
  if (!(all_kW > 0) || !(lack_kW > 0)) return;
  for (const source of here) if (source.port !== network.swing) put(scene, source.port, (lack_kW * size(source)) / all_kW);
}

/** For a surplus that cannot be exported: solar and wind power are reduced until the network just balances. */
function curtail(scene: Scene, network: SimulatedNetwork, surplus_kW: number, rest: () => number): void {
  const { world, truth } = scene;
  const ports = [...world.planes, ...world.turbines].map(({ port }) => port);
  const here = ports.filter((p) => isIn(world, p, network));
  const all_kW = here.reduce((kW, p) => kW + f64(truth.port_kW, p), 0);
  if (!(all_kW > 0)) return;
  // A little more than the surplus at the root: some of it would have been lost on the way.
  const factor = clamp((1.02 * surplus_kW) / all_kW, 0, 1);
  for (const p of here) put(scene, p, -factor * f64(truth.port_kW, p));
  put(scene, network.swing, Math.max(0, -rest()));
}

/** Plants take a third of an hour to start or stop, around the full hour. */
const ramp_h = 1 / 3;

/** 0 off … 1 on, for plants that have a minimum load; the others are always ready. */
function running({ truth, day }: Scene, plant: Plant): number {
  const runs = day.runs.get(plant);
  if (runs === undefined) return 1;
  const { hour } = truth.local;
  const turn = Math.round(hour);
  const before = u8(runs, turn);
  const after = u8(runs, turn + 1);
  return before + (after - before) * clamp((hour - turn) / ramp_h + 0.5, 0, 1);
}
