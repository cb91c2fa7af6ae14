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

/** Every position of a geometry. */
function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf);
  if (geometry.type === 'Point') return [geometry.coordinates];
  const depth = { MultiPoint: 0, LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 }[geometry.type];
  return (geometry.coordinates as unknown[]).flat(depth) as Position[];
}

/**
 * The box that the first view shows, in plan metres: all assets except outliers, which would shrink the park to a dot. An
 * outlier is farther from the middle than three times the median distance.
 */
export function boundsOf(assets: readonly { centroid: readonly [number, number]; geometry: Geometry }[], project: Project): Box {
  const points = assets.map(({ centroid: [lon, lat] }) => project(lon, lat));
  if (points.length === 0) return { x: -500, y: -500, width: 1000, height: 1000 };
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const cx = middle(points.map(([x]) => x));
  const cy = middle(points.map(([, y]) => y));
  const limit = 3 * Math.max(1, middle(points.map(([x, y]) => Math.hypot(x - cx, y - cy))));
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [i, asset] of assets.entries()) {
    const [px, py] = points[i] ?? [Infinity, Infinity];
    if (Math.hypot(px - cx, py - cy) > limit) continue;
    for (const [lon, lat] of positionsOf(asset.geometry)) {
      if (lon === undefined || lat === undefined) continue;
      const [x, y] = project(lon, lat);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, -y);
      bottom = Math.max(bottom, -y);
    }
  }
  const margin = 30;
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}
