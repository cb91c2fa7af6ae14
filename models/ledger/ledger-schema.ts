/**
 * The columns of a park's ledger and their places: a row is one flat array for all owners, block.ts describes what is in
 * it. Made once per park build.
 */

import { type Meant, meantOf } from '../carbon/asset-meaning.ts';
import { compile } from '../carbon/compile.ts';
import { factorsAt } from '../carbon/factors.ts';
import type { Compiled } from '../carbon/step.ts';
import { type SourceKind, sourceKinds } from '../energy-sources.ts';
import { factorSetOf, type Park } from '../park/park.ts';
import { bind } from '../telemetry/bindings.ts';
import { createCalendar } from '../time/calendar.ts';
import { i32, u8 } from '../typed-arrays.ts';
import { carrierOf } from '../units.ts';
import { parkOwner } from './block.ts';
import { isScope2, parkSums } from './port-groups.ts';
import type { AssetPlaces, OwnerColumns, RowPlaces } from './row-places.ts';
import { type Rounding, roundingOf } from './row-rounding.ts';

export interface LedgerSchema extends RowPlaces {
  rounding: Rounding;
}

export function createLedgerSchema(park: Park, compiled: Compiled = compile(park)): LedgerSchema {
  const bindings = bind(compiled);
  const kinds = kindsOf(compiled);
  const meant = meantOf(compiled);
  const owners: OwnerColumns[] = [];
  let size = 0;
  const own = (id: string, columns: string[]): number => {
    const first = size;
    owners.push({ id, first, columns });
    size += columns.length;
    return first;
  };

  const fromColumns = Array.from(kinds, (k) => `from.${sourceKinds[k] as SourceKind}.Wh`);
  const totals = totalColumns(compiled, fromColumns);
  own(parkOwner, totals.columns);
  const total = new Map(totals.columns.map((name, i) => [name, i]));

  const portAt = new Int32Array(compiled.ports.length).fill(-1);
  const assets = park.assets.map((asset, a): AssetPlaces => {
    const ports = compiled.assetPorts[a] as number[];
    const energyPorts = energyPortsOf(meant[a] as Meant);
    const places: AssetPlaces = { energyPorts, loads: (meant[a] as Meant).loads, energy: -1, attributed: -1, stack: -1, level: -1 };
    if (ports.length === 0) return places;
    const columns: string[] = [];
    for (const p of ports) {
      portAt[p] = size + columns.length;
      const port = compiled.ports[p]?.port as string;
      columns.push(`${port}.Wh`, `${port}.mg`);
    }
    const add = (...names: string[]) => size + columns.push(...names) - names.length;
    if (energyPorts.length > 0) places.energy = add('energy.Wh', 'carbon.mg', 'estimated.Wh', ...fromColumns);
    if (places.loads.length > 0) places.attributed = add('attributed.mg');
    if (i32(compiled.assetConverter, a) >= 0) places.stack = add('stack.mg');
    if (i32(compiled.assetStore, a) >= 0) places.level = add('level.Wh', 'level.mg', 'residual.Wh');
    own(asset.id, columns);
    return places;
  });

  const schema: Omit<LedgerSchema, 'rounding'> = {
    park,
    set: factorSetOf(park),
    compiled,
    bindings,
    calendar: createCalendar(park),
    hours: park.interval_s / 3600,
    owners,
    size,
    kinds,
    portAt,
    assets,
    total,
    unmeteredAt: totals.unmeteredAt,
    sums: parkSums(compiled, assets),
  };
  return { ...schema, rounding: roundingOf(schema) };
}

function energyPortsOf({ meaning, loads, outs }: Meant): number[] {
  if (meaning === 'consumption') return loads;
  return meaning === 'passing' || meaning === 'none' ? [] : outs;
}

function kindsOf(compiled: Compiled): Uint8Array {
  const { kind } = factorsAt(compiled, 0);
  const gives = new Set(['import', 'generation', 'product']);
  const found = new Set<number>([sourceKinds.indexOf('unmetered')]);
  for (const [p, port] of compiled.ports.entries()) if (gives.has(port.role)) found.add(u8(kind, p));
  if (compiled.stores.length > 0) found.add(sourceKinds.indexOf('storage'));
  return Uint8Array.from([...found].sort((a, b) => a - b));
}

/** Stands for the asset in the column of a carrier's undeclared unmetered rests. */
const undeclared = '*';

function totalColumns(compiled: Compiled, fromColumns: string[]): { columns: string[]; unmeteredAt: Int32Array } {
  const { park, nodes, ports } = compiled;
  const direct = factorSetOf(park) === 'direct';
  const carriers = [...new Set(nodes.map((node) => node.carrier))];
  const imported = carriers.filter((c) => ports.some((p) => p.role === 'import' && carrierOf(p.port) === c));
  const lossy = carriers.filter((c) => park.lines.some((line) => line.carrier === c && line.loss > 0));
  const columns = [
    'import.Wh',
    'export.Wh',
    'onsite.Wh',
    'consumption.Wh',
    'consumption.mg',
    'estimated.Wh',
    'renewable.Wh',
    ...fromColumns,
    ...imported.map((c) => `purchased.${c}.Wh`),
    'stack.mg',
    'imported.mg',
    'otherInjected.mg',
    'attributed.mg',
    'unmetered.mg',
    'exported.mg',
    'storageChange.mg',
    'losses.mg',
    ...lossy.map((c) => `losses.${c}.Wh`),
    ...(direct ? ['scope1.mg', 'scope2Location.mg'] : []),
    ...(direct ? imported.filter((c) => c !== 'electricity' && isScope2(c)).map((c) => `scope2Location.${c}.mg`) : []),
    'importLifecycle.mg',
    'biogenic.mg',
    'carbonFree.Wh',
    'gridCarbonFree.Wh',
    'cfeMatched.Wh',
    'netLoad.Wh',
    'grossLoad.Wh',
    'flagged',
    'intervals',
  ];
  const unmeteredAt = new Int32Array(nodes.length);
  const place = (name: string) => {
    const at = columns.indexOf(name);
    return at >= 0 ? at : columns.push(name) - 1;
  };
  for (const [u, rest] of park.unmetered.entries()) {
    unmeteredAt[i32(compiled.unmeteredNode, u)] = place(`unmetered.${rest.asset}/${rest.carrier}.Wh`);
  }
  for (const [n, { carrier }] of nodes.entries()) {
    const declared = compiled.unmeteredNode.includes(n);
    if (!declared) unmeteredAt[n] = place(`unmetered.${undeclared}/${carrier}.Wh`);
  }
  return { columns, unmeteredAt };
}
