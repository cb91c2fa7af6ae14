/** Source kind of a port that gives energy, where the park does not state it. */
import { carrierRow } from '../carriers.ts';
import type { SourceKind } from '../energy-sources.ts';
import { carrierOf, type PortId } from '../units.ts';
import { kindRow } from './kinds.ts';
import { type Hub, roleOf } from './roles.ts';

/** The one of the asset's kind, else the one of an import of its carrier; only an import can be of the kind `grid`. */
export function sourceKindOf(hub: Hub, port: PortId): SourceKind {
  const { generates } = kindRow(hub.kind);
  if (generates !== undefined) return generates;
  const { importKind } = carrierRow(carrierOf(port));
  return importKind === 'grid' && roleOf(hub, port) !== 'import' ? 'other' : importKind;
}
