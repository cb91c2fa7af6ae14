/** Numbers with their units as a person reads them. Unknown (NaN) is a dash, never zero. */

import { type Language, locales } from '../../models/languages.ts';
import type { Unit } from '../../models/units.ts';

export const dash = '–';

/** A number and its unit apart, so that a panel can set them in different sizes. */
export interface Amount {
  value: string;
  unit: string;
}

export interface Formats {
  power(kW: number): Amount;
  /** The same to two figures, for a sentence, so that it changes less often. */
  roughly(kW: number): Amount;
  energy(kWh: number): Amount;
  intensity(gPerKwh: number): Amount;
  emissionRate(kgPerH: number): Amount;
  /** Mass of CO2e. */
  mass(kg: number): Amount;
  share(fraction: number): string;
  /** A whole percent out of several that sum to 100 (models/rounding.ts); 0 is written as less than one. */
  percent(whole: number): string;
  /** A plain count or size. */
  number(value: number, unit?: string, digits?: number): string;
  /** An age or a duration: seconds in the largest unit that fits. */
  span(seconds: number): string;
  clock(ms: number, timeZone: string, seconds: boolean): string;
  date(ms: number, timeZone: string): string;
  unitName(unit: Unit): string;
}

const made = new Map<Language, Formats>();

/** Digits after the point for about three significant figures. */
function digits(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return 0;
  return size >= 10 ? 1 : 2;
}

export function formatsIn(language: Language): Formats {
  const known = made.get(language);
  if (known) return known;
  const locale = locales[language].formats;
  const cache = new Map<string, Intl.NumberFormat>();
  const numbers = (count: number, options: Intl.NumberFormatOptions = {}) => {
    const key = `${count}${options.style ?? ''}${options.unit ?? ''}`;
    let format = cache.get(key);
    if (!format) {
      format = new Intl.NumberFormat(locale, { minimumFractionDigits: count, maximumFractionDigits: count, ...options });
      cache.set(key, format);
    }
    return format;
  };
  /** Rounds first, so that 99.96 does not become "100.0", and never shows "-0". */
  const plain = (value: number, most = 2) => {
    const count = Math.min(most, digits(value));
    const rounded = Number(value.toFixed(count));
    return numbers(Math.min(count, digits(rounded))).format(rounded === 0 ? 0 : rounded);
  };
  const scaled = (value: number, steps: readonly (readonly [number, string])[], most = 2): Amount => {
    const smallest = steps.at(-1);
    if (Number.isNaN(value)) return { value: dash, unit: '' };
    const step = steps.find(([size]) => Math.abs(value) >= size) ?? smallest;
    if (!step) return { value: plain(value, most), unit: '' };
    return { value: plain(value / step[0], most), unit: step[1] };
  };
  const times = new Map<string, Intl.DateTimeFormat>();
  const time = (timeZone: string, options: Intl.DateTimeFormatOptions) => {
    const key = timeZone + JSON.stringify(options);
    let format = times.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
      times.set(key, format);
    }
    return format;
  };
  const spans = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;

  const powers = [
    [1e6, 'GW'],
    [1000, 'MW'],
    [1, 'kW'],
  ] as const;
  const twoFigures = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });

  const formats: Formats = {
    // At most one decimal below 1000 kW: the last digits of a meter reading are noise.
    power: (kW) => scaled(Math.abs(kW) < 0.05 ? 0 * kW : kW, powers, Math.abs(kW) < 1000 ? 1 : 2),
    roughly: (kW) => {
      if (Number.isNaN(kW)) return { value: dash, unit: '' };
      // Rounds first, so that 999.6 kW is 1 MW.
      const rounded = Math.abs(kW) < 0.05 ? 0 : Number(kW.toPrecision(2));
      const [size, unit] = powers.find(([least]) => Math.abs(rounded) >= least) ?? powers[2];
      return { value: twoFigures.format(rounded / size), unit };
    },
    energy: (kWh) =>
      scaled(kWh, [
        [1e6, 'GWh'],
        [1000, 'MWh'],
        [1, 'kWh'],
      ]),
    intensity: (g) => (Number.isNaN(g) ? { value: dash, unit: '' } : { value: plain(g, 0), unit: 'gCO₂e/kWh' }),
    emissionRate: (kg) =>
      scaled(
        kg,
        [
          [1000, 'tCO₂e/h'],
          [1, 'kgCO₂e/h'],
        ],
        Math.abs(kg) < 1000 ? 1 : 2,
      ),
    mass: (kg) =>
      scaled(kg, [
        [1e6, 'ktCO₂e'],
        [1000, 'tCO₂e'],
        [1, 'kgCO₂e'],
      ]),
    share: (fraction) => {
      if (Number.isNaN(fraction)) return dash;
      return numbers(fraction > 0 && fraction < 0.01 ? 1 : 0, { style: 'percent' }).format(fraction);
    },
    percent: (whole) => {
      if (Number.isNaN(whole)) return dash;
      const text = numbers(0, { style: 'percent' }).format(Math.max(whole, 1) / 100);
      return whole === 0 ? `<${text}` : text;
    },
    number: (value, unit, most = 2) => (Number.isNaN(value) ? dash : `${plain(value, most)}${unit ? ` ${unit}` : ''}`),
    span: (seconds) => {
      if (Number.isNaN(seconds)) return dash;
      const at = Math.max(0, seconds);
      const [size, unit] = spans.find(([size]) => at >= size) ?? ([1, 'second'] as const);
      return numbers(0, { style: 'unit', unit, unitDisplay: 'narrow' }).format(Math.floor(at / size));
    },
    clock: (ms, timeZone, seconds) =>
      Number.isNaN(ms)
        ? dash
        : time(timeZone, { hour: '2-digit', minute: '2-digit', ...(seconds ? { second: '2-digit' } : {}), hourCycle: 'h23' }).format(ms),
    date: (ms, timeZone) =>
      Number.isNaN(ms) ? '' : time(timeZone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(ms),
    unitName: (unit) =>
      ({ m3: 'm³', 'm3/h': 'm³/h', Nm3: 'Nm³', 'Nm3/h': 'Nm³/h', degC: '°C', 'gCO2e/kWh': 'gCO₂e/kWh', '1': '' })[unit as string] ?? unit,
  };
  made.set(language, formats);
  return formats;
}
