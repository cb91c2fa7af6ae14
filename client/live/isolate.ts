/** Singling out a part of the park: a kind, a carrier, a tenant, a class of floor area. The rest becomes ghosts. */

import { type Carrier, carriers } from '../../models/carriers.ts';
import { kindRow } from '../../models/kinds/kinds.ts';
import type { ParkView } from '../../models/park/document.ts';
import { carrierOf } from '../../models/units.ts';
import { useView } from './view.ts';

export const isolations = ['kind', 'carrier', 'tenant', 'area'] as const;
export type Isolation = (typeof isolations)[number];

/** In an address `kind:pv`, `carrier:heat`, `tenant:acme`, `area:1000-5000`. */
export interface Only {
  by: Isolation;
  value: string;
}

export interface Group extends Only {
  /** Assets in it. */
  count: number;
}

type Assets = Pick<ParkView, 'assets'>;
type Asset = ParkView['assets'][number];

/** Lower ends of the classes of floor area, m²; the last has no upper end. */
const areas = [0, 1_000, 5_000, 25_000] as const;

/** Class of a floor area, or null for what has no floors. */
export function areaClass(floorArea_m2: number): string | null {
  if (!(floorArea_m2 > 0)) return null;
  const i = areas.findLastIndex((low) => floorArea_m2 >= low);
  return areaClasses[i] ?? null;
}
/** `0-1000` … `25000-`. */
export const areaClasses = areas.map((low, i) => `${low}-${areas[i + 1] ?? ''}`);

/** Everything an asset counts as. */
function valuesOf(asset: Asset, by: Isolation): readonly string[] {
  if (by === 'kind') return [asset.kind];
  if (by === 'carrier') return [...new Set(asset.ports.map(carrierOf))];
  if (by === 'tenant') return asset.tenant === undefined ? [] : [asset.tenant];
  // Plants, tanks and panels have a footprint, but nobody rents their floors.
  const found = kindRow(asset.kind).floors === 'let' ? areaClass(asset.floorArea_m2) : null;
  return found === null ? [] : [found];
}

function orderOf(by: Isolation): readonly string[] {
  return by === 'carrier' ? carriers : by === 'area' ? areaClasses : [];
}

/** What can be singled out: carriers and areas in their order, kinds and tenants by number. */
export function groupsOf(park: Assets, by: Isolation): Group[] {
  const counts = new Map<string, number>();
  for (const asset of park.assets) for (const value of valuesOf(asset, by)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const order = orderOf(by);
  return [...counts]
    .map(([value, count]) => ({ by, value, count }))
    .sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value) || b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Assets and lines that stay: lines of the carrier, or those between two assets that stay. */
export function litBy(park: Pick<ParkView, 'assets' | 'lines'>, only: Only): ReadonlySet<string> {
  const lit = new Set<string>();
  for (const asset of park.assets) if (valuesOf(asset, only.by).includes(only.value)) lit.add(asset.id);
  const between = park.lines.filter((line) =>
    only.by === 'carrier' ? line.carrier === (only.value as Carrier) : lit.has(line.from) && lit.has(line.to),
  );
  for (const line of between) lit.add(line.id);
  return lit;
}

export function onlyText({ by, value }: Only): string {
  return `${by}:${value}`;
}

/** Null when it is no part of this park. */
export function readOnly(park: Assets, text: string | null): Only | null {
  const [by, ...rest] = text?.split(':') ?? [];
  const value = rest.join(':');
  const found = isolations.find((one) => one === by);
  if (!found || !park.assets.some((asset) => valuesOf(asset, found).includes(value))) return null;
  return { by: found, value };
}

/** Singles out, or (null) shows everything again. */
export function isolate(only: Only | null): void {
  const { park } = useView.getState();
  useView.setState({ only, lit: only && park ? litBy(park, only) : null, ...(only ? { follow: null } : {}) });
}
