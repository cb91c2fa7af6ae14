/** The ground as one mesh of flat layers, described in the order they would be painted: land, green, water, plazas, car parks, streets. */

import type { Geometry } from 'geojson';
import type { ParkView } from '../../../models/api/park-view.ts';
import { drapeRing, heightAt, normalAt, type Relief } from '../../../models/park/relief.ts';
import { formOf } from '../kinds/forms.ts';
import { type Car, layOut } from '../shape/parking.ts';
import type { Project } from '../shape/projected.ts';
import { polygons, polylines } from '../shape/projected.ts';
import { type Polyline, ribbon } from '../shape/ribbon.ts';
import { type Area, distanceToEdge, inArea, inset, type Ring, type Vec } from '../shape/ring.ts';
import { paveRoads, type Road } from '../shape/roads.ts';
import type { Site } from '../shape/site.ts';
import { triangulate } from '../shape/solids.ts';
import { surface } from '../shape/surface.ts';

type Context = ParkView['context'][number];

export interface GroundData {
  position: Float32Array;
  /** x, y, z, 0 of the upward normal; empty on flat land, where it is everywhere the same. */
  normal: Int8Array;
  /** r, g, b, surface */
  paint: Uint8Array;
  index: Uint32Array;
  /** Where in `index` the land itself begins, on which all other layers lie; on flat land the length of `index`. */
  landFrom: number;
  /** How many entries at the start of `index` are road markings, too thin to be seen from high above. */
  marks: number;
}

export interface Ground {
  mesh: GroundData;
  cars: Car[];
  /** Streets, for lamps, gates and the supports of overhead lines. */
  roads: Road[];
  water: Area[];
}

/** Pale, slightly warm neutrals: colour by kind of surface. */
const tone = {
  base: 0xd8d4cc,
  industrial: 0xd6d2ca,
  utility: 0xd0ccc4,
  residential: 0xcfd2c0,
  campus: 0xc8cdb8,
  lawn: 0xb2bf9f,
  meadow: 0xb9c4a5,
  wood: 0xa6b494,
  bank: 0xe2ded5,
  water: 0x93b0b8,
  plaza: 0xe2ddd3,
  court: 0xc9c6bf,
  paved: 0xc8c5be,
  parking: 0xb9b7b2,
  footway: 0xd8d4cc,
  kerb: 0xeeebe4,
  asphalt: 0xa5a4a1,
  marking: 0xf2f0ea,
  path: 0xe0dace,
  rail: 0xb4ada2,
  plot: 0xccceb8,
  plotEdge: 0xf4f0e6,
  field: 0xdad8cd,
};

export function groundOf(
  park: ParkView,
  sites: readonly Site[],
  project: Project,
  centre: Vec,
  radius: number,
  land: Relief | null = null,
): Ground {
  const painter = createPainter(land);
  const rings = (g: Geometry): Area[] => polygons(g, project);
  const lines = (g: Geometry): Polyline[] => polylines(g, project);
  const of = (...kinds: Context['kind'][]) => park.context.filter((c) => kinds.includes(c.kind));
  const cars: Car[] = [];

  // The land around the park, far beyond what is seen of it.
  const far = radius * 14;
  if (land !== null) painter.land(land, tone.field, surface.field);
  else
    painter.area(
      [
        [
          [centre[0] - far, centre[1] - far],
          [centre[0] + far, centre[1] - far],
          [centre[0] + far, centre[1] + far],
          [centre[0] - far, centre[1] + far],
        ],
      ],
      tone.field,
      surface.field,
    );

  for (const a of borderOf(park, project)) painter.area(a, tone.base, surface.plain);
  for (const c of of('land')) {
    const name = String(c.properties['surface'] ?? 'industrial');
    const green = name === 'campus' || name === 'residential';
    for (const a of rings(c.geometry))
      painter.area(a, tone[name as 'industrial'] ?? tone.industrial, green ? surface.green : surface.plain);
  }
  for (const c of of('green')) {
    const name = String(c.properties['surface'] ?? 'lawn');
    for (const a of rings(c.geometry)) painter.area(a, tone[name as 'lawn'] ?? tone.lawn, surface.green);
  }
  const border = borderOf(park, project);
  const water = of('water').flatMap((c) => rings(c.geometry));
  for (const a of water)
    painter.area(
      a.map((r) => inset(r, -2.2)),
      tone.bank,
      surface.plain,
    );
  for (const a of water) painter.area(a, tone.water, surface.water);
  for (const c of of('court')) {
    const paved = c.properties['surface'] === 'paved';
    for (const a of rings(c.geometry)) painter.area(a, paved ? tone.paved : tone.court, surface.asphalt);
  }
  for (const c of of('plaza')) for (const a of rings(c.geometry)) painter.area(a, tone.plaza, surface.paving);
  for (const site of sites) if (formOf(site.asset).vacant) for (const a of site.areas) plotGround(painter, a);

  const bays: Ring[] = [];
  for (const c of of('parking')) {
    for (const [i, a] of rings(c.geometry).entries()) {
      painter.area(
        a.map((r) => inset(r, -0.4)),
        tone.kerb,
        surface.plain,
      );
      painter.area(a, tone.parking, surface.asphalt);
      const park = layOut(`${c.id}/${i}`, a, 0.62);
      bays.push(...park.marking);
      cars.push(...park.cars);
    }
  }
  for (const c of of('path')) for (const l of lines(c.geometry)) painter.pieces(ribbon(l, widthOf(c, 3) / 2), tone.path, surface.paving);
  for (const c of of('path', 'road'))
    for (const a of rings(c.geometry)) painter.area(a, c.kind === 'road' ? tone.asphalt : tone.path, surface.asphalt);
  for (const c of of('rail')) for (const l of lines(c.geometry)) rail(painter, l);
  for (const c of of('coast')) for (const l of lines(c.geometry)) painter.pieces(ribbon(l, 1.5), tone.bank, surface.plain);

  const roads = of('road').flatMap((c) => lines(c.geometry).map((line) => roadOf(c, line)));
  leadOn(roads, border, far);
  const paved = paveRoads(roads);
  painter.pieces(paved.footway, tone.footway, surface.plain);
  painter.pieces(paved.kerb, tone.kerb, surface.plain);
  painter.pieces(paved.asphalt, tone.asphalt, surface.asphalt);
  painter.pieces(paved.median, tone.lawn, surface.green);
  painter.marks([...paved.marking, ...bays], tone.marking, surface.marking);
  return { mesh: painter.finish(), cars, roads, water };
}

function roadOf(c: Context, line: Polyline): Road {
  const kind = c.properties['class'];
  const width = widthOf(c, 7);
  const median = typeof c.properties['median_m'] === 'number' ? c.properties['median_m'] : 0;
  return { line, width, median, street: kind === undefined ? width >= 11 : kind !== 'access' && kind !== 'ring' };
}

function widthOf(c: Context, fallback: number): number {
  const w = c.properties['width_m'];
  return typeof w === 'number' && w > 0 && w < 200 ? w : fallback;
}

const outside = (p: Vec, border: readonly Area[]) => border.length > 0 && !border.some((b) => inArea(p, b));

/** Maximum number of streets that are extended: in a park with a whole road map, streets end where the map ends. */
const mostLeaving = 6;

/** Extends the few streets that leave the park into the land around, so that they do not end in a field. */
function leadOn(roads: Road[], border: readonly Area[], far: number): void {
  const leaving: (() => void)[] = [];
  for (const road of roads) {
    for (const atEnd of [false, true]) {
      const [p, q] = atEnd ? [road.line.at(-1), road.line.at(-2)] : [road.line[0], road.line[1]];
      if (!p || !q || !outside(p, border) || border.some((b) => distanceToEdge(p, b) < 12)) continue;
      const l = Math.hypot(p[0] - q[0], p[1] - q[1]) || 1;
      const on: Vec = [p[0] + ((p[0] - q[0]) / l) * far, p[1] + ((p[1] - q[1]) / l) * far];
      leaving.push(() => {
        const line = road.paved ?? road.line;
        road.paved = atEnd ? [...line, on] : [on, ...line];
      });
    }
  }
  if (leaving.length <= mostLeaving) for (const extend of leaving) extend();
}

type Painter = ReturnType<typeof createPainter>;

function plotGround(painter: Painter, area: Area): void {
  painter.area(area, tone.plot, surface.green);
  const ring = area[0] as Ring;
  const inner = inset(ring, 1);
  for (let i = 0; i < ring.length; i++) {
    const j = (i + 1) % ring.length;
    painter.pieces([[ring[i] as Vec, ring[j] as Vec, inner[j] as Vec, inner[i] as Vec]], tone.plotEdge, surface.plain);
  }
}

function rail(painter: Painter, line: Polyline): void {
  painter.pieces(ribbon(line, 2.6), tone.rail, surface.gravel);
  for (const offset of [-0.72, 0.72]) painter.pieces(ribbon(line, 0.1, offset), 0x8a8782, surface.plain);
}

function createPainter(land: Relief | null) {
  const xs: number[] = [];
  const normals: number[] = [];
  const paint: number[] = [];
  const index: number[] = [];
  let landEnds = 0;
  let marksFrom = 0;
  const vertex = (p: Vec, colour: number, kind: number) => {
    xs.push(p[0], heightAt(land, p[0], p[1]), -p[1]);
    if (land !== null) {
      const n = normalAt(land, p[0], p[1]);
      normals.push(Math.round(n[0] * 127), Math.round(n[2] * 127), Math.round(-n[1] * 127), 0);
    }
    paint.push(colour >> 16, (colour >> 8) & 255, colour & 255, kind);
    return xs.length / 3 - 1;
  };
  const fan = (ring: readonly Vec[], colour: number, kind: number) => {
    const at = ring.map((p) => vertex(p, colour, kind));
    for (let i = 2; i < at.length; i++) index.push(at[0] as number, at[i - 1] as number, at[i] as number);
  };
  /** Adds a convex ring. On land that is not flat it is cut along the land's triangles, so that all layers lie in one surface. */
  const lay = (ring: readonly Vec[], colour: number, kind: number) => {
    if (land === null) fan(ring, colour, kind);
    else for (const piece of drapeRing(land, ring)) fan(piece, colour, kind);
  };
  return {
    area(area: Area, colour: number, kind: number): void {
      for (const t of triangulate(area)) lay(t, colour, kind);
    },
    /** Convex rings, counter-clockwise. */
    pieces(rings: readonly Ring[], colour: number, kind: number): void {
      for (const ring of rings) lay(ring, colour, kind);
    },
    /** The land itself, before everything else. */
    land({ xs: east, ys: north }: Relief, colour: number, kind: number): void {
      for (const y of north) for (const x of east) vertex([x, y], colour, kind);
      const n = east.length;
      for (let j = 0; j + 1 < north.length; j++) {
        for (let i = 0; i + 1 < n; i++) {
          const at = j * n + i;
          index.push(at, at + 1, at + n + 1, at, at + n + 1, at + n);
        }
      }
      landEnds = index.length;
    },
    /** Road markings, after all layers that they lie on. */
    marks(rings: readonly Ring[], colour: number, kind: number): void {
      marksFrom = index.length;
      this.pieces(rings, colour, kind);
    },
    finish: (): GroundData => ({
      position: Float32Array.from(xs),
      normal: Int8Array.from(normals),
      paint: Uint8Array.from(paint),
      index: uppermostFirst(index),
      landFrom: index.length - landEnds,
      marks: index.length - marksFrom,
    }),
  };
}

/** The triangles in reverse order: with the stencil of the material, the first one drawn at a pixel wins. */
function uppermostFirst(index: readonly number[]): Uint32Array {
  const turned = new Uint32Array(index.length);
  for (let i = 0; i < index.length; i += 3) {
    const from = index.length - 3 - i;
    for (let k = 0; k < 3; k++) turned[i + k] = index[from + k] as number;
  }
  return turned;
}

export function borderOf(park: ParkView, project: Project): Area[] {
  return park.context.filter((c) => c.kind === 'boundary').flatMap((c) => polygons(c.geometry, project));
}
