/** Turns features into assets: validated, measured (turf), completed with usual values of their kind. */
import { area, centerOfMass, distance } from '@turf/turf';
import type { Geometry } from 'geojson';
import { type Carrier, isFuel } from '../carriers.ts';
import { usualConversion } from '../kinds/conversion.ts';
import type { Conversion } from '../kinds/kind.ts';
import { kindRow } from '../kinds/kinds.ts';
import { type PortId, portId } from '../units.ts';
import { compact } from './compact.ts';
import { toText } from './features.ts';
import type { RawFeature } from './layers.ts';
import type { Asset, Storage } from './park.ts';
import { fieldName, type Place, type ProblemList, reportIssues, several } from './problems.ts';
import { assetPropertiesSchema } from './schema.ts';

type Feature = RawFeature & { id: string };
type Properties = ReturnType<typeof assetPropertiesSchema.parse>;

export function buildAssets(features: readonly Feature[], problems: ProblemList): Asset[] {
  const parsed: { feature: Feature; properties: Properties }[] = [];
  for (const feature of features) {
    const result = assetPropertiesSchema.safeParse(feature.properties);
    if (result.success) parsed.push({ feature, properties: result.data });
    else reportIssues(problems, result.error.issues, (path) => ({ file: feature.file, feature: feature.id, field: fieldName(path) }));
  }
  const places = new Map(features.map((f) => [f.id, f]));
  const assets: Asset[] = [];
  for (const { feature, properties } of parsed) {
    const geometry = placed(feature, properties.at, places, problems);
    if (geometry !== null) assets.push(buildAsset(feature, properties, geometry, problems));
  }
  reportAssumed(assets, places, problems);
  return assets;
}

/** Its own geometry, else the place of its host. Null where there is neither; this is reported. */
function placed(feature: Feature, at: string | undefined, places: Map<string, Feature>, problems: ProblemList): Asset['geometry'] | null {
  const place: Place = { file: feature.file, feature: feature.id, field: 'geometry' };
  const { geometry } = feature;
  if (geometry === null) {
    const host = at === undefined ? null : (places.get(at)?.geometry ?? null);
    if (host !== null) return { type: 'Point', coordinates: centerOf(host) };
    problems.error(place, 'has no place', 'Give it a geometry, "position: [lon, lat]" in park.yaml, or "at:" an asset that has one.');
    return null;
  }
  if (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' || geometry.type === 'LineString' || geometry.type === 'Point')
    return geometry;
  problems.error(place, `an asset cannot be a ${geometry.type}`, 'Draw it as a Point, LineString, Polygon or MultiPolygon.');
  return null;
}

function centerOf(geometry: Geometry): [number, number] {
  const [lon, lat] = centerOfMass(geometry).geometry.coordinates;
  return [lon as number, lat as number];
}

const own = [
  'kind',
  'name',
  'use',
  'tenant',
  'height_m',
  'floors',
  'floorArea_m2',
  'at',
  'ports',
  'conversion',
  'storage',
  'capacity_kW',
  'note',
];

function buildAsset(feature: Feature, p: Properties, geometry: Asset['geometry'], problems: ProblemList): Asset {
  const assumed: string[] = [];
  const area_m2 = area(geometry);
  const size = sizeOf(p, assumed);
  const conversion = p.conversion as Conversion | undefined;
  const ports = [...new Set(p.ports ?? portsOf(p.kind, conversion, p.storage as Storage | undefined))];
  const place = { file: feature.file, feature: feature.id };
  return compact<Asset>({
    id: feature.id,
    kind: p.kind,
    name: p.name === undefined ? { en: feature.id } : toText(p.name),
    use: p.use,
    tenant: p.tenant,
    geometry,
    centroid: centerOf(geometry),
    area_m2,
    ...size,
    floorArea_m2: p.floorArea_m2 ?? area_m2 * size.floors,
    assumed,
    at: p.at,
    ports,
    conversion: checkedConversion(p, conversion, ports, assumed, place, problems),
    storage: checkedStorage(p, ports, place, problems),
    capacity_kW: p.capacity_kW,
    note: p.note === undefined ? undefined : toText(p.note),
    properties: Object.fromEntries(Object.entries(p).filter(([name]) => !own.includes(name))),
  });
}

/** Height of a storey where only the number of storeys is known. */
const storey_m = 3.5;

/** Height from height_m, else hubHeight_m, storeys or the kind (listed as assumed); storeys, if not given, from the height. */
function sizeOf(p: Properties, assumed: string[]): { height_m: number; floors: number } {
  const hub = p['hubHeight_m'];
  const { floors: storeys, height_m: usual_m, onRoof_m = usual_m, vacant } = kindRow(p.kind);
  const given = p.height_m ?? (typeof hub === 'number' && hub > 0 ? hub : undefined);
  const fromKind = p.at === undefined ? usual_m : onRoof_m;
  if (given === undefined && (p.floors === undefined || p.floors === null) && !vacant) assumed.push('height_m');
  const height_m = given ?? (p.floors !== undefined && p.floors !== null ? p.floors * storey_m : fromKind);
  if (p.floors !== undefined && p.floors !== null) return { height_m, floors: p.floors };
  if (storeys !== undefined) assumed.push('floors');
  return { height_m, floors: storeys !== undefined ? Math.max(1, Math.round(height_m / storey_m)) : 1 };
}

/** Ports that a conversion or a storage implies; else the usual ones of the kind. */
function portsOf(kind: Asset['kind'], conversion: Conversion | undefined, storage: Storage | undefined): PortId[] {
  if (conversion !== undefined) {
    const side = (part: object, direction: 'in' | 'out') => (Object.keys(part) as Carrier[]).map((c) => portId(c, direction));
    return [...side(conversion.inputs, 'in'), ...side(conversion.outputs, 'out')];
  }
  if (storage !== undefined) return [portId(storage.carrier, 'in'), portId(storage.carrier, 'out')];
  return [...kindRow(kind).ports];
}

function checkedConversion(
  p: Properties,
  given: Conversion | undefined,
  ports: readonly PortId[],
  assumed: string[],
  at: Place,
  problems: ProblemList,
): Conversion | undefined {
  const place = { ...at, field: 'conversion' };
  if (given === undefined) {
    if (kindRow(p.kind).role !== 'converter') return undefined;
    const usual = usualConversion(p.kind, ports);
    if (usual === null) {
      const mend = 'Give conversion: {inputs: {carrier: kW}, outputs: {carrier: kW}} with the carriers of its ports.';
      problems.error(place, `no usual proportions are known for ${p.kind} with the ports ${ports.join(', ') || '(none)'}`, mend);
      return undefined;
    }
    assumed.push('conversion');
    return usual;
  }
  const named = [...Object.keys(given.inputs).map((c) => `${c}.in`), ...Object.keys(given.outputs).map((c) => `${c}.out`)];
  const missing = named.filter((port) => !(ports as string[]).includes(port));
  if (missing.length > 0) problems.error(place, `uses ${several(missing)}, which is not among its ports`, `Add it to ports, or remove it.`);
  if (Object.keys(given.inputs).length === 0 || Object.keys(given.outputs).length === 0) {
    problems.error(place, 'has no inputs or no outputs', 'A conversion takes at least one carrier and gives at least one.');
  }
  const sum = (side: Partial<Record<Carrier, number>>) => Object.values(side).reduce((a, b) => a + b, 0);
  const burns = (Object.keys(given.inputs) as Carrier[]).some(isFuel);
  const efficiency = sum(given.outputs) / sum(given.inputs);
  if (burns && efficiency > 1 + 1e-9) {
    problems.error(
      place,
      `gives ${efficiency.toFixed(2)} times the fuel it takes: the efficiency of a fuel converter cannot be over 1`,
      'State both sides in kW on the lower heating value; 0.92 for a good boiler.',
    );
  }
  return given;
}

function checkedStorage(p: Properties, ports: readonly PortId[], at: Place, problems: ProblemList): Storage | undefined {
  const place = { ...at, field: 'storage' };
  const storage = p.storage as Storage | undefined;
  if (storage === undefined) {
    if (kindRow(p.kind).role === 'store') problems.error(place, `${p.kind} needs a storage`, 'Give storage: {carrier, capacity_kWh, …}.');
    return undefined;
  }
  const pair = [portId(storage.carrier, 'in'), portId(storage.carrier, 'out')];
  if (!pair.every((port) => ports.includes(port)))
    problems.error(place, `stores ${storage.carrier} without ports ${pair.join(' and ')}`, 'Add both to ports.');
  if (storage.start_kWh > storage.capacity_kWh) problems.error(place, 'starts with more than its capacity', 'Lower start_kWh.');
  if (storage.chargeEfficiency === 0 || storage.dischargeEfficiency === 0)
    problems.error(place, 'has an efficiency of 0', 'Efficiencies are fractions, such as 0.95.');
  return storage;
}

function reportAssumed(assets: readonly Asset[], places: Map<string, Feature>, problems: ProblemList): void {
  const by = (field: string) => assets.filter((a) => a.assumed.includes(field));
  const say = (found: Asset[], field: string, message: string, mend: string) => {
    const first = found[0];
    if (first === undefined) return;
    const place = { file: places.get(first.id)?.file ?? 'park.yaml', feature: first.id, field };
    problems.warning(place, `${message}: ${several(found.map((a) => a.id))}`, mend);
  };
  const heights = by('height_m');
  const many = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
  say(
    heights,
    'height_m',
    `${many(heights.length, 'asset')} with neither height_m nor floors; a usual height of the kind is assumed`,
    'Give height_m or floors; it is drawn hatched as assumed until then.',
  );
  const conversions = by('conversion');
  say(
    conversions,
    'conversion',
    `${many(conversions.length, 'converter')} without a conversion; usual proportions of the kind are assumed`,
    'Give conversion from the data sheet (LHV).',
  );
}

/** Metres between two places. */
export function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  return distance([...a], [...b], { units: 'meters' });
}
