/** Streets in layers: footway, kerb, asphalt, median, lanes, crossings. Painted in this order by build/ground.ts. */

import { along, lengthOf, meetings, type Polyline, ribbon } from './ribbon.ts';
import { type Frame, type Ring, rectangle, type Vec } from './ring.ts';

export interface Road {
  line: Polyline;
  /** The line with its extension beyond the park (build/ground.ts): paved, but without markings. */
  paved?: Polyline;
  width: number;
  median: number;
  /** Streets have footways and markings; accesses and tracks only kerbs. */
  street: boolean;
}

export interface RoadPieces {
  footway: Ring[];
  kerb: Ring[];
  asphalt: Ring[];
  median: Ring[];
  marking: Ring[];
}

const straight = (c: Vec, axis: Vec): Frame => ({ centre: c, axis, length: 1, width: 1 });

export function paveRoads(roads: readonly Road[]): RoadPieces {
  const pieces: RoadPieces = { footway: [], kerb: [], asphalt: [], median: [], marking: [] };
  for (const road of roads) {
    const half = road.width / 2;
    const line = road.paved ?? road.line;
    // The given width is from kerb to kerb; footways are beside it.
    if (road.street) pieces.footway.push(...ribbon(line, half + 3.2));
    pieces.kerb.push(...ribbon(line, half + 0.35));
    pieces.asphalt.push(...ribbon(line, half));
  }
  for (const [i, road] of roads.entries()) mark(pieces, road, roads, i);
  return pieces;
}

function mark(pieces: RoadPieces, road: Road, roads: readonly Road[], index: number): void {
  const length = lengthOf(road.line);
  const half = road.width / 2;
  // Where this street runs inside another one it gets no markings.
  const gaps: { from: number; to: number; other: Road; s: number }[] = [];
  for (const [k, other] of roads.entries()) {
    if (k === index) continue;
    for (const m of meetings(road.line, other.line, other.width / 2 + 2)) {
      const reach = other.width / 2 + 0.6;
      gaps.push({ from: m.s - reach, to: m.s + reach, other, s: m.s });
    }
  }
  const free = (s: number, more = 0) => s > 0 && s < length && gaps.every((g) => s < g.from - more || s > g.to + more);
  const piece = (list: Ring[], s: { at: Vec; axis: Vec }, l: number, offset: number, w: number) =>
    list.push(rectangle(straight(s.at, s.axis), -l / 2, l / 2, offset - w / 2, offset + w / 2));

  // Unbroken markings are drawn in one piece from gap to gap.
  const stretches = (more: number) => between(road.line, free, more);
  if (road.median > 0) for (const l of stretches(9)) pieces.median.push(...ribbon(l, road.median / 2));
  if (!road.street && road.width < 8) return;
  const side = (half - road.median / 2) / (road.width >= 20 ? 2 : 1);
  const lanes = road.median > 0 ? [half - side, -(half - side)] : road.width >= 20 ? [0, half / 2, -half / 2] : [0];
  const clear = road.street ? 8 : 3;
  for (const s of along(road.line, 9)) {
    if (!free(s.s, clear)) continue;
    for (const lane of lanes) piece(pieces.marking, s, 4, lane, 0.22);
  }
  for (const l of stretches(3)) {
    for (const edge of [-1, 1]) {
      pieces.marking.push(...ribbon(l, 0.07, edge * (half - 0.45)));
      if (road.median > 0) pieces.marking.push(...ribbon(l, 0.07, edge * (road.median / 2 + 0.4)));
    }
  }
  if (!road.street) return;
  for (const gap of gaps) {
    if (!gap.other.street) continue;
    for (const s of [gap.from - 4.2, gap.to + 4.2]) if (free(s, 1) && s > 6 && s < length - 6) crossing(pieces.marking, road, s);
  }
}

/** The parts of a line that are free, to the metre; each with the bends in between. */
function between(line: Polyline, free: (s: number, more: number) => boolean, more: number): Polyline[] {
  const found: Vec[][] = [];
  let open: Vec[] | null = null;
  let s = 0;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Vec;
    const b = line[i] as Vec;
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const steps = Math.max(1, Math.ceil(l));
    let last: Vec = a;
    for (let k = 0; k <= steps; k++) {
      const p: Vec = [a[0] + ((b[0] - a[0]) * k) / steps, a[1] + ((b[1] - a[1]) * k) / steps];
      const goes = free(s + (l * k) / steps, more);
      if (goes && !open) {
        open = [p];
        found.push(open);
      } else if (!goes && open) {
        open.push(last);
        open = null;
      } else if (goes && k === steps) open?.push(p);
      last = p;
    }
    s += l;
  }
  return found.filter((l) => lengthOf(l) > 1.5);
}

/** Zebra stripes across the street. */
function crossing(list: Ring[], road: Road, s: number): void {
  const place = along(road.line, Number.POSITIVE_INFINITY, s)[0];
  if (!place) return;
  const frame = straight(place.at, place.axis);
  const half = road.width / 2;
  for (let v = -half + 0.8; v < half - 0.6; v += 1.15) {
    if (Math.abs(v) < road.median / 2 + 0.3) continue;
    list.push(rectangle(frame, -1.6, 1.6, v - 0.28, v + 0.28));
  }
}
