/**
 * What moves or grows in the picture, and by which formula. Every motion shows a measurement, so each has a scale that a
 * person can read; scene and help use the same functions. NaN gives NaN or 0: nothing moves for an unknown value.
 */

/** Metres a second of the pulses on a line: ten times the power is twice the speed; 16 m/s at 1 MW. 0 at rest or unknown. */
export function pulseSpeed(power_kW: number): number {
  const p = Math.abs(power_kW);
  if (!(p > 0.05)) return 0;
  return Math.min(60, 2 * p ** Math.log10(2));
}

/** Half the width of a line, metres; grows with the square root of its rating, as cables and pipes do; 0.42 if none is given. */
export function halfWidth(capacity_kW: number | undefined): number {
  if (capacity_kW === undefined) return 0.42;
  return Math.min(1.3, 0.28 + Math.sqrt(capacity_kW / 1000) * 0.19);
}

/** Turns a minute of a wind turbine: 5 when it begins, 14 at rated power; 0 without output and when unknown. */
export function rotorSpeed(power_kW: number, rated_kW: number): number {
  return power_kW > 1 ? 5 + 9 * Math.min(1, power_kW / rated_kW) : 0;
}

/** Metres that a chimney's plume rises: four times the emission is twice the height; 44 m at 1 t/h. 0 when unknown. */
export function flueHeight(emission_kgPerH: number): number {
  return emission_kgPerH > 1 ? Math.min(180, 1.4 * Math.sqrt(emission_kgPerH)) : 0;
}

/** Metres that the steam of one cooling cell rises: four times the heat is twice the height; 28 m at 1 MW. 0 when unknown. */
export function steamHeight(heat_kW: number): number {
  return heat_kW > 5 ? Math.min(90, 0.9 * Math.sqrt(heat_kW)) : 0;
}

/** A car charges at about this power, kW. */
export const carPower_kW = 7;

/** Number of bays with a car: each charges at about 7 kW; at the rating all bays have one. 0 without power and when unknown. */
export function carsCharging(power_kW: number, bays: number, rated_kW: number | undefined): number {
  if (!(power_kW > 0.5)) return 0;
  const full_kW = Math.max(carPower_kW, Math.min(carPower_kW * bays, rated_kW ?? carPower_kW * bays));
  return Math.ceil(Math.min(1, power_kW / full_kW) * bays);
}
