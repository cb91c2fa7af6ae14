/** Ranking of end uses by tenant, use or asset. */

import type { ParkView } from '../../models/api/park-view.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import type { Text } from '../../models/park/park.ts';
import { textOfUse } from '../locales/building-uses.ts';
import { sumOf } from './quality.ts';
import { ratio } from './series-model.ts';

export const rankGroups = ['tenant', 'use', 'asset'] as const;
export type RankGroup = (typeof rankGroups)[number];
export const rankMeasures = ['carbon', 'energy', 'intensity'] as const;
export type RankMeasure = (typeof rankMeasures)[number];

export interface Ranked {
  id: string;
  /** Name of the group; null for assets without a tenant or without a stated use. */
  name: Text | null;
  assets: string[];
  energy_kWh: number;
  carbon_kg: number;
  gPerKwh: number | null;
  /** All of them use heat, cooling or steam: their scale ends at half. */
  heat: boolean;
  /** Estimated part of its energy. */
  estimated: number;
}

/** End uses: assets that take energy without passing it on. A plant's carbon is in its customers' figures. */
export function endUses(park: Pick<ParkView, 'assets'>): ParkView['assets'] {
  return park.assets.filter(({ meaning }) => meaning === 'consumption');
}

/** End uses in groups, the largest first; groups with an unknown value come last. */
export function ranking(park: Pick<ParkView, 'assets' | 'metadata'>, answer: SeriesAnswer, group: RankGroup, by: RankMeasure): Ranked[] {
  const groups = new Map<string, { name: Text | null; assets: string[]; heat: boolean; Wh: number; mg: number; estimated: number }>();
  for (const asset of endUses(park)) {
    const columns = answer.owners[asset.id]?.columns;
    if (!columns) continue;
    const Wh = sumOf(columns['energy.Wh']);
    const mg = sumOf(columns['attributed.mg']);
    if (Number.isNaN(Wh)) continue;
    const { id, name } = groupOf(park, asset, group);
    const known = groups.get(id) ?? { name, assets: [], heat: true, Wh: 0, mg: 0, estimated: 0 };
    groups.set(id, known);
    known.assets.push(asset.id);
    known.heat &&= asset.scale === 'half';
    known.Wh += Wh;
    // One unknown factor makes the group's carbon unknown (NaN) instead of too small.
    known.mg += mg;
    const estimated = sumOf(columns['estimated.Wh']);
    if (!Number.isNaN(estimated)) known.estimated += estimated;
  }
  const value = (one: Ranked) => (by === 'carbon' ? one.carbon_kg : by === 'energy' ? one.energy_kWh : (one.gPerKwh ?? Number.NaN));
  return [...groups]
    .map(([id, { name, assets, heat, Wh, mg, estimated }]) => ({
      id,
      name,
      assets,
      heat,
      energy_kWh: Wh / 1000,
      carbon_kg: mg / 1e6,
      gPerKwh: Number.isNaN(mg) ? null : ratio(mg, Wh),
      estimated: Wh > 0 ? estimated / Wh : Number.NaN,
    }))
    .sort((a, b) => Number(Number.isNaN(value(a))) - Number(Number.isNaN(value(b))) || value(b) - value(a));
}

/** The grouping shown first: by tenants if the park has any, else by uses if most end uses state one, else by assets. */
export function usualGroup(park: Pick<ParkView, 'assets' | 'metadata'>): RankGroup {
  if (park.metadata.tenants.length > 0) return 'tenant';
  const users = endUses(park);
  return users.filter(({ use }) => use !== undefined).length * 2 > users.length ? 'use' : 'asset';
}

function groupOf(
  { metadata }: Pick<ParkView, 'metadata'>,
  asset: ParkView['assets'][number],
  group: RankGroup,
): { id: string; name: Text | null } {
  if (group === 'asset') return { id: asset.id, name: asset.name };
  if (group === 'tenant') {
    if (asset.tenant === undefined) return { id: '', name: null };
    return { id: asset.tenant, name: metadata.tenants.find(({ id }) => id === asset.tenant)?.name ?? { en: asset.tenant } };
  }
  const use = asset.use ?? '';
  return { id: use, name: use === '' ? null : textOfUse(use) };
}
