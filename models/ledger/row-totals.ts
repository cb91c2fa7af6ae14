/**
 * Fills the entries of a row that are sums of others, in the same way for exact rows and for whole rows, so that parts add
 * up to totals in whole numbers.
 */
import { arraysOf } from '../carbon/compiled-arrays.ts';
import { f64, i32 } from '../typed-arrays.ts';
import type { LedgerSchema } from './ledger-schema.ts';

export function sumAssets(schema: LedgerSchema, row: Float64Array): void {
  for (const { energy, energyPorts, attributed, loads } of schema.assets) {
    if (energy >= 0) {
      row[energy] = sumOfPorts(schema, row, energyPorts, 0);
      row[energy + 1] = sumOfPorts(schema, row, energyPorts, 1);
    }
    if (attributed >= 0) row[attributed] = sumOfPorts(schema, row, loads, 1);
  }
}

/** stack + imported + other injected = attributed + unmetered + exported + Δstorage + losses, exactly. */
export function sumPark(schema: LedgerSchema, row: Float64Array): void {
  const { compiled, total, sums } = schema;
  const { byRole, electricByRole } = arraysOf(compiled);
  const get = (name: string) => f64(row, total.get(name) as number);
  const put = (name: string, value: number) => {
    const at = total.get(name);
    if (at !== undefined) row[at] = value;
  };
  const consumption = sumOfPorts(schema, row, electricByRole.load, 0);
  put('import.Wh', allPorts(schema, row, electricByRole.import, 0));
  put('export.Wh', allPorts(schema, row, electricByRole.export, 0));
  put('onsite.Wh', sumOfPorts(schema, row, sums.onsite, 0));
  put('consumption.Wh', consumption);
  put('consumption.mg', sumOfPorts(schema, row, electricByRole.load, 1));
  for (const { name, ports } of sums.purchased) put(name, allPorts(schema, row, ports, 0));
  put('carbonFree.Wh', sumOfPorts(schema, row, sums.carbonFree, 0));
  if (schema.park.siteLoad?.gross === undefined) put('grossLoad.Wh', consumption);

  let stack = 0;
  for (const at of sums.stacks) stack += f64(row, at);
  const attributed = sumOfPorts(schema, row, byRole.load, 1);
  const exported = sumOfPorts(schema, row, byRole.export, 1);
  const storageChange = sumOfPorts(schema, row, byRole.charge, 1) - sumOfPorts(schema, row, byRole.discharge, 1);
  put('stack.mg', stack);
  put('attributed.mg', attributed);
  put('exported.mg', exported);
  put('storageChange.mg', storageChange);
  const comesIn = stack + get('imported.mg') + get('otherInjected.mg');
  put('losses.mg', comesIn - attributed - exported - storageChange - get('unmetered.mg'));
  put('scope1.mg', stack + sumOfPorts(schema, row, sums.burning, 1));
  put('scope2Location.mg', allPorts(schema, row, sums.scope2, 1));
  for (const { name, ports } of sums.scope2Others) put(name, allPorts(schema, row, ports, 1));
  // In the life-cycle set, the import with life-cycle factors is the carbon that its ports carry.
  if (schema.set === 'lifecycle' && sums.scope2.length > 0) put('importLifecycle.mg', allPorts(schema, row, sums.scope2, 1));
}

/**
 * Sum over the ports whose energy is known: `of` 0 their Wh, 1 their mg. NaN where none is known, or where one that carries
 * energy carries unknown carbon. The flow through an unknown port is part of the unmetered rest.
 */
function sumOfPorts({ portAt }: LedgerSchema, row: Float64Array, ports: ArrayLike<number>, of: 0 | 1): number {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < ports.length; i++) {
    const at = i32(portAt, ports[i] as number);
    if (Number.isNaN(row[at])) continue;
    known++;
    sum += f64(row, at + of);
  }
  return known > 0 || ports.length === 0 ? sum : Number.NaN;
}

/** Sum over all ports: of Wh (0) or mg (1). If one meter of the park's connection is unknown, the sum is too. */
function allPorts({ portAt }: LedgerSchema, row: Float64Array, ports: ArrayLike<number>, of: 0 | 1): number {
  let sum = 0;
  for (let i = 0; i < ports.length; i++) sum += f64(row, i32(portAt, ports[i] as number) + of);
  return sum;
}
