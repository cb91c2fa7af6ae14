/** Demand of end uses: by shift and kind of day, by the weather, with some noise. */

import type { Compiled } from '../carbon/step.ts';
import { zonesOf } from '../carbon/zones.ts';
import { type Carrier, carrierRow } from '../carriers.ts';
import { kindRow } from '../kinds/kinds.ts';
import type { Asset } from '../park/park.ts';
import { i32 } from '../typed-arrays.ts';
import { carrierOf } from '../units.ts';
import { seedOf, wave } from './noise.ts';
import { numberOr } from './renewables.ts';
import { activity, peakByArea_kW, type Shift, shiftOf } from './shapes.ts';
import { clamp, type Weather } from './weather.ts';
import type { LocalTime } from './working-days.ts';

export interface Load {
  /** Index of the port, −1 for an unmetered rest. */
  port: number;
  node: number;
  carrier: Carrier;
  peak_kW: number;
  shift: Shift | 'lighting' | 'standby';
  /** Fraction of heat or cooling that does not depend on the weather. */
  process: number;
  seed: number;
}

const hour_ms = 3_600_000;

/** Every port of role load except charging posts, and every declared unmetered rest. */
export function demandOf(compiled: Compiled, seed: number): Load[] {
  const { park, ports } = compiled;
  const loads: Load[] = [];
  for (const [p, { asset: a, node, port, role }] of ports.entries()) {
    const asset = park.assets[a] as Asset;
    const { load: follows } = kindRow(asset.kind).simulation;
    if (role !== 'load' || follows === 'cars') continue;
    const carrier = carrierOf(port);
    loads.push({
      port: p,
      node,
      carrier,
      peak_kW: peakOf_kW(asset, carrier),
      shift: follows === 'standby' ? 'standby' : shiftOf(asset),
      process: clamp(numberOr(asset.properties.process, carrier === 'steam' ? 0.8 : 0), 0, 1),
      seed: seedOf(seed, `${asset.id}/${port}`),
    });
  }
  return [...loads, ...restsOf(compiled, loads, seed)];
}

/** kW at a working hour of a design day: what the park says, else by floor area. */
function peakOf_kW(asset: Asset, carrier: Carrier): number {
  const peak = asset.properties.peak;
  if (typeof peak === 'object' && peak !== null) return numberOr((peak as Record<string, unknown>)[carrier], 0);
  if (kindRow(asset.kind).simulation.load === 'standby') return 0.002 * (asset.capacity_kW ?? 100);
  if (asset.capacity_kW !== undefined && asset.floorArea_m2 === 0) return asset.capacity_kW;
  const electric = peakByArea_kW(asset);
  const { peak_WPerM2 } = carrierRow(carrier);
  return peak_WPerM2 !== null && asset.floorArea_m2 > 0 ? (peak_WPerM2 / 1000) * asset.floorArea_m2 : electric;
}

/** Unmetered rests consume too: about 6 % of what their zone takes at the peak; for electricity it is lighting. */
function restsOf(compiled: Compiled, loads: readonly Load[], seed: number): Load[] {
  const { park } = compiled;
  if (park.unmetered.length === 0) return [];
  const metered = new Set(park.points.map((point) => point.line));
  const inside = Uint8Array.from(park.lines, (line) => (!line.open && !metered.has(line.id) ? 1 : 0));
  const zones = zonesOf(compiled, inside, new Uint8Array(compiled.nodes.length));
  return park.unmetered.map(({ asset, carrier }, u) => {
    const node = i32(compiled.unmeteredNode, u);
    const sum = (near: boolean) =>
      loads
        .filter((l) => l.carrier === carrier && (!near || zones.ofNode[l.node] === zones.ofNode[node]))
        .reduce((kW, l) => kW + l.peak_kW, 0);
    return {
      port: -1,
      node,
      carrier,
      peak_kW: Math.max(0.06 * sum(true), 0.01 * sum(false), 5),
      shift: carrier === 'electricity' ? 'lighting' : 'continuous',
      process: carrier === 'heat' || carrier === 'cooling' ? 0.3 : 1,
      seed: seedOf(seed, `rest/${asset}/${carrier}`),
    };
  });
}

/** kW at a moment, never negative. */
export function load_kW(load: Load, local: LocalTime, weather: Weather): number {
  const { carrier, peak_kW, shift, process, seed } = load;
  if (peak_kW === 0) return 0;
  const hours = weather.time / hour_ms;
  if (shift === 'standby') return weather.sunAltitude_deg > 0 ? 0 : peak_kW;
  // Street lights come on through dusk, half of them go off at midnight.
  if (shift === 'lighting') {
    const dark = clamp((2 - weather.sunAltitude_deg) / 6, 0, 1);
    return peak_kW * (0.22 + dark * (local.hour < 5 ? 0.4 : 0.75)) * (1 + 0.05 * wave(seed, hours));
  }
  const busy = activity(shift, local);
  const slow = 0.05 * wave(seed, hours / 1.3) + 0.03 * wave(seed + 1, hours / 30);
  if (carrier === 'heat' || carrier === 'cooling') {
    // Design days: −5 °C and 35 °C outside. Buildings hold their heat: no noise within minutes.
    const outside = carrier === 'heat' ? (16 - weather.temperature_C) / 21 : (weather.temperature_C - 17) / 18;
    const occupied = 0.55 + 0.45 * busy;
    const byWeather = clamp(outside, carrier === 'heat' ? 0.04 : 0.02, 1.15) * occupied;
    return Math.max(0, peak_kW * (process * busy + (1 - process) * byWeather) * (1 + slow));
  }
  const fast = weather.fine ? 0.02 * wave(seed + 2, hours * 18) + 0.008 * wave(seed + 3, hours * 240) : 0;
  // Fans, pumps and split units take a little more when it is hot.
  const hot = carrier === 'electricity' ? 0.1 * clamp((weather.temperature_C - 22) / 12, -0.2, 1) : 0;
  return Math.max(0, peak_kW * busy * (0.9 + hot + slow + fast));
}
