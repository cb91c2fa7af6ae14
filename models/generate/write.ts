/** The drafted park as the files of a park folder. YAML is written with JSON's braces: shorter, and faster to read. */
import type { Draft, DraftContext } from './draft.ts';
import { type DraftPoint, metersOf } from './meters.ts';
import { type LinePeaks, rating_kW } from './sizes.ts';
import type { Uv } from './street-grid.ts';

type Globe = (at: Uv) => [number, number];

export interface Title {
  id: string;
  place: { lon: number; lat: number };
  seed: number;
}

export function writeGeoJson(draft: Draft, peaks: LinePeaks, globe: Globe): string {
  const ring = (points: readonly Uv[]) => [...points, points[0] as Uv].map(globe);
  const features: unknown[] = [];
  const feature = (id: string, properties: object, geometry: object) => features.push({ type: 'Feature', id, properties, geometry });
  const contextGeometry = ({ geometry }: DraftContext) => {
    if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: geometry.rings.map(ring) };
    if (geometry.type === 'LineString') return { type: 'LineString', coordinates: geometry.line.map(globe) };
    return { type: 'MultiPoint', coordinates: geometry.points.map(globe) };
  };
  for (const [i, context] of draft.context.entries())
    feature(`${context.kind}-c${i + 1}`, { kind: context.kind, ...context.properties }, contextGeometry(context));
  for (const { id, kind, areas, centre, properties, ports } of draft.assets) {
    const geometry =
      areas === null
        ? { type: 'Point', coordinates: globe(centre) }
        : areas.length === 1
          ? { type: 'Polygon', coordinates: (areas[0] ?? []).map(ring) }
          : { type: 'MultiPolygon', coordinates: areas.map((area) => area.map(ring)) };
    feature(id, { kind, ...properties, ports }, geometry);
  }
  for (const { id, carrier, from, to, loss, course, open, name } of draft.lines) {
    const capacity_kW = rating_kW(peaks.get(id) ?? 0);
    feature(
      id,
      { carrier, from, to, loss, capacity_kW, ...(open && { open }), ...(name && { name }) },
      { type: 'LineString', coordinates: course.map(globe) },
    );
  }
  return `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`;
}

/** Factors of last resort, as in the demo park: used only where nothing else is known. */
const ownFactors = [
  {
    id: 'heat-of-a-gas-boiler',
    name: { en: 'Heat of unknown origin, as from a gas boiler', zh: '来源不明的热量，按燃气锅炉计' },
    value: 224.6,
    source: 'natural-gas (202.166 gCO2e/kWh, lower heating value) through a boiler of 90 %; an assumption of this park',
  },
  {
    id: 'cooling-of-a-chiller',
    name: { en: 'Cooling of unknown origin, as from an electric chiller', zh: '来源不明的冷量，按电制冷计' },
    value: 110,
    source: 'cn-east-2023 (550 gCO2e/kWh) through a chiller with a coefficient of performance of 5; an assumption of this park',
  },
].map((factor) => ({ ...factor, unit: 'gCO2e/kWh', set: 'direct', validFrom: '2023-01-01', verified: false }));

export function writeYaml(draft: Draft, peaks: LinePeaks, { id, place, seed }: Title): string {
  const count = draft.assets.length.toLocaleString('en');
  const line = (value: object) => `  - ${JSON.stringify(value)}`;
  const meter = (point: DraftPoint) => line({ ...point, source: { type: 'simulator' } });
  const gas = draft.byId.has('gas');
  // Accounting the past costs about a second for a thousand assets and ten days.
  const history_days = Math.max(1, Math.min(30, Math.round(20_000 / draft.assets.length)));
  return [
    `# Generated: ${count} assets from seed ${seed}. People, firms, meters and figures are invented.`,
    `id: ${id}`,
    `name: {en: "Generated park, ${count} assets", zh: "生成园区，${count}项资产"}`,
    'description: {en: "An invented park of any size, for trying out and measuring.", zh: "按所需规模生成的虚构园区，用于试用与测量。"}',
    'fictional: true',
    `place: {lon: ${place.lon}, lat: ${place.lat}, country: CN, name: {en: "Jiangsu, China (fictional)", zh: "中国江苏（虚构）"}}`,
    'timeZone: Asia/Shanghai',
    'currency: CNY',
    'gridZone: CN-EAST',
    'interval_s: 900',
    'clock: {tick_s: 1}',
    'carbon:',
    '  sources:',
    '    grid: {electricity.out: {factor: cn-east-2023-hourly, kind: grid}}',
    ...(gas ? ['    gas: {gas.out: {factor: natural-gas, kind: gas}}'] : []),
    '  fallback: {electricity: cn-east-2023, gas: natural-gas, heat: heat-of-a-gas-boiler, cooling: cooling-of-a-chiller}',
    'factors:',
    ...ownFactors.map(line),
    'unmetered:',
    ...draft.unmetered.map(line),
    'points:',
    ...metersOf(draft, peaks).map(meter),
    ...(draft.tenants.length > 0 ? ['tenants:', ...draft.tenants.map(line)] : []),
    `simulation: {seed: ${seed}, history_days: ${history_days}}`,
    'retention: {raw_days: 3}',
    '',
  ].join('\n');
}
