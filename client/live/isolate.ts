/** Singling out a part of the park: a kind, a carrier, a tenant, a class of floor area, a mark. The rest is drawn as ghosts. */

import type { ParkView } from '../../models/api/park-view.ts';
import { type Carrier, carriers } from '../../models/carriers.ts';
import { kindRow } from '../../models/kinds/kinds.ts';
import { type CountedMark, carries, countedMarks, outside } from '../../models/telemetry/marks.ts';
import { carrierOf } from '../../models/units.ts';
import type { Isolation, Only } from './choices.ts';
import { isolations, useChoices } from './choices.ts';
import { type MarksNow, marksNow } from './marks-now.ts';
import { subscribe } from './mirror.ts';

export interface Group extends Only {
  /** Number of assets in it. */
  count: number;
}

type Assets = Pick<ParkView, 'assets'>;
type Asset = ParkView['assets'][number];

/** Lower ends of the classes of floor area, m²; the last has no upper end. */
const areas = [0, 1_000, 5_000, 25_000] as const;

/** Class of a floor area, or null where there is none. */
export function areaClass(floorArea_m2: number): string | null {
  if (!(floorArea_m2 > 0)) return null;
  const i = areas.findLastIndex((low) => floorArea_m2 >= low);
  return areaClasses[i] ?? null;
}
/** `0-1000` … `25000-`. */
export const areaClasses = areas.map((low, i) => `${low}-${areas[i + 1] ?? ''}`);

/** All groups of one sort that an asset belongs to. */
function valuesOf(asset: Asset, by: Isolation, now: MarksNow | null): readonly string[] {
  if (by === 'mark') return countedMarks.filter((mark) => carries(now?.of.get(asset.id) ?? outside, mark));
  if (by === 'kind') return [asset.kind];
  if (by === 'carrier') return [...new Set(asset.ports.map(carrierOf))];
  if (by === 'tenant') return asset.tenant === undefined ? [] : [asset.tenant];
  // Plants, tanks and panels have a footprint, but their floors are not let.
  const found = kindRow(asset.kind).floors === 'let' ? areaClass(asset.floorArea_m2) : null;
  return found === null ? [] : [found];
}

function orderOf(by: Isolation): readonly string[] {
  return { carrier: carriers, area: areaClasses, mark: countedMarks, kind: [], tenant: [] }[by];
}

/** Groups that can be singled out: carriers, areas and marks in their fixed order, kinds and tenants by number of assets. */
export function groupsOf(park: Assets, by: Isolation, now = marksNow()): Group[] {
  const counts = new Map<string, number>();
  for (const asset of park.assets) for (const value of valuesOf(asset, by, now)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const order = orderOf(by);
  return [...counts]
    .map(([value, count]) => ({ by, value, count }))
    .sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value) || b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Ids of the assets that stay, and of lines of the carrier or between two of them. Null (all stay) while no mark is known. */
export function litBy(park: Pick<ParkView, 'assets' | 'lines'>, only: Only, now = marksNow()): ReadonlySet<string> | null {
  if (only.by === 'mark' && now === null) return null;
  const lit = new Set<string>();
  for (const asset of park.assets) if (valuesOf(asset, only.by, now).includes(only.value)) lit.add(asset.id);
  const between = park.lines.filter((line) =>
    only.by === 'carrier' ? line.carrier === (only.value as Carrier) : lit.has(line.from) && lit.has(line.to),
  );
  for (const line of between) lit.add(line.id);
  return lit;
}

export function onlyText({ by, value }: Only): string {
  return `${by}:${value}`;
}

/** Null when this park has no such group. */
export function readOnly(park: Assets, text: string | null): Only | null {
  const [by, ...rest] = text?.split(':') ?? [];
  const value = rest.join(':');
  // A mark is accepted although no asset carries it now: that may change within a minute.
  if (by === 'mark') return countedMarks.includes(value as CountedMark) ? { by, value } : null;
  const found = isolations.find((one) => one === by);
  if (!found || !park.assets.some((asset) => valuesOf(asset, found, null).includes(value))) return null;
  return { by: found, value };
}

/** Singles out a group; null shows everything again. */
export function isolate(only: Only | null): void {
  const { park } = useChoices.getState();
  useChoices.setState({ only, lit: only && park ? litBy(park, only) : null, ...(only ? { follow: null } : {}) });
}

/** Keeps the assets singled out by a mark in step with the marks; returns a function that stops it. */
export function followMarks(park: ParkView): () => void {
  let seen = -1;
  return subscribe(() => {
    const { only, follow } = useChoices.getState();
    // Following the carbon sets `lit` itself; when it ends, the group is singled out again.
    if (only?.by !== 'mark' || follow !== null) return;
    const now = marksNow();
    if (now === null || now.version === seen) return;
    seen = now.version;
    useChoices.setState({ lit: litBy(park, only, now) });
  });
}
