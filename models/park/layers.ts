/** Reads one layer of a park folder (a raw GeoJSON or CSV file) into features with our property names, by its mapping. */
import type { Geometry } from 'geojson';
import { compact } from './compact.ts';
import { CsvFault, readCsv, readNumber } from './csv-table.ts';
import { countVertices, type FileFeature, readGeoJson } from './geojson-file.ts';
import { GeometryFault, maxFeatureVertices, readGeometry } from './geometry.ts';
import { lookup } from './own-value.ts';
import { type ProblemList, quote, several } from './problems.ts';
import type { LayerFile } from './schema.ts';

/** A feature with our property names, not yet an asset, line or context. */
export interface RawFeature {
  /** null = the file gives none. */
  id: string | null;
  /** For messages. */
  label: string;
  file: string;
  properties: Record<string, unknown>;
  geometry: Geometry | null;
}

export function readLayer(layer: LayerFile, text: string, problems: ProblemList): RawFeature[] {
  const table = /\.csv$/i.test(layer.file);
  const features = table ? readTable(layer, text, problems) : readGeoJson(text, layer.file, problems);
  const raw: RawFeature[] = [];
  const seen = new Set<string>();
  for (const [i, feature] of features.entries()) {
    if (!wanted(layer, feature.properties)) continue;
    const id = featureId(layer, feature, i);
    if (id !== null) seen.add(id);
    const label = id ?? feature.label;
    const properties = mapProperties(layer, feature, id, { file: layer.file, feature: label }, problems);
    if (properties === null) continue;
    const geometry = checkedGeometry(feature, { file: layer.file, feature: label }, problems);
    if (geometry === undefined) continue;
    raw.push({ id, label, file: layer.file, properties, geometry });
  }
  const unknown = Object.keys(layer.set ?? {}).filter((id) => !seen.has(id));
  if (unknown.length > 0) {
    problems.error(
      { file: 'park.yaml', feature: layer.file, field: 'set' },
      `no feature has the id ${several(unknown)}`,
      'Use ids of that layer.',
    );
  }
  return raw;
}

/** undefined = refused; this is reported. */
function checkedGeometry(
  feature: FileFeature,
  place: { file: string; feature: string },
  problems: ProblemList,
): Geometry | null | undefined {
  if (feature.geometry === null) return null;
  const at = { ...place, field: 'geometry' };
  if (countVertices(feature.geometry, maxFeatureVertices) > maxFeatureVertices) {
    problems.error(at, `has more than ${maxFeatureVertices} vertices`, 'Simplify it, for example with mapshaper.');
    return undefined;
  }
  try {
    const { geometry, flaw } = readGeometry(feature.geometry);
    if (flaw !== undefined) problems.warning(at, flaw, 'Draw the outline again so that it does not cross itself.');
    return geometry;
  } catch (error) {
    if (!(error instanceof GeometryFault)) throw error;
    problems.error(at, error.message, error.mend);
    return undefined;
  }
}

/** Every row becomes a point. Cells stay texts; they become numbers where a mapping needs a number. */
function readTable(layer: LayerFile, text: string, problems: ProblemList): FileFeature[] {
  const lon = layer.lon ?? 'lon';
  const lat = layer.lat ?? 'lat';
  try {
    const { columns, rows } = readCsv(text);
    for (const column of [lon, lat]) {
      if (!columns.includes(column)) {
        throw new CsvFault(`has no column "${column}", only ${several(columns)}`, 'Name the columns with lon: and lat: of the layer.', 1);
      }
    }
    return rows.map(({ line, cells }) => {
      const coordinates = [lon, lat].map((column) => {
        const value = readNumber(cells[column] ?? '');
        if (typeof value !== 'number') {
          throw new CsvFault(`${column} is ${quote(cells[column])}`, 'Degrees with a decimal point, as in 120.701.', line);
        }
        return value;
      });
      const { [lon]: _lon, [lat]: _lat, ...properties } = cells;
      return { id: cells['id'], label: `row ${line}`, properties, geometry: { type: 'Point', coordinates } };
    });
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    problems.error({ file: layer.file, feature: error.row === undefined ? undefined : `row ${error.row}` }, error.message, error.mend);
    return [];
  }
}

function wanted(layer: LayerFile, properties: Record<string, unknown>): boolean {
  return Object.entries(layer.where ?? {}).every(([name, values]) => values.includes(properties[name] as string | number | boolean));
}

/** Ids of a park's own file are used as they are; ids of raw files ("way/1234", 1234, "Hall 3") are changed to fit our rules. */
function featureId(layer: LayerFile, feature: FileFeature, index: number): string | null {
  if (typeof layer.id === 'object') return `${layer.id.prefix}${index + 1}`;
  const given = layer.id === undefined ? (feature.id ?? feature.properties['id']) : feature.properties[layer.id];
  if (typeof given !== 'string' && typeof given !== 'number') return null;
  if (layer.kind === undefined && layer.id === undefined) return String(given);
  const fit = String(given)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 120);
  return fit === '' ? null : fit;
}

type Mapping =
  | string
  | { value: unknown }
  | { property: string; map?: Record<string, unknown>; default?: unknown; scale?: number }
  | undefined;

/** null = its kind maps to nothing, so it is left out. Precedence: set, mapping, the file's own value, defaults. */
function mapProperties(
  layer: LayerFile,
  feature: FileFeature,
  id: string | null,
  place: { file: string; feature: string },
  problems: ProblemList,
): Record<string, unknown> | null {
  const own = feature.properties;
  const set = id === null ? undefined : lookup(layer.set, id);
  const kind = set?.['kind'] ?? mappedKind(layer, own) ?? layer.defaults?.['kind'];
  if (kind === undefined && layer.kind !== undefined) return null;
  const number = (name: 'height_m' | 'floors' | 'width_m') => {
    const mapping = layer[name] as Mapping;
    const value = mapping === undefined ? own[name] : mappedValue(mapping, own);
    if (typeof value !== 'string') return value;
    // OSM writes "17 m"; tables write everything as text.
    const read = readNumber(value.replace(/\s*m$/i, ''));
    if (read === undefined)
      problems.error({ ...place, field: name }, `${quote(value)} is not a number`, 'Write it with a decimal point, without unit.');
    return read;
  };
  const floors = number('floors');
  const mapped = {
    kind,
    name: layer.name === undefined ? own['name'] : mappedValue(layer.name as Mapping, own),
    use: layer.use === undefined ? own['use'] : mappedValue(layer.use as Mapping, own),
    height_m: number('height_m'),
    // A mapping may scale heights into storeys, so they are rounded; a park's own file is used as it is.
    floors: layer.floors !== undefined && typeof floors === 'number' ? Math.max(1, Math.round(floors)) : floors,
    width_m: number('width_m'),
  };
  const known = Object.fromEntries(Object.entries(mapped).filter(([, v]) => v !== undefined && v !== null && v !== ''));
  const { kind: _, name: _name, use: _use, height_m: _height, floors: _floors, width_m: _width, ...rest } = own;
  return compact<Record<string, unknown>>({ ...layer.defaults, ...rest, ...known, ...set });
}

function mappedKind(layer: LayerFile, own: Record<string, unknown>): unknown {
  if (layer.kind === undefined) return own['kind'];
  if (typeof layer.kind === 'string') return layer.kind;
  return lookup(layer.kind.map, String(own[layer.kind.property])) ?? layer.kind.default;
}

function mappedValue(mapping: Mapping, own: Record<string, unknown>): unknown {
  if (mapping === undefined) return undefined;
  if (typeof mapping === 'string') return own[mapping];
  if ('value' in mapping) return mapping.value;
  const found = own[mapping.property];
  if (mapping.map !== undefined) return lookup(mapping.map, String(found)) ?? mapping.default;
  const value = typeof found === 'string' && mapping.scale !== undefined ? (readNumber(found) ?? undefined) : found;
  if (typeof value === 'number' && mapping.scale !== undefined) return value * mapping.scale;
  return value ?? mapping.default;
}
