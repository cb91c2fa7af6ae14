/** The utility block of a district: substation, battery, energy centre; in the first also where grid and gas come in. */

import { addStation, half } from './block.ts';
import { addAsset, addLine, type Draft, type DraftAsset, nextId, room } from './draft.ts';
import { circle, rectangle } from './footprints.ts';
import type { StreetBlock } from './street-grid.ts';
import { laneWidth, pitch, type Uv } from './street-grid.ts';

export interface Utility {
  substation: DraftAsset;
  /** Where the heat pipes of the district begin; null without an energy centre. */
  heatHub: DraftAsset | null;
  gasStation: DraftAsset | null;
  /** Middle of the lane of the utility block. */
  lane_v: number;
}

export const gridId = 'grid';
export const gasId = 'gas';

/** Below this many assets there is no energy centre, no battery. */
const least = { energyCentre: 40, battery: 24 };

export function addUtility(draft: Draft, block: StreetBlock, place: (at: Uv) => [number, number]): Utility {
  const { wanted } = draft;
  const first = block.district === 0;
  const number = block.district + 1;
  const [u0, lane_v] = [block.centre[0] - half.u, block.centre[1]];
  // Assets are placed from west to east along the southern row.
  let u = u0;
  const slot = (width: number, depth: number): [number, number, number, number] => {
    const top = lane_v - laneWidth / 2 - 8;
    const box: [number, number, number, number] = [u, top - depth, u + width, top];
    u += width + 4;
    return box;
  };
  const stand = (
    id: string,
    kind: Parameters<typeof addAsset>[2],
    width: number,
    depth: number,
    ...rest: [Parameters<typeof addAsset>[4], Record<string, unknown>]
  ) => addAsset(draft, id, kind, { areas: [[rectangle(slot(width, depth))]] }, ...rest);

  const grid = first
    ? stand(
        gridId,
        'gridConnection',
        34,
        30,
        { 'electricity.out': 0, 'electricity.in': 0 },
        { name: { en: '220 kV grid connection', zh: '220千伏电网接入站' }, use: 'switchyard', height_m: 11 },
      )
    : (draft.byId.get(gridId) as DraftAsset);
  const substation = stand(
    `substation-${number}`,
    'substation',
    26,
    24,
    {},
    {
      name: { en: `Substation ${number}`, zh: `${number}号变电站` },
      use: 'mainSubstation',
      height_m: 9,
    },
  );
  addLine(
    draft,
    'electricity',
    grid.id,
    substation.id,
    first ? [grid.centre, substation.centre] : alongStreets(grid.centre, substation.centre, block.district),
    {
      id: `hv-${number}`,
      metered: true,
      name: { en: `High-voltage line to Substation ${number}`, zh: `${number}号变电站高压进线` },
    },
  );
  const made: Utility = { substation, heatHub: null, gasStation: null, lane_v };
  const left = Math.min(room(draft), wanted);
  if (wanted >= least.battery && left > 12) {
    const battery = stand(
      `battery-${number}`,
      'battery',
      24,
      14,
      { 'electricity.in': 2000, 'electricity.out': 2000 },
      {
        name: { en: `Battery ${number}`, zh: `${number}号储能电站` },
        height_m: 2.9,
        containers: 8,
        capacity_kW: 2000,
        storage: {
          carrier: 'electricity',
          capacity_kWh: 4000,
          chargeEfficiency: 0.95,
          dischargeEfficiency: 0.95,
          standingLoss_perH: 0.0002,
          start_kWh: 2000,
          start_gPerKwh: 480,
        },
      },
    );
    addLine(draft, 'electricity', substation.id, battery.id, [substation.centre, battery.centre]);
  }
  if (wanted >= least.energyCentre && left > 28) energyCentre(draft, made, number, slot, place, first);
  return made;
}

function energyCentre(
  draft: Draft,
  made: Utility,
  number: number,
  slot: (width: number, depth: number) => [number, number, number, number],
  place: (at: Uv) => [number, number],
  first: boolean,
): void {
  const { lane_v, substation } = made;
  const box = (width: number, depth: number) => ({ areas: [[rectangle(slot(width, depth))]] });
  const chpAt = slot(16, 26);
  const boilerAt = slot(12, 24);
  const stack = (at: readonly number[], height_m: number) => {
    const [lon, lat] = place([((at[0] as number) + (at[2] as number)) / 2, (at[1] as number) + 3]);
    return [{ lon, lat, height_m }];
  };
  const chp = addAsset(
    draft,
    `chp-${number}`,
    'chp',
    { areas: [[rectangle(chpAt)]] },
    { 'gas.in': 0, 'electricity.out': 0, 'heat.out': 0 },
    {
      name: { en: `Cogeneration ${number}`, zh: `${number}号热电联产` },
      use: 'powerHouse',
      height_m: 14,
      minLoad: 0.4,
      conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.42, heat: 0.43 } },
      stacks: stack(chpAt, 36),
    },
  );
  const boiler = addAsset(
    draft,
    `boiler-${number}`,
    'boiler',
    { areas: [[rectangle(boilerAt)]] },
    { 'gas.in': 0, 'heat.out': 0 },
    {
      name: { en: `Boiler ${number}`, zh: `${number}号燃气锅炉` },
      use: 'boilerHouse',
      height_m: 12,
      minLoad: 0.1,
      conversion: { inputs: { gas: 1 }, outputs: { heat: 0.93 } },
      stacks: stack(boilerAt, 30),
    },
  );
  const storeAt = slot(12, 12);
  const store = addAsset(
    draft,
    `heat-store-${number}`,
    'thermalStore',
    { areas: [[circle([(storeAt[0] + storeAt[2]) / 2, (storeAt[1] + storeAt[3]) / 2], 6)]] },
    { 'heat.in': 4000, 'heat.out': 4000 },
    {
      name: { en: `Hot water store ${number}`, zh: `${number}号蓄热罐` },
      height_m: 24,
      medium: 'water',
      capacity_kW: 4000,
      storage: {
        carrier: 'heat',
        capacity_kWh: 24000,
        chargeEfficiency: 0.99,
        dischargeEfficiency: 0.99,
        standingLoss_perH: 0.002,
        start_kWh: 9000,
        start_gPerKwh: 190,
      },
    },
  );
  const gas = first
    ? addAsset(
        draft,
        gasId,
        'gasConnection',
        box(9, 7),
        { 'gas.out': 0 },
        { name: { en: 'Gas connection', zh: '天然气接入站' }, height_m: 4 },
      )
    : (draft.byId.get(gasId) as DraftAsset);
  const [cu] = chp.centre;
  const gasStation = addStation(draft, nextId(draft, 'gas-station'), 'gasStation', [cu - 4, lane_v - laneWidth / 2 - 4], 3.4);
  const heatHub = addStation(draft, nextId(draft, 'heat-hub'), 'transferStation', [cu + 6, lane_v - laneWidth / 2 - 4], 4);
  addLine(
    draft,
    'gas',
    gas.id,
    gasStation.id,
    first
      ? [gas.centre, [gas.centre[0], lane_v - 2.4], [gasStation.centre[0], lane_v - 2.4], gasStation.centre]
      : alongStreets(gas.centre, gasStation.centre, number + 3),
  );
  for (const plant of [chp, boiler])
    addLine(draft, 'gas', gasStation.id, plant.id, [
      gasStation.centre,
      [plant.centre[0] - 1, gasStation.centre[1]],
      [plant.centre[0] - 1, plant.centre[1]],
    ]);
  for (const plant of [chp, boiler, store])
    addLine(draft, 'heat', plant.id, heatHub.id, [plant.centre, [plant.centre[0] + 1, heatHub.centre[1]], heatHub.centre]);
  addLine(draft, 'electricity', substation.id, chp.id, [
    substation.centre,
    [substation.centre[0], lane_v - 4.6],
    [chp.centre[0], lane_v - 4.6],
    chp.centre,
  ]);
  made.heatHub = heatHub;
  made.gasStation = gasStation;
}

/** From one utility block to another: by the lane to the street east of it, by streets, and back along the other's lane. */
function alongStreets(from: Uv, to: Uv, track: number): Uv[] {
  const lane = (at: Uv) => laneOf(at[1]);
  const shift = ((track * 7) % 9) * 0.5 - 2;
  const street = (at: Uv) => streetEastOf(at[0]) + 4 + shift;
  const across = Math.floor(to[1] / pitch.v) * pitch.v + 3 + shift;
  return [
    from,
    [from[0], lane(from) + shift / 3],
    [street(from), lane(from) + shift / 3],
    [street(from), across],
    [street(to), across],
    [street(to), lane(to) - shift / 3],
    [to[0], lane(to) - shift / 3],
    to,
  ];
}

const laneOf = (v: number) => (Math.floor(v / pitch.v) + 0.5) * pitch.v;
export const streetEastOf = (u: number) => (Math.floor(u / pitch.u) + 1) * pitch.u;
