/** The only list of all kinds of asset. A new kind needs its own file, its line here, and its form in client/scene/kinds. */
import { namesOf } from '../languages.ts';
import { airCompressor } from './air-compressor.ts';
import { battery } from './battery.ts';
import { boiler } from './boiler.ts';
import { building } from './building.ts';
import { chiller } from './chiller.ts';
import { chp } from './chp.ts';
import { coolingTower } from './cooling-tower.ts';
import { electrolyser } from './electrolyser.ts';
import { evCharger } from './ev-charger.ts';
import { fuelCell } from './fuel-cell.ts';
import { gasConnection } from './gas-connection.ts';
import { gasifier } from './gasifier.ts';
import { gridConnection } from './grid-connection.ts';
import { heatPump } from './heat-pump.ts';
import type { Kind } from './kind.ts';
import { plant } from './plant.ts';
import { plot } from './plot.ts';
import { pv } from './pv.ts';
import { substation } from './substation.ts';
import { tank } from './tank.ts';
import { thermalStore } from './thermal-store.ts';
import { wind } from './wind.ts';

export const kindTable = {
  building,
  plant,
  substation,
  gridConnection,
  gasConnection,
  pv,
  wind,
  battery,
  chp,
  fuelCell,
  boiler,
  heatPump,
  chiller,
  thermalStore,
  evCharger,
  electrolyser,
  coolingTower,
  tank,
  plot,
  airCompressor,
  gasifier,
} as const satisfies Record<string, Kind>;

export type AssetKind = keyof typeof kindTable;
export const assetKinds = Object.keys(kindTable) as AssetKind[];

export function kindRow(kind: AssetKind): Kind {
  return kindTable[kind];
}

export const kindNames = namesOf(kindTable);
