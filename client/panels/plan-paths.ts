/** Geometry as SVG path data, in metres east and south of the park's place. */
import type { Geometry, Position } from 'geojson';

export type Project = (lon: number, lat: number) => [number, number];

const round = (value: number) => Math.round(value * 10) / 10;

function track(positions: readonly Position[], project: Project): string {
  let path = '';
  for (const [lon, lat] of positions) {
    if (lon === undefined || lat === undefined) continue;
    const [x, y] = project(lon, lat);
    path += `${path === '' ? 'M' : 'L'}${round(x)} ${round(-y)}`;
  }
  return path;
}

/** Points become circles of `radius` metres; collections are drawn part by part. */
export function pathOf(geometry: Geometry, project: Project, radius = 6): string {
  switch (geometry.type) {
    case 'Polygon':
      return geometry.coordinates.map((ring) => `${track(ring, project)}Z`).join('');
    case 'MultiPolygon':
      return geometry.coordinates.flatMap((polygon) => polygon.map((ring) => `${track(ring, project)}Z`)).join('');
    case 'LineString':
      return track(geometry.coordinates, project);
    case 'MultiLineString':
      return geometry.coordinates.map((line) => track(line, project)).join('');
    case 'Point':
      return circle(geometry.coordinates, project, radius);
    case 'MultiPoint':
      return geometry.coordinates.map((position) => circle(position, project, radius)).join('');
    case 'GeometryCollection':
      return geometry.geometries.map((part) => pathOf(part, project, radius)).join('');
  }
}

function circle([lon, lat]: Position, project: Project, r: number): string {
  if (lon === undefined || lat === undefined) return '';
  const [x, y] = project(lon, lat);
  return `M${round(x - r)} ${round(-y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * What the first view shows, in plan metres: all centroids except outliers, farther from the middle than three times
 * the median distance, which must not shrink the park to a dot.
 */
export function boundsOf(centroids: readonly (readonly [number, number])[], project: Project): Box {
  const points = centroids.map(([lon, lat]) => project(lon, lat));
  if (points.length === 0) return { x: -500, y: -500, width: 1000, height: 1000 };
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const cx = middle(points.map(([x]) => x));
  const cy = middle(points.map(([, y]) => y));
  const limit = 3 * Math.max(1, middle(points.map(([x, y]) => Math.hypot(x - cx, y - cy))));
  const near = points.filter(([x, y]) => Math.hypot(x - cx, y - cy) <= limit);
  const xs = near.map(([x]) => x);
  const ys = near.map(([, y]) => -y);
  const margin = 40;
  const x = Math.min(...xs) - margin;
  const y = Math.min(...ys) - margin;
  return { x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y };
}
