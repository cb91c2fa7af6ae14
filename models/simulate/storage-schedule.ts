/**
 * Schedules of storages: each local day begins and ends at the same level, so that the level at any moment depends on
 * that day alone, not on earlier calls.
 */
import type { Storage } from '../park/park.ts';
import { f64 } from '../typed-arrays.ts';
import { clamp } from './weather.ts';

export const quartersOfDay = 96;
const quarter_h = 0.25;

export interface StorageSchedule {
  /** kW by quarter of the local day. */
  charge_kW: Float64Array;
  discharge_kW: Float64Array;
  /** Fraction of capacity at the start of each quarter, and at the end of the day. */
  level: Float64Array;
}

/** The most it may charge and discharge in each quarter; every charge comes before the discharge that uses it. */
export interface Cycle {
  charge_kW: (hour: number, quarter: number) => number;
  discharge_kW: (hour: number, quarter: number) => number;
}

/** Schedules as much as limits and capacity allow; charge and discharge are scaled so that each cycle closes. */
export function scheduleDay(storage: Storage, start: number, cycles: readonly Cycle[]): StorageSchedule {
  const schedule: StorageSchedule = {
    charge_kW: new Float64Array(quartersOfDay),
    discharge_kW: new Float64Array(quartersOfDay),
    level: new Float64Array(quartersOfDay + 1),
  };
  const { capacity_kWh, chargeEfficiency: in_, dischargeEfficiency: out } = storage;
  for (const cycle of cycles) {
    const charge = limits(cycle.charge_kW);
    const discharge = limits(cycle.discharge_kW);
    const stored_kWh = sum(charge) * in_ * quarter_h;
    const drawn_kWh = (sum(discharge) * quarter_h) / out;
    const energy_kWh = Math.min(stored_kWh, drawn_kWh, (0.95 - start) * capacity_kWh);
    if (!(energy_kWh > 0)) continue;
    for (let q = 0; q < quartersOfDay; q++) {
      schedule.charge_kW[q] = f64(schedule.charge_kW, q) + (f64(charge, q) * energy_kWh) / stored_kWh;
      schedule.discharge_kW[q] = f64(schedule.discharge_kW, q) + (f64(discharge, q) * energy_kWh) / drawn_kWh;
    }
  }
  let level = start;
  for (let q = 0; q < quartersOfDay; q++) {
    schedule.level[q] = level;
    const change_kWh = (f64(schedule.charge_kW, q) * in_ - f64(schedule.discharge_kW, q) / out) * quarter_h;
    level += change_kWh / capacity_kWh;
  }
  schedule.level[quartersOfDay] = level;
  return schedule;
}

function limits(limit: (hour: number, quarter: number) => number): Float64Array {
  return Float64Array.from({ length: quartersOfDay }, (_, q) => Math.max(0, limit((q + 0.5) * quarter_h, q)));
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

/** A battery charges a little at night and from solar power by day, and discharges at the evening peak. */
export function batteryCycles(power_kW: number, solar_kW: Float64Array): Cycle[] {
  return [
    {
      charge_kW: (hour, q) => (hour < 5 ? 0.25 * power_kW : hour > 8 && hour < 16.5 ? Math.min(power_kW, 0.6 * f64(solar_kW, q)) : 0),
      discharge_kW: (hour) => (hour > 17 && hour < 21.5 ? 0.85 * power_kW : 0),
    },
  ];
}

/** A store charges before dawn and after noon, and discharges at the morning and evening peaks; at most a part of the demand. */
export function heatCycles(power_kW: number, demand_kW: Float64Array): Cycle[] {
  const part = (q: number, fraction: number) => Math.min(power_kW, fraction * f64(demand_kW, q));
  return [
    { charge_kW: (h, q) => (h < 5 ? part(q, 0.3) : 0), discharge_kW: (h, q) => (h > 5.5 && h < 9.5 ? part(q, 0.35) : 0) },
    { charge_kW: (h, q) => (h > 11.5 && h < 15.5 ? part(q, 0.3) : 0), discharge_kW: (h, q) => (h > 17 && h < 21.5 ? part(q, 0.3) : 0) },
  ];
}

/** Fraction of capacity at an hour of the day. */
export function levelAt(schedule: StorageSchedule, hour: number): number {
  const x = clamp(hour / quarter_h, 0, quartersOfDay);
  const q = Math.min(quartersOfDay - 1, Math.floor(x));
  const a = f64(schedule.level, q);
  return a + (f64(schedule.level, q + 1) - a) * (x - q);
}
