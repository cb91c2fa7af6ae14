/** Sun, drifting clouds, temperature and wind at a place: plausible, seeded, and a pure function of time. */
import { getPosition } from 'suncalc';
import { seedOf, wave } from './noise.ts';

export interface Weather {
  /** Degrees above the horizon, and clockwise from north. */
  sunAltitude_deg: number;
  sunAzimuth_deg: number;
  /** On the horizontal under a clear sky, W/m². */
  clear_WPerM2: number;
  /** Fraction of the sky that is cloud, over the whole park. */
  cloud: number;
  temperature_C: number;
  /** At hub height. */
  wind_mPerS: number;
  time: number;
  /** False leaves out what changes within minutes: for means of a quarter-hour. */
  fine: boolean;
}

export interface Climate {
  lon: number;
  lat: number;
  seed: number;
  /** Settings of the park; undefined leaves the defaults of the latitude. */
  meanTemperature_C?: number;
  meanWind_mPerS?: number;
}

const hour_ms = 3_600_000;
const year_ms = 365.2422 * 24 * hour_ms;

export function weatherAt(climate: Climate, time: number, fine: boolean): Weather {
  const { lon, lat } = climate;
  const { altitude, azimuth } = getPosition(new Date(time), lat, lon);
  const cloud = cloudiness(climate, time);
  return {
    sunAltitude_deg: altitude,
    sunAzimuth_deg: azimuth,
    clear_WPerM2: clearSky_WPerM2(altitude),
    cloud,
    temperature_C: temperature_C(climate, time, cloud),
    wind_mPerS: wind_mPerS(climate, time, fine),
    time,
    fine,
  };
}

/** Haurwitz (1945): global horizontal irradiance under a clear sky. */
export function clearSky_WPerM2(altitude_deg: number): number {
  const up = Math.sin((altitude_deg * Math.PI) / 180);
  return up <= 0 ? 0 : 1098 * up * Math.exp(-0.057 / up);
}

/** Weather systems pass in about three days, cumulus builds and fades within hours. */
function cloudiness({ seed }: Climate, time: number): number {
  const hours = time / hour_ms;
  const system = wave(seedOf(seed, 'front'), hours / 40);
  const day = wave(seedOf(seed, 'cumulus'), hours / 5);
  return clamp(0.6 + 0.6 * system + 0.25 * day, 0, 1);
}

/**
 * Fraction of cloud before the sun as seen from one place: a pattern that drifts over the park with the wind, strongest
 * when the sky is half covered. `east_m`, `north_m` are metres from the park's place.
 */
export function cloudAt(climate: Climate, weather: Weather, east_m: number, north_m: number): number {
  const { cloud, time, fine } = weather;
  if (!fine) return cloud;
  // Cumulus drifts at about 8 m/s from the south-east; a cloud is some 600 m long.
  const along_m = 0.8 * east_m - 0.6 * north_m + (8 * time) / 1000;
  const pattern = 0.7 * wave(seedOf(climate.seed, 'cloud'), along_m / 600) + 0.3 * wave(seedOf(climate.seed, 'wisp'), along_m / 150);
  return clamp(cloud + 1.6 * cloud * (1 - cloud) * pattern, 0, 1);
}

/** Seasons by latitude and hemisphere, warmest late in July (January in the south) and at 15 h solar time. */
function temperature_C(climate: Climate, time: number, cloud: number): number {
  const { lon, lat, seed } = climate;
  const mean = climate.meanTemperature_C ?? 28 - 0.38 * Math.abs(lat);
  const season = Math.cos((2 * Math.PI * (time - 204 * 24 * hour_ms)) / year_ms) * Math.sign(lat);
  const solarHour = (time / hour_ms + lon / 15) % 24;
  const daily = Math.cos((2 * Math.PI * (solarHour - 15)) / 24);
  const spell = 4 * wave(seedOf(seed, 'spell'), time / (60 * hour_ms)) + wave(seedOf(seed, 'breeze'), time / (4 * hour_ms));
  return mean + 0.38 * Math.abs(lat) * season + (5.5 - 3.5 * cloud) * daily + spell;
}

/** Weibull with shape 2 (Rayleigh), driven by noise of several lengths; gusts only where fine detail is asked for. */
function wind_mPerS({ seed, meanWind_mPerS = 6.2 }: Climate, time: number, fine: boolean): number {
  const hours = time / hour_ms;
  const slow = 1.15 * wave(seedOf(seed, 'gale'), hours / 30) + 0.8 * wave(seedOf(seed, 'wind'), hours / 7);
  const gust = fine ? 0.22 * wave(seedOf(seed, 'gust'), hours * 30) + 0.12 * wave(seedOf(seed, 'flurry'), hours * 240) : 0;
  // Logistic curve in place of the normal distribution function; close enough between ±3.
  const u = 1 / (1 + Math.exp(-1.702 * 1.35 * (slow + gust)));
  const scale = meanWind_mPerS / 0.8862;
  return scale * Math.sqrt(-Math.log(1 - Math.min(u, 0.9999)));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
