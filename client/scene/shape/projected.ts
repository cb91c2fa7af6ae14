/** GeoJSON geometry as areas and lines of the scene. */

import type { Geometry, Position } from 'geojson';
import type { Polyline } from './ribbon.ts';
import type { Area, Ring, Vec } from './ring.ts';
import { cleanArea } from './ring.ts';

export function polygons(g: Geometry, project: Project): Area[] {
  const ring = (r: Position[]): Ring => r.map((p) => project(p[0] as number, p[1] as number));
  if (g.type === 'Polygon') return [cleanArea(g.coordinates.map(ring))].filter((a) => a !== null);
  if (g.type === 'MultiPolygon') return g.coordinates.map((p) => cleanArea(p.map(ring))).filter((a) => a !== null);
  if (g.type === 'GeometryCollection') return g.geometries.flatMap((x) => polygons(x, project));
  return [];
}

export function polylines(g: Geometry, project: Project): Polyline[] {
  const line = (r: Position[]): Polyline => r.map((p) => project(p[0] as number, p[1] as number));
  if (g.type === 'LineString') return [line(g.coordinates)];
  if (g.type === 'MultiLineString') return g.coordinates.map(line);
  if (g.type === 'GeometryCollection') return g.geometries.flatMap((x) => polylines(x, project));
  return [];
}

export type Project = (lon: number, lat: number) => Vec;
