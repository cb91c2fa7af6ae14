/**
 * Units and ports, used by every other file. Carriers are rows of carriers.ts.
 *
 * Inside the twin power is kW, energy kWh, intensity gCO2e/kWh, emission rate kgCO2e/h, time
 * milliseconds since 1970 (UTC). Other units are converted once, at the entrance.
 */
import type { Carrier } from './carriers.ts';

/** `in` = from the network into the asset, `out` = from the asset into the network. */
export type Direction = 'in' | 'out';
export type PortId = `${Carrier}.${Direction}`;

export function portId(carrier: Carrier, direction: Direction): PortId {
  return `${carrier}.${direction}`;
}

export function carrierOf(port: PortId): Carrier {
  return port.slice(0, port.lastIndexOf('.')) as Carrier;
}

export function directionOf(port: PortId): Direction {
  return port.endsWith('.in') ? 'in' : 'out';
}

/** Units a point may be measured in. Volume and mass need `kWhPerUnit` (a heating value, an enthalpy). */
export const units = [
  'W',
  'kW',
  'MW',
  'Wh',
  'kWh',
  'MWh',
  'MJ',
  'GJ',
  'GJ/h',
  'm3',
  'm3/h',
  'Nm3',
  'Nm3/h',
  't',
  't/h',
  'gCO2e/kWh',
  'degC',
  '%',
  '1',
] as const;
export type Unit = (typeof units)[number];

/** kW per one unit of a power unit, kWh per one unit of an energy unit; null where a factor must be given. */
const kWhPer: Record<Unit, number | null> = {
  W: 0.001,
  kW: 1,
  MW: 1000,
  Wh: 0.001,
  kWh: 1,
  MWh: 1000,
  MJ: 1 / 3.6,
  GJ: 1000 / 3.6,
  'GJ/h': 1000 / 3.6,
  m3: null,
  'm3/h': null,
  Nm3: null,
  'Nm3/h': null,
  t: null,
  't/h': null,
  'gCO2e/kWh': null,
  degC: null,
  '%': null,
  '1': null,
};

const amountUnits: ReadonlySet<Unit> = new Set(['Wh', 'kWh', 'MWh', 'MJ', 'GJ', 'm3', 'Nm3', 't']);
const rateUnits: ReadonlySet<Unit> = new Set(['W', 'kW', 'MW', 'GJ/h', 'm3/h', 'Nm3/h', 't/h']);

/** True for units of an amount (energy, volume, mass): what registers and energy readings count. */
export function isAmount(unit: Unit): boolean {
  return amountUnits.has(unit);
}

/** True for units of a rate (power, volume per hour, mass per hour). */
export function isRate(unit: Unit): boolean {
  return rateUnits.has(unit);
}

/**
 * The factor that turns a value in `unit` into kW (rates) or kWh (amounts).
 * `kWhPerUnit` is the heating value (LHV) of a m³, the enthalpy of a tonne, or the electricity that a Nm³ of compressed air
 * took; it is required for units of volume and mass.
 * Throws when the unit is not of energy or power, or the factor it needs is missing.
 */
export function toKilo(unit: Unit, kWhPerUnit?: number): number {
  if (!isAmount(unit) && !isRate(unit)) throw new Error(`"${unit}" is not a unit of energy or power`);
  const factor = kWhPer[unit] ?? kWhPerUnit;
  if (factor === undefined) throw new Error(`"${unit}" needs kWhPerUnit: the kWh in one ${unit.replace('/h', '')}`);
  return factor;
}
