/** A park while it is generated: assets, lines, context and meters, in metres along the park's own axes. */

import { type Carrier, isFuel } from '../carriers.ts';
import type { AssetKind } from '../kinds/kinds.ts';
import type { ContextKind, Text } from '../park/park.ts';
import type { PortId } from '../units.ts';
import type { Dice } from './dice.ts';
import { areaOf, type FootprintOutline } from './footprints.ts';
import type { Uv } from './street-grid.ts';

export interface DraftAsset {
  id: string;
  kind: AssetKind;
  /** One or several outlines, or a point. */
  areas: FootprintOutline[] | null;
  centre: Uv;
  properties: Record<string, unknown>;
  ports: PortId[];
}

export interface DraftLine {
  id: string;
  carrier: Carrier;
  from: string;
  to: string;
  loss: number;
  course: Uv[];
  open: boolean;
  name?: Text;
  /** Meter at its `from` end. */
  metered: boolean;
}

export interface DraftContext {
  kind: ContextKind;
  properties: Record<string, unknown>;
  geometry: { type: 'Polygon'; rings: Uv[][] } | { type: 'LineString'; line: Uv[] } | { type: 'MultiPoint'; points: Uv[] };
}

export interface Draft {
  /** Number of assets wanted; the park never gets more. */
  wanted: number;
  dice: Dice;
  /** Angle of the park's own axes against north, counter-clockwise. */
  turn_deg: number;
  assets: DraftAsset[];
  byId: Map<string, DraftAsset>;
  lines: DraftLine[];
  context: DraftContext[];
  tenants: { id: string; name: Text; sector: string }[];
  unmetered: { asset: string; carrier: Carrier; name: Text }[];
  /** kW at the peak by `asset/port`. */
  peaks: Map<string, number>;
  /** How many of each sort there are so far, for ids. */
  counts: Map<string, number>;
}

export function createDraft(wanted: number, dice: Dice, turn_deg: number): Draft {
  return {
    wanted,
    dice,
    turn_deg,
    assets: [],
    byId: new Map(),
    lines: [],
    context: [],
    tenants: [],
    unmetered: [],
    peaks: new Map(),
    counts: new Map(),
  };
}

export const room = (draft: Draft) => draft.wanted - draft.assets.length;

/** The next id of a sort: hall-1, hall-2 … */
export function nextId(draft: Draft, sort: string): string {
  const n = (draft.counts.get(sort) ?? 0) + 1;
  draft.counts.set(sort, n);
  return `${sort}-${n}`;
}

export function addAsset(
  draft: Draft,
  id: string,
  kind: AssetKind,
  at: { areas: FootprintOutline[] } | { centre: Uv },
  ports: Partial<Record<PortId, number>>,
  properties: Record<string, unknown>,
): DraftAsset {
  const areas = 'areas' in at ? at.areas : null;
  const made: DraftAsset = {
    id,
    kind,
    areas,
    centre: 'centre' in at ? at.centre : middleOf(at.areas),
    properties,
    ports: Object.keys(ports) as PortId[],
  };
  for (const [port, kW] of Object.entries(ports)) draft.peaks.set(`${id}/${port}`, kW);
  draft.assets.push(made);
  draft.byId.set(id, made);
  return made;
}

/** About 1 % a kilometre for a cable, four times that for heat and cooling. Fuel has no loss: leaks are not accounted. */
function lossOf(carrier: Carrier, length_m: number): number {
  if (isFuel(carrier)) return 0;
  const perMetre = carrier === 'heat' || carrier === 'cooling' ? 4e-5 : 1e-5;
  return Math.round(Math.min(0.08, perMetre * length_m) * 1e5) / 1e5;
}

export function addLine(draft: Draft, carrier: Carrier, from: string, to: string, course: Uv[], more: Partial<DraftLine> = {}): DraftLine {
  const line: DraftLine = {
    id: `${carrier}-${from}-${to}`,
    carrier,
    from,
    to,
    loss: lossOf(carrier, lengthOf(course)),
    course: course.filter((p, i) => i === 0 || distance(p, course[i - 1] as Uv) > 0.05),
    open: false,
    metered: false,
    ...more,
  };
  draft.lines.push(line);
  return line;
}

function middleOf(areas: readonly FootprintOutline[]): Uv {
  const points = areas.flatMap((area) => area[0] ?? []);
  const span = (k: 0 | 1) => points.reduce(([low, high], p) => [Math.min(low, p[k]), Math.max(high, p[k])] as const, [Infinity, -Infinity]);
  const [u, v] = [span(0), span(1)];
  return [((u[0] as number) + (u[1] as number)) / 2, ((v[0] as number) + (v[1] as number)) / 2];
}

export const footprint_m2 = (area: FootprintOutline) => area.reduce((m2, ring, i) => m2 + (i === 0 ? 1 : -1) * areaOf(ring), 0);
const distance = (a: Uv, b: Uv) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const lengthOf = (course: readonly Uv[]) => course.reduce((m, p, i) => m + (i === 0 ? 0 : distance(p, course[i - 1] as Uv)), 0);
