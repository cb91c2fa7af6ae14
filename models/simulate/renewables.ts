/** Output of photovoltaic planes and wind turbines, by the weather. */
import type { Asset } from '../park/park.ts';
import { type Climate, clamp, cloudAt, type Weather } from './weather.ts';

export interface Plane {
  capacity_kW: number;
  tilt_rad: number;
  azimuth_rad: number;
  east_m: number;
  north_m: number;
}

const radian = Math.PI / 180;
/** Inverter, wiring, dirt, haze and mismatch together. */
const performance = 0.8;

export function planeOf(asset: Asset, lat: number, [east_m, north_m]: [number, number]): Plane {
  const { tilt_deg, azimuth_deg } = asset.properties;
  return {
    capacity_kW: asset.capacity_kW ?? (asset.area_m2 > 0 ? 0.18 * asset.area_m2 : 100),
    tilt_rad: radian * numberOr(tilt_deg, asset.at === undefined ? Math.min(30, Math.abs(lat)) : 10),
    azimuth_rad: radian * numberOr(azimuth_deg, lat >= 0 ? 180 : 0),
    east_m,
    north_m,
  };
}

/** W/m² on the horizontal under the clouds: Kasten & Czeplak (1980). */
export function horizontal_WPerM2(weather: Weather, cloud: number): number {
  return weather.clear_WPerM2 * (1 - 0.75 * cloud ** 3.4);
}

/** kW of a plane: beam by the angle of incidence, uniform sky light, a little from the ground, less when the cells are hot. */
export function solar_kW(climate: Climate, plane: Plane, weather: Weather): number {
  if (weather.sunAltitude_deg <= 0) return 0;
  const cloud = cloudAt(climate, weather, plane.east_m, plane.north_m);
  const global = horizontal_WPerM2(weather, cloud);
  const diffuse = global * clamp(0.18 + 0.9 * cloud, 0, 1);
  const up = Math.sin(weather.sunAltitude_deg * radian);
  const flat = Math.cos(weather.sunAltitude_deg * radian);
  const facing = Math.cos(weather.sunAzimuth_deg * radian - plane.azimuth_rad);
  const incidence = up * Math.cos(plane.tilt_rad) + flat * Math.sin(plane.tilt_rad) * facing;
  // Near the horizon the ratio gets very large although there is hardly any beam, so it is limited.
  const beam = (global - diffuse) * Math.min(4, Math.max(0, incidence) / Math.max(up, 0.05));
  const sky = (diffuse * (1 + Math.cos(plane.tilt_rad))) / 2 + (0.2 * global * (1 - Math.cos(plane.tilt_rad))) / 2;
  const onPlane = beam + sky;
  const cell_C = weather.temperature_C + 0.03 * onPlane;
  const power = ((plane.capacity_kW * onPlane) / 1000) * performance * (1 - 0.004 * (cell_C - 25));
  return clamp(power, 0, plane.capacity_kW);
}

/** kW of a turbine: nothing below 3 m/s, rated from 12 m/s, off above 25 m/s, by the cube in between. */
export function wind_kW(capacity_kW: number, wind_mPerS: number): number {
  if (wind_mPerS < 3 || wind_mPerS > 25) return 0;
  if (wind_mPerS >= 12) return capacity_kW;
  return (capacity_kW * (wind_mPerS ** 3 - 27)) / (1728 - 27);
}

export function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
