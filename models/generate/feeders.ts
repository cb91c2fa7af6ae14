/** Chains of stations along a district's rows: ring main units on feeders, heat stations on pipes. */
import type { Carrier } from '../carriers.ts';
import { addStation, stationPlace } from './block.ts';
import { addLine, type Draft, type DraftAsset, nextId } from './draft.ts';
import { districtBlocks, pitch, type StreetBlock, type Uv, utilityBlock } from './street-grid.ts';
import { streetEastOf, type Utility } from './utility.ts';

/** Last station of each chain: `carrier row side`. */
export type Chains = Map<string, { id: string; block: StreetBlock }>;

const words = {
  electricity: { sort: 'rmu', use: 'ringMainUnit', feeder: { en: 'Feeder', zh: '馈线' }, lane: 0.4, street: -1.5 },
  heat: { sort: 'heat-station', use: 'transferStation', feeder: { en: 'Heat main', zh: '热力干线' }, lane: -0.4, street: -4 },
} as const;

export const isEast = (block: StreetBlock) => block.local.u > utilityBlock.u;

/** Adds the block's station at the end of its row's chain. */
export function addToChain(draft: Draft, chains: Chains, carrier: 'electricity' | 'heat', block: StreetBlock, utility: Utility): string {
  const { sort, use, feeder, lane, street } = words[carrier];
  const key = `${carrier} ${block.local.v} ${isEast(block) ? 'east' : 'west'}`;
  const station = addStation(draft, nextId(draft, sort), use, stationPlace(block, carrier));
  const v = block.centre[1] + lane;
  const before = chains.get(key);
  const head = (carrier === 'electricity' ? utility.substation : utility.heatHub) as DraftAsset;
  if (before) {
    const from = draft.byId.get(before.id) as DraftAsset;
    addLine(draft, carrier, before.id, station.id, [from.centre, [from.centre[0], v], [station.centre[0], v], station.centre]);
  } else {
    const number = `${block.district + 1}.${2 * block.local.v + (isEast(block) ? 2 : 1)}`;
    const out = utility.lane_v + lane;
    const course: Uv[] = [head.centre, [head.centre[0], out]];
    if (block.local.v !== utilityBlock.v) {
      const u = streetEastOf(head.centre[0]) + street + 0.5 * block.local.v;
      course.push([u, out], [u, v]);
    }
    course.push([station.centre[0], v], station.centre);
    addLine(draft, carrier, head.id, station.id, course, {
      id: `${carrier === 'electricity' ? 'feeder' : 'heat-main'}-${number}`,
      metered: true,
      name: { en: `${feeder.en} ${number}`, zh: `${number}号${feeder.zh}` },
    });
  }
  chains.set(key, { id: station.id, block });
  return station.id;
}

/** Adds the cables that close the rings of a district; they are open in normal operation. */
export function closeRings(draft: Draft, chains: Chains): void {
  for (const side of ['west', 'east'] as const) {
    for (let row = 0; row + 1 < districtBlocks.v; row += 2) {
      const [a, b] = [chains.get(`electricity ${row} ${side}`), chains.get(`electricity ${row + 1} ${side}`)];
      if (!a || !b || a.block.column !== b.block.column) continue;
      const [from, to] = [draft.byId.get(a.id) as DraftAsset, draft.byId.get(b.id) as DraftAsset];
      const u = (side === 'west' ? a.block.column : a.block.column + 1) * pitch.u + (side === 'west' ? 2 : -2);
      const course: Uv[] = [
        from.centre,
        [from.centre[0], a.block.centre[1]],
        [u, a.block.centre[1]],
        [u, b.block.centre[1]],
        [to.centre[0], b.block.centre[1]],
        to.centre,
      ];
      addLine(draft, 'electricity' satisfies Carrier, a.id, b.id, course, { open: true });
    }
  }
}
