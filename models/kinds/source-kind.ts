/** Which kind of source a port that gives is, where the park does not say. */
import { carrierRow } from '../carriers.ts';
import type { SourceKind } from '../source-kinds.ts';
import { carrierOf, type PortId } from '../units.ts';
import { kindRow } from './kinds.ts';
import { type Hub, roleOf } from './roles.ts';

/** Its own kind's, else as its carrier says of an import; only what is imported can be of the grid. */
export function sourceKindOf(hub: Hub, port: PortId): SourceKind {
  const { generates } = kindRow(hub.kind);
  if (generates !== undefined) return generates;
  const { importKind } = carrierRow(carrierOf(port));
  return importKind === 'grid' && roleOf(hub, port) !== 'import' ? 'other' : importKind;
}
