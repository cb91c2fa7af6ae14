/** What is fixed in advance for a whole local day: charging cars, storage schedules, hours in which plants run. */
import type { CompiledPort } from '../carbon/step.ts';
import { startOfDay } from '../time/local-time.ts';
import { i32 } from '../typed-arrays.ts';
import { chargingProfile } from './charging.ts';
import { load_kW } from './demand.ts';
import type { SimulatedNetwork } from './networks.ts';
import { solar_kW } from './renewables.ts';
import { batteryCycles, heatCycles, quartersOfDay, type StorageSchedule, scheduleDay } from './storage-schedule.ts';
import { weatherAt } from './weather.ts';
import { localTime } from './working-days.ts';
import type { Plant, World } from './world.ts';

/** Fraction of the demand left to the plant that covers the remainder, so that its output never has to be negative. */
export const remainder = 0.06;

export interface Day {
  charging: Float32Array[];
  schedules: StorageSchedule[];
  /** 1 where a plant is to run, by hour from the last one of the day before to the first of the day after. */
  runs: Map<Plant, Uint8Array>;
}

export function simulatedDayOf(world: World, day: number): Day {
  return {
    charging: world.chargers.map(({ charger }) => chargingProfile(charger, world.workingDays, day)),
    schedules: schedulesOf(world, day),
    runs: runsOf(world, day),
  };
}

/** Plants with a minimum load run in the hours in which the demand on them reaches it: heat-led, hour by hour. */
function runsOf(world: World, day: number): Day['runs'] {
  const runs: Day['runs'] = new Map();
  const start = startOfDay(day, world.workingDays.offset);
  for (const network of world.networks) {
    const plants = world.plants.filter((plant) => isIn(world, plant.product, network) && plant.carrier !== 'electricity');
    const led = plants.filter((plant) => plant.minActivity > 0 && plant.product !== network.swing);
    for (const plant of led) runs.set(plant, new Uint8Array(26));
    for (let h = 0; h < 26 && led.length > 0; h++) {
      const time = start + (h - 0.5) * 3_600_000;
      const local = localTime(world.workingDays, time);
      const weather = weatherAt(world.climate, time, false);
      let lack_kW = 0;
      for (const load of world.loads) if (isIn(world, load, network)) lack_kW += load_kW(load, local, weather);
      for (const plant of plants) {
        const on = (1 - remainder) * lack_kW >= plant.minActivity * plant.perActivity;
        if (runs.has(plant)) (runs.get(plant) as Uint8Array)[h] = on ? 1 : 0;
        if (on && plant.product !== network.swing) lack_kW -= Math.min((1 - remainder) * lack_kW, plant.maxActivity * plant.perActivity);
      }
    }
  }
  return runs;
}

/** Whether a port or load is in the network, by its node. */
export function isIn(world: World, at: number | { node: number }, network: SimulatedNetwork): boolean {
  const node = typeof at === 'number' ? (world.compiled.ports[at] as CompiledPort).node : at.node;
  return world.networks[i32(world.networkOf, node)] === network;
}

/** Schedules of the day from its weather and demand, by quarter, without what changes within minutes. */
function schedulesOf(world: World, day: number): StorageSchedule[] {
  if (world.stores.length === 0) return [];
  const start = startOfDay(day, world.workingDays.offset);
  const moments = Array.from({ length: quartersOfDay }, (_, q) => {
    const time = start + (q + 0.5) * 900_000;
    return { local: localTime(world.workingDays, time), weather: weatherAt(world.climate, time, false) };
  });
  return world.stores.map(({ storage, node, power_kW }) => {
    const network = world.networkOf[node];
    const inside = (port: number) => world.networkOf[world.compiled.ports[port]?.node as number] === network;
    if (storage.carrier === 'electricity') {
      const planes = world.planes.filter(({ port }) => inside(port));
      const solar = Float64Array.from(moments, ({ weather }) =>
        planes.reduce((kW, { plane }) => kW + solar_kW(world.climate, plane, weather), 0),
      );
      return scheduleDay(storage, 0.2, batteryCycles(power_kW, solar));
    }
    const loads = world.loads.filter((load) => world.networkOf[load.node] === network);
    const demand = Float64Array.from(moments, ({ local, weather }) => loads.reduce((kW, load) => kW + load_kW(load, local, weather), 0));
    return scheduleDay(storage, 0.3, heatCycles(power_kW, demand));
  });
}
