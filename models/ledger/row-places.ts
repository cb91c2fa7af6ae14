/** The shape of a row: which columns a park's ledger has, for which owners. */

import type { Compiled } from '../carbon/step.ts';
import type { FactorSet, Park } from '../park/park.ts';
import type { Bindings } from '../telemetry/bindings.ts';
import type { Calendar } from '../time/calendar.ts';
import type { ParkSums } from './port-groups.ts';

/** An owner's part of a row: columns[i] stands at first + i. */
export interface OwnerColumns {
  id: string;
  first: number;
  columns: string[];
}

/** Places in a row; −1 where the asset has no such column. */
export interface AssetPlaces {
  /** Ports behind energy.Wh: what an end use takes, what a plant or storage gives. */
  energyPorts: number[];
  loads: number[];
  energy: number;
  attributed: number;
  stack: number;
  level: number;
}

/** Where everything of a park stands in a row of its ledger; −1 where there is none. */
export interface RowPlaces {
  park: Park;
  set: FactorSet;
  compiled: Compiled;
  bindings: Bindings;
  calendar: Calendar;
  hours: number;
  /** The park first, then its assets that have ports, in its order. */
  owners: OwnerColumns[];
  /** Length of a row. */
  size: number;
  /** Source kinds that can occur here, as indices: the order of every group of `from` columns. */
  kinds: Uint8Array;
  /** Place of `<port>.Wh`, by port; `<port>.mg` follows it. */
  portAt: Int32Array;
  assets: AssetPlaces[];
  /** Park columns by name. */
  total: ReadonlyMap<string, number>;
  /** Node → place of its unmetered rest. */
  unmeteredAt: Int32Array;
  sums: ParkSums;
}
