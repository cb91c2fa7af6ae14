/** Which sources are renewable whatever their factor says; of the grid it is the part that its factor states. */
import type { SourceKind } from '../park/park.ts';

const renewableKinds: ReadonlySet<SourceKind> = new Set(['solar', 'wind', 'biomass']);

export function isRenewable(kind: SourceKind): boolean {
  return renewableKinds.has(kind);
}
