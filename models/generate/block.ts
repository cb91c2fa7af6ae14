/** A block: two rows of plots along a service lane, a ring main unit and a heat station in it, and what stands on the plots. */

import type { Carrier } from '../carriers.ts';
import type { PortId } from '../units.ts';
import { plotWidths, type Quarter, usesOf } from './block-uses.ts';
import { addAsset, addLine, type Draft, type DraftAsset, footprint_m2, nextId, room } from './draft.ts';
import { type Box, circle, footprint, rectangle } from './footprints.ts';
import { tenantName } from './names.ts';
import { laneWidth, margin, pitch, type StreetBlock, type Uv } from './street-grid.ts';

/** The stations that supply a block. */
export interface Stations {
  electricity: string;
  /** The block's heat station, made when first needed; null where there is no heat, or no room for a station and a user. */
  heat: () => string | null;
  cooling: string | null;
  /** Pressure station of the district, and the course of a pipe from it to this lane. */
  gas: { from: string; course: readonly Uv[] } | null;
}

export const half = { u: pitch.u / 2 - margin, v: pitch.v / 2 - margin };
/** Metres from the middle of the lane to the lines of each carrier, which lie side by side. */
const beside: Partial<Record<Carrier, number>> = { electricity: 1.2, heat: -1, gas: -2.2, cooling: 2.3 };
/** Metres between a building and the lane (`yard`: where there are docks), and the street. */
const setback = { lane: 7, yard: 21, street: 5 };
type BuiltQuarter = keyof typeof usesOf;

/** A station beside the lane: a kiosk in which lines branch. */
export function addStation(
  draft: Draft,
  id: string,
  use: 'ringMainUnit' | 'transferStation' | 'gasStation',
  at: Uv,
  side = 2.8,
): DraftAsset {
  const name = {
    ringMainUnit: { en: 'Ring main unit', zh: '环网柜' },
    transferStation: { en: 'Transfer station', zh: '换热站' },
    gasStation: { en: 'Gas pressure station', zh: '调压站' },
  }[use];
  const number = id.slice(id.lastIndexOf('-') + 1);
  return addAsset(
    draft,
    id,
    'substation',
    { areas: [[rectangle([at[0] - side / 2, at[1] - side / 2, at[0] + side / 2, at[1] + side / 2])]] },
    {},
    { name: { en: `${name.en} ${number}`, zh: `${name.zh}${number}` }, use, height_m: 2.6 },
  );
}

/** Where the stations of a block stand: beside its lane, near the middle. */
export const stationPlace = ({ centre }: StreetBlock, carrier: 'electricity' | 'heat' | 'cooling'): Uv => [
  centre[0] + { electricity: -4, heat: 4, cooling: 12 }[carrier],
  centre[1] + laneWidth / 2 + 1.8,
];

/** Adds a line from a station along the lane to an asset beside it. */
function connect(draft: Draft, carrier: Carrier, station: string, asset: DraftAsset, lane_v: number, before: readonly Uv[] = []): void {
  const v = lane_v + (beside[carrier] ?? 0);
  const from = draft.byId.get(station) as DraftAsset;
  const edge = nearEdge(asset, lane_v);
  const shift = { electricity: 0, heat: 1.5, gas: -1.5, cooling: 3 }[carrier as 'heat'] ?? 0;
  const u = edge[0] + shift;
  const start: readonly Uv[] = before.length > 0 ? before : [from.centre, [from.centre[0], v]];
  addLine(draft, carrier, station, asset.id, [...start, [u, v], [u, edge[1]]]);
}

/** The point of an asset's outline that is nearest to the lane. */
function nearEdge(asset: DraftAsset, lane_v: number): Uv {
  const ring = asset.areas?.[0]?.[0];
  if (!ring) return asset.centre;
  let best: Uv = asset.centre;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] as Uv;
    const at: Uv = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const far = Math.abs(at[1] - lane_v);
    if (far >= least - 0.01) continue;
    least = far;
    best = at;
  }
  return best;
}

/** Fills the two rows of a block with plots; `rows` can leave one row free. */
export function fillPlots(
  draft: Draft,
  block: StreetBlock,
  quarter: BuiltQuarter,
  stations: Stations,
  rows: readonly (1 | -1)[] = [1, -1],
): void {
  const { dice } = draft;
  for (const row of rows) {
    let u = block.centre[0] - half.u;
    const end = block.centre[0] + half.u;
    let tenant: string | null = null;
    while (end - u > 18 && room(draft) > 0) {
      const [low, high] = plotWidths[quarter];
      let width = Math.min(end - u, dice.between(low, high));
      // The last plot takes a rest that would be too narrow for a plot.
      if (end - u - width < low * 0.7) width = end - u;
      const near = block.centre[1] + row * (laneWidth / 2);
      const far = block.centre[1] + row * half.v;
      const plot: Box = [u, Math.min(near, far), u + width, Math.max(near, far)];
      if (tenant === null || dice.chance(0.55)) tenant = addTenant(draft, quarter);
      fillPlot(draft, block, plot, row, quarter, tenant, stations);
      u += width;
    }
  }
}

function addTenant(draft: Draft, quarter: BuiltQuarter): string {
  const id = nextId(draft, 'tenant');
  const n = draft.counts.get(`tenants of ${quarter}`) ?? 0;
  draft.counts.set(`tenants of ${quarter}`, n + 1);
  draft.tenants.push({ id, name: tenantName(quarter, n), sector: quarter });
  return id;
}

function fillPlot(
  draft: Draft,
  block: StreetBlock,
  plot: Box,
  row: 1 | -1,
  quarter: BuiltQuarter,
  tenant: string,
  stations: Stations,
): void {
  const { dice } = draft;
  // Lines lead to every station, so its first plot must use them.
  const served = `served ${stations.electricity}`;
  const first = !draft.counts.has(served);
  draft.counts.set(served, 1);
  if (!first && dice.chance(0.035)) vacant(draft, plot);
  else if (!first && quarter === 'works' && dice.chance(0.09) && plot[2] - plot[0] > 24) tanks(draft, plot, tenant);
  else if (!first && quarter !== 'data' && dice.chance(quarter === 'works' ? 0.04 : 0.09)) charging(draft, block, plot, row, stations);
  else house(draft, block, plot, row, quarter, tenant, stations);
}

function house(draft: Draft, block: StreetBlock, plot: Box, row: 1 | -1, quarter: BuiltQuarter, tenant: string, stations: Stations): void {
  const { dice } = draft;
  const use = quarter === 'data' ? ((dice.chance(0.75) ? usesOf.data[0] : usesOf.data[1]) ?? usesOf.data[0]) : dice.pick(usesOf[quarter]);
  if (!use) return;
  const lane = use.docks === undefined ? setback.lane : setback.yard;
  const box = inside(plot, row, lane, dice.between(0.72, 1), [dice.between(3, 5), dice.between(3, 6)]);
  const outline = footprint(dice.pick(use.forms), box, dice);
  const floors = dice.whole(...use.floors);
  const m2 = footprint_m2(outline) * floors;
  const vigour = dice.between(0.6, 1.4);
  const kW = (perM2: number) => Math.max(1, Math.round((m2 * perM2 * vigour) / 1000));
  const peak: Partial<Record<Carrier, number>> = { electricity: kW(use.electricity) };
  const heat = use.heat > 0 ? stations.heat() : null;
  if (heat !== null) peak.heat = kW(use.heat);
  if (stations.cooling !== null && use.cooling > 0) peak.cooling = kW(use.cooling);
  if (stations.gas !== null && use.gas !== undefined) peak.gas = kW(use.gas);
  const id = nextId(draft, use.use);
  const number = id.slice(id.lastIndexOf('-') + 1);
  const owner = draft.tenants.find((t) => t.id === tenant)?.name;
  // Docks face the yard at the lane.
  const dockSide_deg = (row === 1 ? 180 : 360) - draft.turn_deg;
  const asset = addAsset(
    draft,
    id,
    quarter === 'works' && dice.chance(0.08) ? 'plant' : 'building',
    { areas: [outline] },
    Object.fromEntries(Object.entries(peak).map(([carrier, kW]) => [`${carrier}.in`, kW])) as Partial<Record<PortId, number>>,
    {
      name: { en: `${owner?.en}, ${use.name.en} ${number}`, zh: `${owner?.zh}${use.name.zh}${number}` },
      use: use.use,
      tenant,
      floors,
      height_m: Math.round(10 * (floors * use.storey_m + dice.between(0.4, 1.8))) / 10,
      roof: use.roof,
      peak,
      ...(use.process === undefined ? {} : { process: use.process }),
      ...(use.docks === undefined ? {} : { docks: Math.max(2, Math.round((footprint_m2(outline) / 1000) * use.docks)), dockSide_deg }),
    },
  );
  for (const carrier of Object.keys(peak) as Carrier[]) {
    if (carrier === 'gas') {
      if (stations.gas) connect(draft, 'gas', stations.gas.from, asset, block.centre[1], stations.gas.course);
      continue;
    }
    const station = carrier === 'heat' ? heat : carrier === 'cooling' ? stations.cooling : stations.electricity;
    if (station !== null) connect(draft, carrier, station, asset, block.centre[1]);
  }
  if (room(draft) > 0 && use.roof === 'flat' && dice.chance(use.pv)) roofPv(draft, asset, box);
}

/** The part of a plot that is built on. */
function inside(plot: Box, row: 1 | -1, lane: number, depth: number, sides: readonly [number, number]): Box {
  const from = row === 1 ? plot[1] + lane : plot[3] - lane;
  const most = plot[3] - plot[1] - lane - setback.street;
  const to = from + row * most * depth;
  return [plot[0] + sides[0], Math.min(from, to), plot[2] - sides[1], Math.max(from, to)];
}

/** Adds PV arrays over the largest rectangle that is surely on the roof. */
function roofPv(draft: Draft, house: DraftAsset, box: Box): void {
  const outline = house.areas?.[0];
  if (!outline) return;
  const [u0, v0, u1, v1] = box;
  const [w, d] = [u1 - u0, v1 - v0];
  const spots: Box[] = [
    [u0 + 2, v0 + 2, u1 - 2, v1 - 2],
    [u0 + 2, v0 + 2, u1 - 2, v0 + 0.34 * d],
    [u0 + 2, v1 - 0.34 * d, u1 - 2, v1 - 2],
    [u0 + 2, v0 + 2, u0 + 0.26 * w, v1 - 2],
    [u1 - 0.26 * w, v0 + 2, u1 - 2, v1 - 2],
    [u0 + 0.4 * w, v0 + 2, u0 + 0.6 * w, v1 - 2],
  ];
  const spot = spots.find((s) => s[2] - s[0] > 5 && s[3] - s[1] > 4 && within(s, outline));
  if (!spot) return;
  const peak = Math.round((spot[2] - spot[0]) * (spot[3] - spot[1]) * 0.16);
  addAsset(
    draft,
    `pv-${house.id}`,
    'pv',
    { areas: [[rectangle(spot)]] },
    { 'electricity.out': peak },
    {
      name: {
        en: `PV on ${(house.properties['name'] as { en: string }).en}`,
        zh: `${(house.properties['name'] as { zh: string }).zh}屋顶光伏`,
      },
      use: 'roofPv',
      at: house.id,
      tenant: house.properties['tenant'],
      height_m: 1,
      capacity_kW: peak,
      tilt_deg: 10,
      azimuth_deg: 180 - draft.turn_deg,
    },
  );
}

/** Whether the corners, the middles of the sides and the centre of a box all lie on the roof. */
function within([u0, v0, u1, v1]: Box, outline: readonly Uv[][]): boolean {
  const [u, v] = [(u0 + u1) / 2, (v0 + v1) / 2];
  const probes: Uv[] = [
    [u0, v0],
    [u1, v0],
    [u1, v1],
    [u0, v1],
    [u, v0],
    [u, v1],
    [u0, v],
    [u1, v],
    [u, v],
  ];
  return probes.every((p) => outline.reduce((odd, ring) => (isIn(p, ring) ? !odd : odd), false));
}

function isIn(p: Uv, ring: readonly Uv[]): boolean {
  let odd = false;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] as Uv;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < a[0] + ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1])) odd = !odd;
  }
  return odd;
}

export function vacant(draft: Draft, [u0, v0, u1, v1]: Box): void {
  const id = nextId(draft, 'plot');
  const number = id.slice(5);
  const box: Box = [u0 + 2, v0 + 2, u1 - 2, v1 - 2];
  addAsset(
    draft,
    id,
    'plot',
    { areas: [[rectangle(box)]] },
    {},
    { name: { en: `Plot ${number}, vacant`, zh: `${number}号空置地块` }, area_ha: Math.round((box[2] - box[0]) * (box[3] - box[1])) / 1e4 },
  );
}

function tanks(draft: Draft, plot: Box, tenant: string): void {
  const id = nextId(draft, 'tanks');
  const { dice } = draft;
  const r = dice.between(2.6, 5);
  const [u, v] = [(plot[0] + plot[2]) / 2, (plot[1] + plot[3]) / 2];
  const n = Math.max(2, Math.min(dice.whole(2, 4), Math.floor((plot[2] - plot[0] - 8) / (2 * r + 2))));
  const areas = Array.from({ length: n }, (_, i) => [circle([u + (i - (n - 1) / 2) * (2 * r + 1.6), v], r)]);
  const number = id.slice(6);
  addAsset(
    draft,
    id,
    'tank',
    { areas },
    {},
    { name: { en: `Tanks ${number}`, zh: `${number}号储罐` }, tenant, height_m: Math.round(dice.between(7, 13)) },
  );
}

/** Cars under a canopy, and the car park around it. */
function charging(draft: Draft, block: StreetBlock, plot: Box, row: 1 | -1, stations: Stations): void {
  const id = nextId(draft, 'charging');
  const number = id.slice(9);
  const bay = inside(plot, row, setback.lane, 1, [3, 3]);
  const posts = Math.max(4, Math.floor((bay[2] - bay[0]) / 2.6));
  const v = row === 1 ? bay[1] : bay[3] - 5.5;
  draft.context.push({ kind: 'parking', properties: { spaces: posts * 3 }, geometry: { type: 'Polygon', rings: [rectangle(bay)] } });
  const asset = addAsset(
    draft,
    id,
    'evCharger',
    { areas: [[rectangle([bay[0] + 1, v, bay[2] - 1, v + 5.5])]] },
    { 'electricity.in': posts * 15 },
    { name: { en: `Charging canopy ${number}`, zh: `${number}号充电棚` }, height_m: 4.2, posts, spaces: posts, capacity_kW: posts * 15 },
  );
  connect(draft, 'electricity', stations.electricity, asset, block.centre[1]);
}

/** Adds a field of photovoltaics over each of the two rows. */
export function fillSolar(draft: Draft, block: StreetBlock, stations: Stations): void {
  for (const row of [1, -1] as const) {
    if (room(draft) === 0) return;
    const near = block.centre[1] + row * (laneWidth / 2 + 6);
    const far = block.centre[1] + row * (half.v - 3);
    const box: Box = [block.centre[0] - half.u + 4, Math.min(near, far), block.centre[0] + half.u - 4, Math.max(near, far)];
    const id = nextId(draft, 'solar-field');
    const number = id.slice(12);
    const peak = Math.round((box[2] - box[0]) * (box[3] - box[1]) * 0.085);
    const asset = addAsset(
      draft,
      id,
      'pv',
      { areas: [[rectangle(box)]] },
      { 'electricity.out': peak },
      {
        name: { en: `Solar field ${number}`, zh: `${number}号光伏场` },
        use: 'fieldPv',
        height_m: 2.5,
        capacity_kW: peak,
        tilt_deg: 22,
        azimuth_deg: 180 - draft.turn_deg,
      },
    );
    connect(draft, 'electricity', stations.electricity, asset, block.centre[1]);
  }
}

/** A green with a pond and a wind turbine. */
export function fillGreen(draft: Draft, block: StreetBlock, stations: Stations): void {
  const [u, v] = block.centre;
  draft.context.push({
    kind: 'water',
    properties: { name: { en: 'Pond', zh: '水塘' } },
    geometry: {
      type: 'Polygon',
      rings: [circle([u - 34, v - 24], 1, 28).map(([x, y]): Uv => [u - 34 + (x - u + 34) * 36, v - 24 + (y - v + 24) * 15])],
    },
  });
  if (room(draft) === 0) return;
  const id = nextId(draft, 'wind');
  const number = id.slice(5);
  const asset = addAsset(
    draft,
    id,
    'wind',
    { centre: [u + 46, v + 26] },
    { 'electricity.out': 3300 },
    { name: { en: `Wind turbine ${number}`, zh: `${number}号风电机组` }, hubHeight_m: 100, rotor_m: 126, height_m: 163, capacity_kW: 3300 },
  );
  connect(draft, 'electricity', stations.electricity, asset, block.centre[1]);
}

/** Chillers and their towers for a block that is cooled together. */
export function addCooling(draft: Draft, block: StreetBlock, stations: Stations): string {
  const [u, v] = [block.centre[0] + half.u - 17, block.centre[1] + half.v - 16];
  const id = nextId(draft, 'chiller');
  const number = id.slice(8);
  const chiller = addAsset(
    draft,
    id,
    'chiller',
    { areas: [[rectangle([u - 8, v - 9, u + 8, v + 9])]] },
    { 'electricity.in': 0, 'cooling.out': 0 },
    {
      name: { en: `Cooling centre ${number}`, zh: `${number}号制冷站` },
      use: 'coolingCentre',
      height_m: 8,
      conversion: { inputs: { electricity: 1 }, outputs: { cooling: 5.2 } },
    },
  );
  const station = `cooling-station-${number}`;
  addStation(draft, station, 'transferStation', stationPlace(block, 'cooling'));
  const lane = block.centre[1] + (beside.cooling as number);
  const [su, sv] = stationPlace(block, 'cooling');
  addLine(draft, 'cooling', id, station, [
    [u + 3, v - 9],
    [u + 3, lane],
    [su, lane],
    [su, sv],
  ]);
  connect(draft, 'electricity', stations.electricity, chiller, block.centre[1]);
  addAsset(
    draft,
    `towers-${number}`,
    'coolingTower',
    { areas: [0, 1].map((i) => [rectangle([u - 7.5 + 8 * i, v - 18, u - 0.5 + 8 * i, v - 12])]) },
    {},
    { name: { en: `Cooling towers ${number}`, zh: `${number}号冷却塔` }, height_m: 6 },
  );
  return station;
}

/** Adds the ground of a block, and the trees along its streets. */
export function dressBlock(draft: Draft, block: StreetBlock, quarter: Quarter | 'utility'): void {
  const { dice } = draft;
  const [u, v] = block.centre;
  const box: Box = [u - half.u - 3, v - half.v - 3, u + half.u + 3, v + half.v + 3];
  const surface = {
    works: 'industrial',
    logistics: 'industrial',
    data: 'industrial',
    offices: 'campus',
    homes: 'residential',
    solar: 'utility',
    green: 'lawn',
    utility: 'utility',
  }[quarter];
  if (quarter === 'green' || quarter === 'solar')
    draft.context.push({
      kind: 'green',
      properties: { surface: quarter === 'green' ? 'lawn' : 'meadow' },
      geometry: { type: 'Polygon', rings: [rectangle(box)] },
    });
  else {
    draft.context.push({ kind: 'land', properties: { surface }, geometry: { type: 'Polygon', rings: [rectangle(box)] } });
    // Verges: a ring of lawn between footway and plots.
    draft.context.push({
      kind: 'green',
      properties: { surface: 'lawn' },
      geometry: { type: 'Polygon', rings: [rectangle(box), rectangle([u - half.u, v - half.v, u + half.u, v + half.v]).reverse()] },
    });
  }
  const spacing = { works: 24, logistics: 30, data: 26, offices: 15, homes: 13, solar: 40, green: 16, utility: 26 }[quarter];
  const trees: Uv[] = [];
  const along = (from: Uv, to: Uv) => {
    const l = Math.hypot(to[0] - from[0], to[1] - from[1]);
    for (let s = spacing / 2; s < l; s += spacing) {
      const f = (s + dice.between(-1.5, 1.5)) / l;
      trees.push([from[0] + (to[0] - from[0]) * f, from[1] + (to[1] - from[1]) * f]);
    }
  };
  const [a, b, c, d] = rectangle([u - half.u - 1.5, v - half.v - 1.5, u + half.u + 1.5, v + half.v + 1.5]) as [Uv, Uv, Uv, Uv];
  along(a, b);
  along(b, c);
  along(c, d);
  along(d, a);
  if (quarter === 'green') {
    for (let i = 0; i < 34; i++) {
      const p: Uv = [u + dice.between(-half.u + 6, half.u - 6), v + dice.between(-half.v + 6, half.v - 6)];
      const pond = ((p[0] - u + 34) / 40) ** 2 + ((p[1] - v + 24) / 19) ** 2 < 1;
      const path = Math.abs(p[1] - v) < 8;
      if (!pond && !path && Math.hypot(p[0] - u - 46, p[1] - v - 26) > 12) trees.push(p);
    }
  }
  const species =
    quarter === 'green'
      ? ['willow', 'metasequoia', 'camphor']
      : [dice.pick(['camphor', 'ginkgo', 'camphor', 'metasequoia', 'pine', 'maple'])];
  for (const [i, name] of species.entries()) {
    const points = trees.filter((_, k) => k % species.length === i);
    if (points.length > 0) draft.context.push({ kind: 'tree', properties: { species: name }, geometry: { type: 'MultiPoint', points } });
  }
}
