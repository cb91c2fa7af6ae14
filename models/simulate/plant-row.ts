/** How the simulator runs a converter, by its kind. */
import type { SimulatedPlant } from '../kinds/kind.ts';
import { type AssetKind, kindRow } from '../kinds/kinds.ts';

/** For an asset with a conversion in the park folder whose kind is not a converter. */
const unusual: SimulatedPlant = { turn: 3, swing: 2 };

export function plantRow(kind: AssetKind): SimulatedPlant {
  const row = kindRow(kind);
  return row.role === 'converter' ? row.plant : unusual;
}
