/** Builds lines from drawn features and from `lines:` and `connect:` of park.yaml. */

import { length } from '@turf/turf';
import type { LineString } from 'geojson';
import { carrierRow } from '../carriers.ts';
import { carrierOf } from '../units.ts';
import { metresBetween } from './assets.ts';
import { compact } from './compact.ts';
import { toText } from './features.ts';
import type { RawFeature } from './layers.ts';
import type { Asset, Line } from './park.ts';
import { parkFileName } from './park-file.ts';
import { fieldName, type Place, type ProblemList, reportIssues } from './problems.ts';
import { linePropertiesSchema, type ParkFile } from './schema.ts';

export function buildLines(
  drawn: readonly (RawFeature & { id: string })[],
  file: ParkFile,
  assets: readonly Asset[],
  problems: ProblemList,
): Line[] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const lines: Line[] = [];
  for (const feature of drawn) {
    const place: Place = { file: feature.file, feature: feature.id };
    const result = linePropertiesSchema.safeParse(feature.properties);
    if (!result.success) {
      reportIssues(problems, result.error.issues, (path) => ({ ...place, field: fieldName(path) }));
      continue;
    }
    if (feature.geometry?.type !== 'LineString') {
      problems.error(
        { ...place, field: 'geometry' },
        `a line cannot be ${feature.geometry?.type ?? 'without geometry'}`,
        'Draw it as a LineString.',
      );
      continue;
    }
    lines.push(buildLine(feature.id, result.data, feature.geometry, byId, place, problems));
  }
  for (const { id, ...properties } of file.lines)
    lines.push(buildLine(id, properties, null, byId, { file: parkFileName, feature: id }, problems));
  return [...lines, ...connections(file, assets, byId, lines, problems)];
}

type Properties = ReturnType<typeof linePropertiesSchema.parse>;

function buildLine(
  id: string,
  p: Properties,
  geometry: LineString | null,
  byId: Map<string, Asset>,
  place: Place,
  problems: ProblemList,
): Line {
  const from = byId.get(p.from);
  const to = byId.get(p.to);
  for (const [field, asset] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (asset === undefined)
      problems.error({ ...place, field }, `there is no asset "${p[field]}"`, 'Lines join two assets by their ids; give the id of one.');
  }
  if (p.from === p.to) problems.error({ ...place, field: 'to' }, 'leads to where it starts', 'Give "to" another asset.');
  const course = geometry === null || from === undefined || to === undefined ? geometry : directed(geometry, from, to);
  const straight = from === undefined || to === undefined ? 0 : metresBetween(from.centroid, to.centroid);
  return compact<Line>({
    id,
    name: p.name === undefined ? undefined : toText(p.name),
    carrier: p.carrier,
    from: p.from,
    to: p.to,
    loss: p.loss,
    // The course of an undrawn line is unknown, so its straight length is used; never zero, because flows in rings depend on it.
    length_m: Math.max(1, course === null ? straight : length({ type: 'Feature', properties: {}, geometry: course }, { units: 'meters' })),
    capacity_kW: p.capacity_kW,
    open: p.open,
    overhead: (p.overhead ?? carrierRow(p.carrier).overhead) || undefined,
    implied: course === null,
    geometry: course,
  });
}

/** The course from `from` to `to`: reversed where the drawing clearly runs the other way. */
function directed(geometry: LineString, from: Asset, to: Asset): LineString {
  const first = geometry.coordinates[0] as [number, number];
  const last = geometry.coordinates.at(-1) as [number, number];
  const asDrawn = metresBetween(first, from.centroid) + metresBetween(last, to.centroid);
  const turned = metresBetween(last, from.centroid) + metresBetween(first, to.centroid);
  return turned * 1.5 < asDrawn ? { type: 'LineString', coordinates: geometry.coordinates.toReversed() } : geometry;
}

/** Lines of `connect:`, from one hub to every asset that has a port of the carrier. */
function connections(
  file: ParkFile,
  assets: readonly Asset[],
  byId: Map<string, Asset>,
  drawn: readonly Line[],
  problems: ProblemList,
): Line[] {
  const joined = new Set(drawn.map((l) => [l.carrier, ...[l.from, l.to].sort()].join(' ')));
  return file.connect.flatMap((rule, i) => {
    const place: Place = { file: parkFileName, feature: `connect[${i}]` };
    if (!byId.has(rule.hub)) {
      problems.error({ ...place, field: 'hub' }, `there is no asset "${rule.hub}"`, 'Give the id of the asset that the others hang on.');
      return [];
    }
    const lost = (rule.ids ?? []).filter((id) => !byId.has(id));
    for (const id of lost) problems.error({ ...place, field: 'ids' }, `there is no asset "${id}"`, 'Give ids of assets.');
    return assets
      .filter((asset) => asset.id !== rule.hub && asset.at === undefined && asset.ports.some((p) => carrierOf(p) === rule.carrier))
      .filter(
        (asset) => (rule.kinds === undefined && rule.ids === undefined) || rule.kinds?.includes(asset.kind) || rule.ids?.includes(asset.id),
      )
      .filter((asset) => !joined.has([rule.carrier, ...[rule.hub, asset.id].sort()].join(' ')))
      .map((asset) => {
        const properties = { carrier: rule.carrier, from: rule.hub, to: asset.id, loss: rule.loss, open: false };
        return buildLine(`${rule.hub}--${asset.id}:${rule.carrier}`, properties, null, byId, place, problems);
      });
  });
}
