/** Storage inventories between intervals, in whole Wh and mg: accounting the same readings again gives exactly the same ones. */
import type { Level } from '../carbon/step.ts';
import { type SourceKind, sourceKinds } from '../energy-sources.ts';

export function roundLevel(level: Level): Level {
  const rounded: Level = {
    energy_kWh: thousandths(level.energy_kWh),
    carbon_g: thousandths(level.carbon_g),
    byKind: roundKinds(level.byKind, thousandths),
  };
  if (level.last) rounded.last = { gPerKwh: thousandths(level.last.gPerKwh), byKind: roundKinds(level.last.byKind, millionths) };
  return rounded;
}

function roundKinds(byKind: Level['byKind'], round: (value: number) => number): Level['byKind'] {
  const rounded: Partial<Record<SourceKind, number>> = {};
  for (const kind of sourceKinds) {
    const value = byKind[kind];
    if (value === undefined) continue;
    const whole = round(value);
    if (whole !== 0) rounded[kind] = whole;
  }
  return rounded;
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function millionths(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
