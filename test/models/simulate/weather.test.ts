import { describe, expect, it } from 'vitest';
import { chargingProfile } from '../../../models/simulate/charging.ts';
import { bell, hash, wave } from '../../../models/simulate/noise.ts';
import { type Plane, solar_kW, wind_kW } from '../../../models/simulate/renewables.ts';
import { activity, shifts } from '../../../models/simulate/shapes.ts';
import { clearSky_WPerM2, cloudAt, weatherAt } from '../../../models/simulate/weather.ts';
import { dayKind, localTime, workingDaysOf } from '../../../models/simulate/working-days.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';

const hour = 3_600_000;
const day = 24 * hour;
const jiangsu = { lon: 120.7, lat: 31.85, seed: 3 };
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const series = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));

describe('noise', () => {
  it('is even, smooth and the same each time', () => {
    const values = series(4000, (i) => hash(5, i));
    expect(mean(values)).toBeCloseTo(0.5, 1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(wave(5, 12.34)).toBe(wave(5, 12.34));
    for (let x = 0; x < 20; x += 0.01) expect(Math.abs(wave(5, x + 0.01) - wave(5, x))).toBeLessThan(0.04);
    expect(Math.abs(mean(series(4000, (i) => bell(7, i))))).toBeLessThan(0.05);
  });
});

describe('weather', () => {
  it('has a clear sky of about 1000 W/m² under a high sun and none below the horizon', () => {
    expect(clearSky_WPerM2(80)).toBeGreaterThan(950);
    expect(clearSky_WPerM2(80)).toBeLessThan(1098);
    expect(clearSky_WPerM2(-1)).toBe(0);
  });

  it('is warm in July and cold in January, the other way round in the south', () => {
    const month = (lat: number, m: number) =>
      mean(series(31 * 8, (i) => weatherAt({ ...jiangsu, lat }, Date.UTC(2026, m, 1) + i * 3 * hour, false).temperature_C));
    expect(month(31.85, 6) - month(31.85, 0)).toBeGreaterThan(15);
    expect(month(31.85, 0)).toBeGreaterThan(-5);
    expect(month(31.85, 6)).toBeLessThan(35);
    expect(month(-33, 0)).toBeGreaterThan(month(-33, 6) + 10);
  });

  it('blows about as much as was asked for, sometimes hard, sometimes not at all', () => {
    const winds = series(3000, (i) => weatherAt({ ...jiangsu, meanWind_mPerS: 6 }, i * 3 * hour, true).wind_mPerS);
    expect(mean(winds)).toBeGreaterThan(5);
    expect(mean(winds)).toBeLessThan(7);
    expect(Math.min(...winds)).toBeLessThan(2);
    expect(Math.max(...winds)).toBeGreaterThan(11);
  });

  it('lets clouds drift: two roofs see the same cloud at different times', () => {
    const at = (time: number, east_m: number) => cloudAt(jiangsu, { ...weatherAt(jiangsu, time, true), cloud: 0.5 }, east_m, 0);
    const noon = Date.UTC(2026, 5, 3, 4);
    // 800 m along the drift are 80 s of 8 m/s in the direction of 0.8 east.
    expect(at(noon, 800)).toBeCloseTo(at(noon + 80_000, 0), 9);
    expect(new Set(series(60, (i) => at(noon + i * 60_000, 0).toFixed(1))).size).toBeGreaterThan(3);
  });
});

describe('renewables', () => {
  const plane = (azimuth_deg: number, tilt_deg = 20): Plane => ({
    capacity_kW: 100,
    tilt_rad: (tilt_deg * Math.PI) / 180,
    azimuth_rad: (azimuth_deg * Math.PI) / 180,
    east_m: 0,
    north_m: 0,
  });
  const sunny = (time: number) => ({ ...weatherAt(jiangsu, time, false), cloud: 0.1 });

  it('make more of the morning when they face east, of the year when they face south', () => {
    const morning = sunny(Date.parse('2026-06-03T08:00+08:00'));
    expect(solar_kW(jiangsu, plane(90), morning)).toBeGreaterThan(1.15 * solar_kW(jiangsu, plane(270), morning));
    const winterNoon = sunny(Date.parse('2026-12-20T12:00+08:00'));
    expect(solar_kW(jiangsu, plane(180), winterNoon)).toBeGreaterThan(1.3 * solar_kW(jiangsu, plane(0), winterNoon));
  });

  it('yield some 1,200 kWh a year per kWp in Jiangsu', () => {
    const kWh = series(365 * 24, (h) => solar_kW(jiangsu, plane(180), weatherAt(jiangsu, Date.UTC(2026, 0, 1) + h * hour, false))).reduce(
      (a, b) => a + b,
      0,
    );
    expect(kWh / 100).toBeGreaterThan(1000);
    expect(kWh / 100).toBeLessThan(1450);
  });

  it('turn from 3 m/s, fully at 12, not in a storm', () => {
    expect([2.9, 3, 12, 20, 25.1].map((v) => wind_kW(3000, v))).toEqual([0, 0, 3000, 3000, 0]);
    expect(wind_kW(3000, 8)).toBeGreaterThan(600);
    expect(wind_kW(3000, 8)).toBeLessThan(1200);
  });
});

describe('days and shifts', () => {
  const workingDays = workingDaysOf('CN', zoneOffset('Asia/Shanghai'), ['2026-06-09']);
  const kindOf = (date: string) => dayKind(workingDays, Date.parse(`${date}T00:00Z`) / day);

  it('know weekends, public holidays and the park’s own', () => {
    expect(kindOf('2026-06-03')).toBe('work');
    expect(kindOf('2026-06-06')).toBe('saturday');
    expect(kindOf('2026-06-07')).toBe('rest');
    expect(kindOf('2026-10-01')).toBe('rest');
    expect(kindOf('2026-02-17')).toBe('rest');
    expect(kindOf('2026-06-09')).toBe('rest');
  });

  it('never jump, not even at midnight between a work day and a day off', () => {
    for (const shift of shifts) {
      const values = series(8 * 288, (i) => activity(shift, localTime(workingDays, Date.parse('2026-06-03T00:00+08:00') + i * 300_000)));
      const jumps = values.slice(1).map((value, i) => Math.abs(value - (values[i] as number)));
      expect(Math.min(...values)).toBeGreaterThan(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
      expect(Math.max(...jumps), shift).toBeLessThan(0.08);
    }
  });

  it('bring cars to the posts, never more than there are', () => {
    const posts = { seed: 1, posts: 20, perPost_kW: 7 };
    const work = chargingProfile(posts, workingDays, Date.parse('2026-06-03T00:00Z') / day);
    const rest = chargingProfile(posts, workingDays, Date.parse('2026-06-07T00:00Z') / day);
    expect(Math.max(...work)).toBeLessThanOrEqual(140);
    expect(mean([...work])).toBeGreaterThan(1.3 * mean([...rest]));
    expect(work[3 * 60]).toBe(0);
  });
});
