/**
 * Checks GeoJSON geometry from any file before anything computes with it (RFC 7946, and what a drawing plane needs):
 * finite WGS84 positions, closed rings, holes inside. Winding is corrected; a polygon that crosses itself loses its smaller part.
 */
import { area, bboxPolygon, booleanPointInPolygon, featureCollection, intersect, polygon } from '@turf/turf';
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { quote } from './problems.ts';
import { crossesItself } from './self-crossing.ts';

/** Beyond this latitude metres east and north no longer fit one plane. */
const poleLatitude = 85;
/** A feature with more is a mistake (an unclipped city), and would stall the check. */
export const maxFeatureVertices = 10_000;

/** Why a geometry is refused. */
export class GeometryFault extends Error {
  mend: string;
  constructor(message: string, mend: string) {
    super(message);
    this.mend = mend;
  }
}

export interface CheckedGeometry {
  geometry: Geometry;
  /** Set where something was left out, in words. */
  flaw?: string;
}

/** Throws GeometryFault. Never recurses: collections inside collections are refused, however deep. */
export function readGeometry(value: unknown): CheckedGeometry {
  const geometry = object(value, 'geometry');
  if (geometry['type'] !== 'GeometryCollection') return readSimple(geometry);
  const parts = geometry['geometries'];
  if (!Array.isArray(parts)) throw new GeometryFault('a GeometryCollection without geometries', 'Give "geometries" a list.');
  const read = parts.map((part) => {
    const inner = object(part, 'geometry');
    if (inner['type'] === 'GeometryCollection') {
      throw new GeometryFault('a GeometryCollection inside a GeometryCollection', 'Write its parts as features of their own.');
    }
    return readSimple(inner);
  });
  const flaw = read.find((r) => r.flaw !== undefined)?.flaw;
  return { geometry: { type: 'GeometryCollection', geometries: read.map((r) => r.geometry) }, ...(flaw === undefined ? {} : { flaw }) };
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new GeometryFault(`${what} is ${quote(value)}`, `Give ${what} an object with "type" and "coordinates".`);
}

function readSimple(geometry: Record<string, unknown>): CheckedGeometry {
  for (const member of ['geometry', 'properties', 'features', 'geometries']) {
    if (member in geometry) throw new GeometryFault(`a geometry with "${member}"`, `Remove "${member}" from it (RFC 7946, 7.1).`);
  }
  checkBounds(geometry['bbox']);
  const { type, coordinates } = geometry;
  switch (type) {
    case 'Point':
      return { geometry: { type, coordinates: position(coordinates) } };
    case 'MultiPoint':
      return { geometry: { type, coordinates: list(coordinates).map(position) } };
    case 'LineString':
      return { geometry: { type, coordinates: course(coordinates) } };
    case 'MultiLineString':
      return { geometry: { type, coordinates: list(coordinates).map(course) } };
    case 'Polygon':
      return readPolygon(list(coordinates).map(ring));
    case 'MultiPolygon':
      return readMultiPolygon(list(coordinates).map((rings) => list(rings).map(ring)));
    default:
      throw new GeometryFault(
        `unknown geometry type ${quote(type)}`,
        'Use Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon or GeometryCollection, spelled like this.',
      );
  }
}

/** A bbox is not used, but a wrong one shows that the file was made wrongly. */
export function checkBounds(bbox: unknown): void {
  if (bbox === undefined) return;
  const fits = Array.isArray(bbox) && (bbox.length === 4 || bbox.length === 6) && bbox.every((n) => Number.isFinite(n));
  if (!fits) throw new GeometryFault(`bbox is ${quote(bbox)}`, 'Remove it, or give it four or six numbers.');
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new GeometryFault(`coordinates ${quote(value)} where a list belongs`, 'Nest the coordinates as the geometry type wants them.');
}

/** Two-dimensional: height comes from properties, not from z. */
function position(value: unknown): Position {
  const parts = list(value);
  const [lon, lat, z] = parts;
  const sound = parts.length <= 3 && typeof lon === 'number' && typeof lat === 'number' && (z === undefined || typeof z === 'number');
  if (!sound || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    throw new GeometryFault(`${quote(value)} is not a position`, 'A position is [longitude, latitude], two finite numbers without quotes.');
  }
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) throw outOfRange(lon, lat);
  if (Math.abs(lat) > poleLatitude) {
    throw new GeometryFault(`latitude ${lat} is too near the pole`, `Parks are drawn between latitudes ±${poleLatitude}.`);
  }
  return [lon, lat];
}

function outOfRange(lon: number, lat: number): GeometryFault {
  const at = `[${lon}, ${lat}]`;
  if (Math.abs(lon) <= 90 && Math.abs(lat) <= 180) {
    return new GeometryFault(`${at} has no such latitude: latitude and longitude look swapped`, 'Write [longitude, latitude].');
  }
  if (Math.abs(lon) > 1e9 || Math.abs(lat) > 1e9) {
    return new GeometryFault(`${at} is no place on Earth`, 'A position is [longitude, latitude] in degrees.');
  }
  if (Math.abs(lon) > 400 || Math.abs(lat) > 400) {
    return new GeometryFault(
      `${at} looks like projected metres, not degrees`,
      'Convert the file to WGS84: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson',
    );
  }
  return new GeometryFault(
    `${at} is outside longitude ±180 or latitude ±90`,
    'Convert the file to WGS84 longitude and latitude in degrees.',
  );
}

function course(value: unknown): Position[] {
  const line = list(value).map(position);
  if (line.length < 2) throw new GeometryFault('a line of fewer than two positions', 'Give it a start and an end.');
  notAcrossAntimeridian(line);
  return line;
}

function notAcrossAntimeridian(line: readonly Position[]): void {
  for (let i = 1; i < line.length; i++) {
    if (Math.abs((line[i]?.[0] as number) - (line[i - 1]?.[0] as number)) > 180) {
      throw new GeometryFault('it crosses the antimeridian (longitude ±180)', 'Cut it there into two features; a park lies on one side.');
    }
  }
}

function ring(value: unknown): Position[] {
  const line = list(value).map(position);
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined) throw new GeometryFault('an empty ring', 'Remove it.');
  if (first[0] !== last[0] || first[1] !== last[1]) {
    throw new GeometryFault('a ring is not closed: its first and last position differ', `Repeat [${first[0]}, ${first[1]}] at its end.`);
  }
  if (line.length < 4) throw new GeometryFault('a ring of fewer than four positions', 'Three corners and the first again, or more.');
  notAcrossAntimeridian(line);
  return line;
}

function readPolygon(rings: Position[][]): { geometry: Polygon; flaw?: string } {
  const [outer, ...holes] = rings;
  if (outer === undefined) throw new GeometryFault('a polygon without a ring', 'Give it coordinates, or null as geometry.');
  const shell = polygon([outer]);
  for (const hole of holes) {
    if (!hole.every((corner) => booleanPointInPolygon(corner, shell))) {
      throw new GeometryFault('a hole lies outside its ring', 'Keep holes inside the outer ring, or make it a feature of its own.');
    }
  }
  if (!rings.some(crossesItself)) return { geometry: { type: 'Polygon', coordinates: wound(rings) } };
  return { geometry: largestPart(rings), flaw: 'its outline crosses itself; it is drawn without the smaller part' };
}

function readMultiPolygon(polygons: Position[][][]): { geometry: MultiPolygon; flaw?: string } {
  if (polygons.length === 0) throw new GeometryFault('a MultiPolygon without a polygon', 'Give it coordinates, or null as geometry.');
  const read = polygons.map(readPolygon);
  const flaw = read.find((r) => r.flaw !== undefined)?.flaw;
  return {
    geometry: { type: 'MultiPolygon', coordinates: read.map((r) => r.geometry.coordinates) },
    ...(flaw === undefined ? {} : { flaw }),
  };
}

/** Outer ring counter-clockwise, holes clockwise (RFC 7946, 3.1.6). */
function wound(rings: readonly Position[][]): Position[][] {
  return rings.map((r, i) => (signedArea(r) > 0 === (i === 0) ? r : r.toReversed()));
}

function signedArea(r: readonly Position[]): number {
  let sum = 0;
  const [x0, y0] = r[0] as [number, number];
  for (let i = 1; i < r.length; i++) {
    const [ax, ay] = r[i - 1] as [number, number];
    const [bx, by] = r[i] as [number, number];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum / 2;
}

/** Clipping with a frame around the polygon gives a simple outline of each part; the largest is probably what was meant. */
function largestPart(rings: Position[][]): Polygon {
  const xs = rings.flatMap((r) => r.map((p) => p[0] as number));
  const ys = rings.flatMap((r) => r.map((p) => p[1] as number));
  const frame = bboxPolygon([least(xs) - 1, least(ys) - 1, -least(xs.map((x) => -x)) + 1, -least(ys.map((y) => -y)) + 1]);
  const simple = intersect(featureCollection([polygon(rings), frame]))?.geometry;
  const parts = simple === undefined ? [] : simple.type === 'Polygon' ? [simple.coordinates] : simple.coordinates;
  const largest = parts.map((coordinates) => polygon(coordinates).geometry).sort((a, b) => area(b) - area(a))[0];
  if (largest === undefined) throw new GeometryFault('its outline crosses itself and encloses nothing', 'Draw it again.');
  return { type: 'Polygon', coordinates: wound(largest.coordinates) };
}

/** Math.min(...list) overflows the stack beyond some 100,000 numbers. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
