/** Buildings: body, roof, what stands on the roof, docks. */
import { type AssetView, type Character, characterOf } from './character.ts';
import { type Mesh, type Paint, part } from './mesh.ts';
import { type Area, at, bearing, chance, frameOf, type Ring, signedArea, type Vec } from './ring.ts';
import { roofFrame, roofPlant } from './roof-plant.ts';
import { flatBody, gableStrips, sawtoothStrips, shedStrips, slopingBody } from './roofs.ts';
import type { Site } from './site.ts';
import { numberOf } from './site.ts';
import { box, lift, matter } from './solids.ts';

export function wallOf(asset: AssetView, character: Character): Paint {
  const floor = Math.min(25, asset.height_m / Math.max(1, asset.floors));
  return {
    part: part.wall,
    tint: character.wall,
    style: character.style,
    floor,
    bay: character.bay,
    seed: Math.floor(chance(asset.id, 11) * 256),
  };
}

export function building(mesh: Mesh, site: Site): void {
  const character = characterOf(site.asset);
  for (const area of site.areas) body(mesh, site, area, character);
  docks(mesh, site);
}

function body(mesh: Mesh, site: Site, area: Area, character: Character): void {
  const { asset, base } = site;
  const outer = area[0] as Ring;
  const frame = roofFrame(outer, frameOf(outer), asset.properties['roofAxis_deg']);
  const wall = wallOf(asset, character);
  const fill = Math.abs(signedArea(outer)) / Math.max(1, frame.length * frame.width);
  // A gable over an outline that is far from a rectangle would be invented; the default is a flat roof with a parapet.
  const roof =
    character.roof === 'gable' && fill < 0.6 ? 'flat' : site.hosted.length > 0 && character.roof !== 'sawtooth' ? 'flat' : character.roof;
  if (roof === 'flat') {
    const z = flatBody(mesh, area, base, asset.height_m, wall);
    const taken = site.hosted.flatMap((h) => h.areas);
    roofPlant(mesh, {
      id: asset.id,
      area,
      frame,
      z,
      density: character.plant,
      skylights: character.skylights,
      floors: asset.floors,
      taken,
    });
    return;
  }
  const pitch = roof === 'gable' ? 0.16 : 0.1;
  const made =
    roof === 'gable'
      ? gableStrips(frame, pitch)
      : roof === 'shed'
        ? shedStrips(frame, pitch)
        : sawtoothStrips(frame, Math.max(7, frame.length / 14));
  const highest = Math.max(...made.strips.flatMap((s) => [s.h0, s.h1]));
  const eaves = Math.max(asset.height_m * 0.55, asset.height_m - highest);
  const squash = Math.min(1, (asset.height_m - eaves) / highest);
  const strips = made.strips.map((s) => ({ ...s, h0: s.h0 * squash, h1: s.h1 * squash }));
  slopingBody(mesh, area, base, eaves, made.axis, strips, wall);
}

/** Loading docks along the wall that faces `dockSide_deg`: door, shelter, and now and then a trailer. */
function docks(mesh: Mesh, site: Site): void {
  const count = numberOf(site.asset, 'docks');
  const side = numberOf(site.asset, 'dockSide_deg');
  const ring = site.areas[0]?.[0];
  if (count === null || side === null || !ring) return;
  const out = bearing(side);
  let best: [Vec, Vec] | null = null;
  let score = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Vec;
    const b = ring[(i + 1) % ring.length] as Vec;
    // The outside is on the right of a counter-clockwise edge.
    const facing = (b[1] - a[1]) * out[0] - (b[0] - a[0]) * out[1];
    if (facing > score) {
      score = facing;
      best = [a, b];
    }
  }
  if (!best) return;
  const [a, b] = best;
  const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const axis: Vec = [(b[0] - a[0]) / l, (b[1] - a[1]) / l];
  const n = Math.min(count, Math.floor(l / 5));
  for (let i = 0; i < n; i++) {
    const f = (i + 0.5) / n;
    const centre: Vec = [a[0] + axis[0] * l * f, a[1] + axis[1] * l * f];
    const frame = { centre, axis, length: 1, width: 1 };
    // v < 0 is outside.
    box(mesh, frame, [-1.7, 1.7], [-0.7, 0], [0, 4.2], matter(0x6f7072), matter(0x8a8a88));
    mesh.face(
      [
        lift(at(frame, -1.3, -0.72), 0.9),
        lift(at(frame, 1.3, -0.72), 0.9),
        lift(at(frame, 1.3, -0.72), 3.7),
        lift(at(frame, -1.3, -0.72), 3.7),
      ],
      matter(0xc9c7c1),
    );
    const arrival = chance(site.asset.id, 700 + i);
    if (arrival < 0.45) trailer(mesh, frame, arrival);
  }
}

function trailer(mesh: Mesh, frame: { centre: Vec; axis: Vec; length: number; width: number }, variety: number): void {
  const tone = matter([0xe9e7e1, 0xd7dadb, 0xc7ccc9][Math.floor(variety * 6.6)] ?? 0xe9e7e1);
  box(mesh, frame, [-1.25, 1.25], [-13, -1], [1.1, 3.9], tone);
  box(mesh, frame, [-1.1, 1.1], [-12.4, -1.6], [0.3, 1.1], matter(0x55575a));
  if (variety < 0.25) {
    box(mesh, frame, [-1.2, 1.2], [-15.6, -13.3], [0.6, 3.2], matter(0x8d99a3));
    box(mesh, frame, [-1.15, 1.15], [-15.4, -13.2], [0.2, 0.6], matter(0x55575a));
  }
}
