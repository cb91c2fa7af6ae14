/**
 * Reads a GeoJSON text into features and checks their structure, but not yet their geometry. Refuses files that would stall
 * or overflow later steps.
 */
import { checkBounds, GeometryFault } from './geometry.ts';
import { type Place, type ProblemList, quote } from './problems.ts';

export const maxFileVertices = 500_000;
export const maxFeatures = 100_000;

export interface FileFeature {
  /** As it stands in the file. */
  id: unknown;
  /** What to call it in messages: its id, or its number from 1. */
  label: string;
  properties: Record<string, unknown>;
  geometry: unknown;
}

export function readGeoJson(text: string, file: string, problems: ProblemList): FileFeature[] {
  const refuse = (message: string, mend: string) => {
    problems.error({ file }, message, mend);
    return [];
  };
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse(`is not JSON: ${(error as Error).message}`, 'Check it with a JSON validator; brackets, commas and quotes must match.');
  }
  if (!isObject(root)) return refuse(`holds ${quote(root)}`, 'A layer is a GeoJSON FeatureCollection.');
  const crs = foreignCrs(root['crs']);
  if (crs !== null) {
    return refuse(`is in ${crs}, not WGS84 longitude and latitude`, 'Convert it: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson');
  }
  if (countVertices(root['type'] === 'Feature' ? root : root['features']) > maxFileVertices) {
    return refuse(`has more than ${maxFileVertices} vertices`, 'Cut it to the park and simplify it, for example with mapshaper.');
  }
  if (root['type'] === 'Feature') return readFeatures([root], file, problems);
  if (root['type'] !== 'FeatureCollection') {
    return refuse(
      `is ${root['type'] === undefined ? 'without a type' : `of type ${quote(root['type'])}`}`,
      'A layer is a FeatureCollection; wrap a bare geometry in a Feature with properties.',
    );
  }
  const misplaced = ['coordinates', 'geometry', 'geometries', 'properties'].find((member) => member in root);
  if (misplaced !== undefined) return refuse(`a FeatureCollection with "${misplaced}"`, `Remove "${misplaced}" (RFC 7946, 7.1).`);
  const features = root['features'];
  if (!Array.isArray(features)) return refuse('"features" is not a list', 'Put the features in square brackets.');
  if (features.length > maxFeatures) return refuse(`has ${features.length} features, more than ${maxFeatures}`, 'Cut it to the park.');
  return readFeatures(features, file, problems);
}

function readFeatures(features: readonly unknown[], file: string, problems: ProblemList): FileFeature[] {
  const read: FileFeature[] = [];
  for (const [i, feature] of features.entries()) {
    const label = isObject(feature) && typeof feature['id'] === 'string' ? feature['id'] : `#${i + 1}`;
    const fault = isObject(feature) ? featureFault(feature) : { message: `is ${quote(feature)}`, mend: 'Remove it.' };
    if (fault !== null) {
      const place: Place = { file, feature: label, field: fault.field };
      problems.error(place, fault.message, fault.mend);
      continue;
    }
    const { id, properties, geometry } = feature as Record<string, unknown>;
    read.push({ id, label, properties: (properties ?? {}) as Record<string, unknown>, geometry });
  }
  return read;
}

interface Fault {
  field?: string;
  message: string;
  mend: string;
}

function featureFault(feature: Record<string, unknown>): Fault | null {
  const { type, id, properties, geometry } = feature;
  if (type !== 'Feature') return { field: 'type', message: `is of type ${quote(type)}`, mend: 'Write "type": "Feature".' };
  const misplaced = ['coordinates', 'geometries', 'features'].find((member) => member in feature);
  if (misplaced !== undefined) {
    return { field: misplaced, message: `a Feature with "${misplaced}"`, mend: `Remove "${misplaced}" (RFC 7946, 7.1).` };
  }
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') {
    return { field: 'id', message: `id is ${quote(id)}`, mend: 'An id is a text or a number.' };
  }
  if (properties !== null && !isObject(properties)) {
    return { field: 'properties', message: `properties are ${quote(properties)}`, mend: 'Give properties an object, or null.' };
  }
  if (geometry === undefined) return { field: 'geometry', message: 'has no geometry member', mend: 'Give it a geometry, or null.' };
  try {
    checkBounds(feature['bbox']);
  } catch (error) {
    if (error instanceof GeometryFault) return { field: 'bbox', message: error.message, mend: error.mend };
    throw error;
  }
  return null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of a coordinate system that is not WGS84 (pre-2016 GeoJSON had a `crs` member), else null. */
function foreignCrs(crs: unknown): string | null {
  if (crs === undefined || crs === null) return null;
  const properties = isObject(crs) ? crs['properties'] : undefined;
  const name = isObject(properties) ? (properties['name'] ?? properties['href'] ?? properties['code']) : crs;
  return /CRS84|(^|\D)4326$/.test(String(name)) ? null : quote(name);
}

/** Counts positions: lists that start with a number. Uses a stack of its own, so that deep nesting cannot overflow. */
export function countVertices(value: unknown, limit = maxFileVertices): number {
  const stack: unknown[] = [value];
  let count = 0;
  while (stack.length > 0 && count <= limit) {
    const top = stack.pop();
    if (Array.isArray(top)) {
      if (typeof top[0] === 'number') count++;
      else for (const item of top) if (typeof item === 'object') stack.push(item);
    } else if (isObject(top)) {
      for (const key of ['geometry', 'geometries', 'coordinates']) if (typeof top[key] === 'object') stack.push(top[key]);
    }
  }
  return count;
}
