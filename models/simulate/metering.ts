/** Converts true flows to the values that a point shows, with its unit, its error and its resolution. */
import type { Compiled } from '../carbon/step.ts';
import type { Point } from '../park/park.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { toKilo } from '../units.ts';
import { bell, hash, seedOf } from './noise.ts';
import { horizontal_WPerM2 } from './renewables.ts';
import type { Truth } from './truth.ts';
import { cloudAt } from './weather.ts';
import type { World } from './world.ts';

export interface SimulatedMeter {
  point: Point;
  /** The true value in kW for powers, in the point's own unit for the rest. */
  read: (truth: Truth) => number;
  /** kW (or kWh) in one of the point's unit; 1 for quantities other than power. */
  factor: number;
  /** 1 + its constant error. */
  gain: number;
  seed: number;
  /** Smallest step of its display. */
  resolution: number;
  /** What a counter showed when it was installed. */
  start: number;
}

/** Null for points that measure nothing the simulated park has. */
export function instrumentOf(world: World, point: Point): SimulatedMeter | null {
  const read = readerOf(world, point);
  if (read === null) return null;
  const seed = seedOf(world.seed, `meter/${point.id}`);
  const [low, high] = point.range;
  const span = Math.min(1e7, Math.max(Math.abs(low), Math.abs(high)));
  const counts = point.measure === 'register';
  return {
    point,
    read,
    factor: point.quantity === 'power' ? toKilo(point.unit, point.kWhPerUnit) : 1,
    gain: point.quantity === 'power' ? 1 + 0.4 * point.accuracy * bell(seed, 0) : 1,
    seed,
    // Five digits of full scale; counters show thousandths.
    resolution: counts ? 0.001 : 10 ** (Math.floor(Math.log10(span)) - 5),
    start: counts ? Math.round(Math.min(0.05 * high, 250_000) * hash(seed, 1)) : 0,
  };
}

/** A power or other value as the point shows it, at a time. */
export function shownBy(instrument: SimulatedMeter, value: number, time: number): number {
  const { point, factor, gain, seed, resolution } = instrument;
  const noise = 0.25 * point.accuracy * bell(seed, Math.floor(time / 1000));
  return rounded((value / factor) * (gain + noise), resolution);
}

/** A count of kWh as a register shows it: it never falls unless the true count falls. */
export function counted(instrument: SimulatedMeter, kWh: number): number {
  const { point, factor, gain, start, resolution } = instrument;
  const value = start + (kWh / factor) * gain;
  return rounded(point.rollover === undefined ? value : value % point.rollover, resolution);
}

function rounded(value: number, resolution: number): number {
  // Dividing by a whole number keeps 0.1 from becoming 0.1000…01.
  return resolution >= 1 ? Math.round(value / resolution) * resolution : Math.round(value / resolution) / Math.round(1 / resolution);
}

function readerOf(world: World, point: Point): SimulatedMeter['read'] | null {
  const { compiled } = world;
  const port = compiled.portIndex.get(`${point.asset}/${point.port}`);
  const asset = point.asset === undefined ? undefined : compiled.assetIndex.get(point.asset);
  switch (point.quantity) {
    case 'power': {
      const line = point.line === undefined ? undefined : compiled.lineIndex.get(point.line);
      if (line !== undefined) return (truth) => f64(truth.line_kW, line);
      if (port === undefined) return null;
      const negative = compiled.portIndex.get(`${point.asset}/${point.negativePort}`);
      if (negative === undefined) return (truth) => f64(truth.port_kW, port);
      return (truth) => f64(truth.port_kW, port) - f64(truth.port_kW, negative);
    }
    case 'stateOfCharge': {
      const store = asset === undefined ? -1 : i32(compiled.assetStore, asset);
      if (store < 0) return null;
      const capacity_kWh = compiled.park.assets[compiled.stores[store] as number]?.storage?.capacity_kWh ?? 1;
      const scale = { '%': 100, kWh: capacity_kWh, MWh: capacity_kWh / 1000 }[point.unit as string] ?? 1;
      return (truth) => scale * f64(truth.level, store);
    }
    case 'temperature':
    case 'weather':
      return weatherReader(world, point);
    case 'intensity':
      return port === undefined ? null : intensityReader(compiled, port);
  }
}

/** Chosen by the name of the point: wind, irradiance, humidity, cloud; temperature otherwise. */
function weatherReader(world: World, point: Point): SimulatedMeter['read'] {
  const name = `${point.id} ${point.name?.en ?? ''}`.toLowerCase();
  if (/wind/.test(name)) return ({ weather }) => weather.wind_mPerS;
  if (/irradi|solar|sun|ghi|radiation/.test(name)) {
    // kW/m² where its range says so.
    const scale = Math.max(...point.range) <= 5 ? 0.001 : 1;
    return ({ weather }) => scale * horizontal_WPerM2(weather, cloudAt(world.climate, weather, 0, 0));
  }
  const percent = point.unit === '%' ? 100 : 1;
  if (/cloud/.test(name)) return ({ weather }) => percent * weather.cloud;
  if (/humid/.test(name)) return ({ weather }) => percent * (0.45 + 0.4 * weather.cloud);
  // Flow and return temperatures of a heat network depend on the weather.
  if (/supply|flow/.test(name)) return ({ weather }) => Math.max(70, Math.min(95, 85 - 0.8 * weather.temperature_C));
  if (/return/.test(name)) return ({ weather }) => Math.max(45, Math.min(60, 55 - 0.3 * weather.temperature_C));
  return ({ weather }) => weather.temperature_C;
}

/** The factor of the port's source with its hourly shape, as if the grid published it. */
function intensityReader(compiled: Compiled, port: number): SimulatedMeter['read'] | null {
  const factor = compiled.park.sources[compiled.ports[port]?.source ?? -1]?.factor;
  if (!factor) return null;
  return ({ local }) => factor.value * (factor.hourly?.[Math.floor(local.hour)] ?? 1);
}
