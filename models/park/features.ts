/** Sorts a layer's features into assets, lines and context. Also applies `assets:` of park.yaml. */

import { assetKinds } from '../kinds/kinds.ts';
import { compact } from './compact.ts';
import type { RawFeature } from './layers.ts';
import { type Context, type ContextKind, contextKinds, type Text } from './park.ts';
import { parkFileName } from './park-file.ts';
import { type ProblemList, quote, several } from './problems.ts';
import { featureKinds, type LayerFile, type ParkFile, textSchema } from './schema.ts';

export interface Sorted {
  assets: RawFeature[];
  lines: RawFeature[];
  context: Context[];
}

const isAssetKind = (kind: unknown) => (assetKinds as readonly unknown[]).includes(kind);
const isContextKind = (kind: unknown): kind is ContextKind => (contextKinds as readonly unknown[]).includes(kind);

export function sortFeatures(layer: LayerFile, features: readonly RawFeature[], problems: ProblemList): Sorted {
  const sorted: Sorted = { assets: [], lines: [], context: [] };
  for (const [i, feature] of features.entries()) {
    const { kind } = feature.properties;
    const place = { file: feature.file, feature: feature.label, field: 'kind' };
    if (layer.as !== 'context' && isAssetKind(kind)) sorted.assets.push(feature);
    else if (layer.as !== 'assets' && isContextKind(kind)) pushContext(sorted.context, kind, feature, i, problems);
    else if (layer.as === 'features' && kind === undefined && feature.properties['carrier'] !== undefined) sorted.lines.push(feature);
    else if (layer.as === 'features' && kind === 'line') sorted.lines.push(feature);
    else {
      const known = layer.as === 'assets' ? assetKinds : layer.as === 'context' ? contextKinds : featureKinds;
      problems.error(
        place,
        kind === undefined ? 'has no kind' : `${quote(kind)} is not a kind`,
        `Give properties.kind one of: ${known.join(', ')}${layer.as === 'features' ? '; or carrier, from and to for a line' : ''}. Layers can map it.`,
      );
    }
  }
  return sorted;
}

function pushContext(context: Context[], kind: ContextKind, feature: RawFeature, index: number, problems: ProblemList): void {
  const { kind: _, name, ...properties } = feature.properties;
  if (feature.geometry === null) {
    problems.warning(
      { file: feature.file, feature: feature.label, field: 'geometry' },
      'has no geometry and is not drawn',
      'Draw it or remove it.',
    );
    return;
  }
  const id = feature.id ?? `${feature.file.replace(/^.*\//, '').replace(/\.[^.]*$/, '')}-${index + 1}`;
  context.push(compact<Context>({ id, kind, name: readText(name), geometry: feature.geometry, properties }));
}

/** Names of context features are only drawn: a name that is not a text is left out. */
function readText(value: unknown): Text | undefined {
  const parsed = textSchema.safeParse(value);
  return parsed.success ? toText(parsed.data) : undefined;
}

export function toText(value: string | Text): Text {
  return typeof value === 'string' ? { en: value } : value;
}

/** Makes ids of context features unique: two of them may share an id (raw files do); assets and lines may not. */
export function distinctContext(context: readonly Context[], taken: ReadonlySet<string>): Context[] {
  const used = new Set(taken);
  return context.map((feature) => {
    let id = feature.id;
    for (let n = 2; used.has(id); n++) id = `${feature.id}-${n}`;
    used.add(id);
    return id === feature.id ? feature : { ...feature, id };
  });
}

/** Applies `assets:` of park.yaml: an entry with the id of a layer's feature adds to it, others are assets of their own. */
export function mergeAssets(features: readonly RawFeature[], entries: ParkFile['assets']): RawFeature[] {
  const merged = features.map((feature) => ({ ...feature }));
  const byId = new Map(merged.map((feature) => [feature.id, feature]));
  for (const { id, position, ...properties } of entries) {
    const known = byId.get(id);
    const geometry = position === undefined ? null : { type: 'Point' as const, coordinates: position };
    if (known) {
      known.properties = { ...known.properties, ...properties };
      if (geometry !== null) known.geometry = geometry;
    } else {
      const feature: RawFeature = { id, label: id, file: parkFileName, properties, geometry };
      byId.set(id, feature);
      merged.push(feature);
    }
  }
  return merged;
}

/** Reports features without an id and ids used twice; returns those that can go on. */
export function distinct(features: readonly RawFeature[], what: string, problems: ProblemList): (RawFeature & { id: string })[] {
  const seen = new Map<string, string>();
  const kept: (RawFeature & { id: string })[] = [];
  const nameless = features.filter((f) => f.id === null);
  const first = nameless[0];
  if (first !== undefined) {
    problems.error(
      { file: first.file, feature: first.label, field: 'id' },
      `${nameless.length === 1 ? `${what} has` : `${nameless.length} ${what}s have`} no id: ${several(nameless.map((f) => f.label))}`,
      'Give each feature an "id", or the layer "id: {prefix: b-}" to number them.',
    );
  }
  for (const feature of features) {
    if (feature.id === null) continue;
    const before = seen.get(feature.id);
    if (before === undefined) kept.push({ ...feature, id: feature.id });
    else {
      problems.error(
        { file: feature.file, feature: feature.id, field: 'id' },
        `two features have the id "${feature.id}"${before === feature.file ? '' : ` (the other is in ${before})`}`,
        'Rename one of them, and what refers to it.',
      );
    }
    seen.set(feature.id, feature.file);
  }
  return kept;
}
