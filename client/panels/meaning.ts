/** What an asset's intensity is the intensity of (METHODS 1); the panel says which. */
import type { AssetProperties } from '../../models/park/document.ts';
import { directionOf } from '../../models/units.ts';

export type Meaning = 'consumption' | 'output' | 'stored' | 'imported' | 'none';

export function meaningOf(asset: Pick<AssetProperties, 'kind' | 'ports' | 'storage' | 'conversion'>): Meaning {
  if (asset.storage) return 'stored';
  if (asset.kind === 'gridConnection' || asset.kind === 'gasConnection') return 'imported';
  if (asset.ports.length === 0) return 'none';
  if (asset.conversion || !asset.ports.some((port) => directionOf(port) === 'in')) return 'output';
  return 'consumption';
}
