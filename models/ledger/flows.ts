/**
 * Energy and carbon of a period as one graph of flows: sources → carriers and conversions → uses, export, storage,
 * losses and unmetered rests. Made from the ledger's own port columns, in whole Wh and mg: at every carrier and
 * conversion inflow equals outflow exactly. Nodes never form a circle (a Sankey diagram cannot show one): storages
 * appear twice, with the energy put in and the energy taken out.
 */

import type { Compiled, CompiledPort } from '../carbon/step.ts';
import type { Carrier } from '../carriers.ts';
import type { Asset } from '../park/park.ts';
import { carrierOf } from '../units.ts';
import { type Book, openBook } from './flow-book.ts';
import type { CarrierRest, FlowNode, Flows } from './flow-graph.ts';

export const useGroups = ['tenant', 'use', 'kind', 'asset'] as const;
export type UseGroup = (typeof useGroups)[number];

/** Owner ('' is the park) → ledger column → its sum over the period; absent or NaN is unknown. */
export type ColumnSums = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function flowsOf(compiled: Compiled, sums: ColumnSums, group: UseGroup = 'tenant'): Flows {
  const book = openBook();
  const unknown: string[] = [];
  for (const port of compiled.ports) {
    const asset = compiled.park.assets[port.asset] as Asset;
    const Wh = sums.get(asset.id)?.get(`${port.port}.Wh`) ?? Number.NaN;
    if (Number.isNaN(Wh)) {
      unknown.push(`${asset.id}/${port.port}`);
      continue;
    }
    enter(book, compiled, port, asset, group, Wh, sums.get(asset.id)?.get(`${port.port}.mg`) ?? Number.NaN);
  }
  book.closeConversions();
  const park = sums.get('') ?? new Map<string, number>();
  for (const carrier of book.carriers()) book.closeCarrier(carrier, slackOf(park, carrier), compiled.park.losses === 'separate');
  return { ...book.flows(), unknown };
}

function enter(book: Book, compiled: Compiled, port: CompiledPort, asset: Asset, group: UseGroup, Wh: number, mg: number): void {
  const carrier = carrierOf(port.port);
  const { park } = compiled;
  switch (port.role) {
    case 'import':
    case 'generation':
      book.bring({ kind: 'source', ref: park.sources[port.source]?.sourceKind ?? 'other' }, carrier, Wh, mg);
      break;
    case 'discharge':
      book.bring({ kind: 'released', ref: asset.kind }, carrier, Wh, mg);
      break;
    case 'charge':
      book.take(carrier, { kind: 'stored', ref: asset.kind }, Wh, mg);
      break;
    case 'export':
      book.take(carrier, { kind: 'export', ref: carrier }, Wh, mg);
      break;
    case 'load':
      book.take(carrier, groupOf(compiled, asset, group), Wh, mg);
      break;
    case 'input':
      book.convert(asset.kind, carrier, 'in', Wh, mg);
      break;
    case 'product':
      book.convert(asset.kind, carrier, 'out', Wh, mg);
      break;
  }
}

function groupOf({ park }: Compiled, asset: Asset, group: UseGroup): Omit<FlowNode, 'id'> {
  if (group === 'asset') return { kind: 'use', ref: `asset:${asset.id}`, name: asset.name };
  if (group === 'tenant' && asset.tenant !== undefined) {
    const tenant = park.tenants.find(({ id }) => id === asset.tenant);
    return { kind: 'use', ref: `tenant:${asset.tenant}`, name: tenant?.name ?? { en: asset.tenant } };
  }
  if (group !== 'kind' && asset.use !== undefined) return { kind: 'use', ref: `use:${asset.use}` };
  return { kind: 'use', ref: `kind:${asset.kind}` };
}

function slackOf(park: ReadonlyMap<string, number>, carrier: Carrier): CarrierRest {
  let load = 0;
  let source = 0;
  for (const [column, Wh] of park) {
    if (!column.startsWith('unmetered.') || !column.endsWith(`/${carrier}.Wh`) || Number.isNaN(Wh)) continue;
    if (Wh > 0) load += Wh;
    else source -= Wh;
  }
  const losses = park.get(`losses.${carrier}.Wh`) ?? Number.NaN;
  return { load, source, losses: losses > 0 ? losses : 0 };
}
