/** What each kind of asset is unless the folder says otherwise. Whatever is taken from here is flagged as assumed. */
import type { Carrier, PortId } from '../units.ts';
import { carrierOf, directionOf, fuels } from '../units.ts';
import type { AssetKind, Conversion } from './park.ts';

export interface KindDefault {
  ports: PortId[];
  /** Typical height, for a picture only. */
  height_m: number;
}

export const kindDefaults: Record<AssetKind, KindDefault> = {
  building: { ports: ['electricity.in'], height_m: 8 },
  plant: { ports: ['electricity.in'], height_m: 12 },
  substation: { ports: [], height_m: 4 },
  gridConnection: { ports: ['electricity.out'], height_m: 6 },
  gasConnection: { ports: ['gas.out'], height_m: 3 },
  pv: { ports: ['electricity.out'], height_m: 2 },
  wind: { ports: ['electricity.out'], height_m: 110 },
  battery: { ports: ['electricity.in', 'electricity.out'], height_m: 3 },
  chp: { ports: ['gas.in', 'electricity.out', 'heat.out'], height_m: 14 },
  fuelCell: { ports: ['gas.in', 'electricity.out'], height_m: 4 },
  boiler: { ports: ['gas.in', 'heat.out'], height_m: 9 },
  heatPump: { ports: ['electricity.in', 'heat.out'], height_m: 6 },
  chiller: { ports: ['electricity.in', 'cooling.out'], height_m: 6 },
  thermalStore: { ports: ['heat.in', 'heat.out'], height_m: 18 },
  evCharger: { ports: ['electricity.in'], height_m: 4 },
  electrolyser: { ports: ['electricity.in', 'hydrogen.out'], height_m: 5 },
  coolingTower: { ports: [], height_m: 12 },
  tank: { ports: [], height_m: 10 },
  plot: { ports: [], height_m: 0.1 },
};

/** Height of photovoltaic tables above the roof they stand on. */
export const roofPvHeight_m = 0.5;
/** A storey of which only the number is known. */
export const storey_m = 3.5;

/** Kinds that only make sense with a tank. */
export const storingKinds: ReadonlySet<AssetKind> = new Set(['battery', 'thermalStore']);
export const convertingKinds: ReadonlySet<AssetKind> = new Set(['chp', 'fuelCell', 'boiler', 'heatPump', 'chiller', 'electrolyser']);

/**
 * Proportions of a converter by its kind and ports, LHV: typical mid-size plants, assumed until the folder gives its own.
 * Gas engine .40/.45, condensing boiler .92, fuel cell .50/.30, electrolyser .65, heat pump COP 3.5, compression chiller 5,
 * absorption chiller .7. Null where the ports are unusual: the folder has to say.
 */
export function defaultConversion(kind: AssetKind, ports: readonly PortId[]): Conversion | null {
  const side = (direction: 'in' | 'out') => ports.filter((p) => directionOf(p) === direction).map(carrierOf);
  const inputs = side('in');
  const outputs = side('out');
  const fuel = inputs.find((c) => fuels.has(c));
  const given = (proportions: Partial<Record<Carrier, number>>, feeds: Partial<Record<Carrier, number>>): Conversion | null => {
    const known = outputs.every((c) => proportions[c] !== undefined) && inputs.every((c) => feeds[c] !== undefined);
    if (!known || inputs.length === 0 || outputs.length === 0) return null;
    return { inputs: only(feeds, inputs), outputs: only(proportions, outputs) };
  };
  switch (kind) {
    case 'chp':
      return fuel === undefined ? null : given({ electricity: 0.4, [outputs.includes('heat') ? 'heat' : 'steam']: 0.45 }, { [fuel]: 1 });
    case 'boiler':
      return given({ [outputs.includes('heat') ? 'heat' : 'steam']: 0.92 }, { [fuel ?? 'electricity']: 1 });
    case 'fuelCell':
      return fuel === undefined ? null : given({ electricity: 0.5, heat: 0.3 }, { [fuel]: 1 });
    case 'electrolyser':
      return given({ hydrogen: 0.65, heat: 0.2, wasteHeat: 0.2 }, { electricity: 1 });
    case 'heatPump':
      return given({ heat: 3.5 }, { electricity: 1, wasteHeat: 2.5 });
    case 'chiller':
      return inputs.includes('heat') ? given({ cooling: 0.7 }, { heat: 1 }) : given({ cooling: 5, wasteHeat: 6 }, { electricity: 1 });
    default:
      return null;
  }
}

function only(all: Partial<Record<Carrier, number>>, carriers: readonly Carrier[]): Partial<Record<Carrier, number>> {
  return Object.fromEntries(carriers.map((c) => [c, all[c]])) as Partial<Record<Carrier, number>>;
}
