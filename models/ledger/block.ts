/**
 * The ledger's data: columns of whole numbers over consecutive intervals (or days), kept per owner (an asset, or the
 * park as a whole). Wh and mg are integers, so that parts and totals agree exactly and sums do not depend on order
 * (METHODS 5); 2^53 mg are nine million tonnes. NaN is unknown, 0 is zero. Rounded cumulatively from local midnight
 * (whole-rows.ts): one entry may be off by up to 1, and a whole day also only by up to 1.
 *
 * Columns of an asset (energies of a port that was not known are NaN):
 *   <port>.Wh          energy through the port             <port>.mg       carbon that it carried
 *   energy.Wh          energy behind the asset's intensity  carbon.mg       its carbon: intensity = carbon.mg / energy.Wh (g/kWh = mg/Wh);
 *                      of a storage: what it gave (what it holds is level.mg / level.Wh)
 *   estimated.Wh       of energy.Wh: estimated, modelled or spread
 *   from.<kind>.Wh     of energy.Wh: origin by source kind; sums to energy.Wh exactly where origin is known
 *   attributed.mg      end uses, of ports that are known    stack.mg        converters' chimneys
 *   level.Wh level.mg  storage: what it holds at the interval's end (not summed: a day's is its last)
 *   residual.Wh        storage: drift of its meters
 *
 * Columns of the park (owner ''):
 *   import.Wh export.Wh onsite.Wh consumption.Wh           electricity
 *   consumption.mg renewable.Wh from.<kind>.Wh             of consumption.Wh
 *   purchased.<carrier>.Wh                                 gross import by carrier
 *   stack.mg imported.mg otherInjected.mg = attributed.mg + unmetered.mg + exported.mg + storageChange.mg + losses.mg (exactly)
 *   unmetered.<asset>/<carrier>.Wh                         + a load, − a source; asset `*` where no rest was declared
 *   losses.<carrier>.Wh                                    of lines with a stated loss
 *   scope1.mg          fuel burnt on site: stack.mg plus fuel burnt by end uses. METHODS 5 counts process emissions and
 *                      leaks (CH4) as well, which nothing here accounts: a report says so
 *   scope2Location.mg  Σ gross import · grid factor of the interval, bought heat and cooling included
 *   scope2Location.<carrier>.mg                            of it: heat, cooling, steam, where they are bought
 *                      (no Scopes in the life-cycle set: they are inventories of direct emissions)
 *   importLifecycle.mg the same import with life-cycle factors, where the grid has one
 *   biogenic.mg        CO2 memo, outside totals
 *   carbonFree.Wh      own carbon-free generation         gridCarbonFree.Wh   carbon-free part of import.Wh
 *   cfeMatched.Wh      hour by hour (METHODS 5); kept at the first interval of its hour
 *   estimated.Wh       of consumption.Wh
 *   netLoad.Wh grossLoad.Wh                                what park.yaml's siteLoad names; gross else consumption.Wh
 *   flagged            1 where a reading of the interval carries its source's flag, or meters contradict each other
 *   intervals          1: sums to the number of accounted intervals
 */
export interface Block {
  /** Starts of the rows, ms since 1970, ascending. */
  times: Float64Array;
  columns: Map<string, Float64Array>;
}

/** A block's sums per period: the known values are summed; `known` counts the intervals behind each sum. */
export interface SummedBlock {
  /** Local dates `2019-11-03`, months `2019-11`, years `2019`, or hours as ISO 8601 UTC. */
  periods: string[];
  /** Start of each period, ms. */
  times: Float64Array;
  columns: Map<string, Float64Array>;
  known: Map<string, Float64Array>;
  /** Accounted intervals in each period, and how many the period has (92, 96, 100 …). */
  intervals: Float64Array;
  expected: Float64Array;
}

/** The park itself as an owner of columns. */
export const parkOwner = '';

/** Columns that are inventories: a period's value is its last known, not a sum. */
export function isLevel(column: string): boolean {
  return column === 'level.Wh' || column === 'level.mg';
}
