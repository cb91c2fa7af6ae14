/** Factor files, and which factor each source port of a park has. */

import type { Carrier } from '../carriers.ts';
import type { SourceKind } from '../energy-sources.ts';
import { sourceKindRow } from '../energy-sources.ts';
import { sourceKindOf } from '../kinds/import-source.ts';
import { isSource } from '../kinds/roles.ts';
import { carrierOf, type PortId, portId } from '../units.ts';
import { compact } from './compact.ts';
import { toText } from './features.ts';
import { unstatedStarts } from './lifecycle-start.ts';
import { lookup } from './own-value.ts';
import type { Asset, Factor, FactorSet, LifecycleLacks, Park, Point, SourceBinding, VirtualPoint } from './park.ts';
import { parkFileName } from './park-file.ts';
import { fieldName, type ProblemList, reportIssues, several } from './problems.ts';
import { factorFileSchema, type ParkFile } from './schema.ts';
import { tellingsOf } from './tellings.ts';

/** Factors by id: those of the common files, overridden by the park's own. */
export function readFactors(files: ReadonlyMap<string, string>, file: ParkFile, problems: ProblemList): Map<string, Factor> {
  const factors = new Map<string, Factor>();
  const add = (entries: ParkFile['factors'], from: string, once: Set<string>) => {
    for (const entry of entries) {
      const place = { file: from, feature: entry.id };
      if (once.has(entry.id)) problems.error({ ...place, field: 'id' }, `two factors have the id "${entry.id}"`, 'Rename one of them.');
      once.add(entry.id);
      if (entry.hourly !== undefined) {
        const mean = entry.hourly.reduce((a, b) => a + b, 0) / entry.hourly.length;
        if (Math.abs(mean - 1) > 1e-3)
          problems.error({ ...place, field: 'hourly' }, `has a mean of ${mean.toFixed(4)}, not 1`, 'Divide every hour by it.');
      }
      factors.set(
        entry.id,
        compact<Factor>({
          ...entry,
          name: toText(entry.name),
          hourly: entry.hourly,
          renewableShare: entry.renewableShare,
          carbonFreeShare: entry.carbonFreeShare,
          biogenic_gPerKwh: entry.biogenic_gPerKwh,
        }),
      );
    }
  };
  const shared = new Set<string>();
  for (const [name, text] of files) {
    try {
      const parsed = factorFileSchema.safeParse(JSON.parse(text));
      if (parsed.success) add(parsed.data, name, shared);
      else reportIssues(problems, parsed.error.issues, (path) => ({ file: name, field: fieldName(path) }));
    } catch (error) {
      problems.error({ file: name }, `is not JSON: ${(error as Error).message}`, 'Check it with a JSON validator.');
    }
  }
  add(file.factors, parkFileName, new Set());
  return factors;
}

/** Carrier → factor of last resort. */
export function buildFallback(
  file: ParkFile,
  factors: ReadonlyMap<string, Factor>,
  set: FactorSet,
  problems: ProblemList,
): Park['fallback'] {
  const fallback: Park['fallback'] = {};
  const named = set === 'lifecycle' ? (file.carbon.lifecycle?.fallback ?? file.carbon.fallback) : file.carbon.fallback;
  for (const [carrier, id] of Object.entries(named)) {
    const factor = factorById(id, factors, { feature: 'carbon', field: `carbon.fallback.${carrier}` }, problems);
    if (factor !== undefined) fallback[carrier as Carrier] = factor;
  }
  if (set === 'direct') checkOther(file.carbon.lifecycle?.fallback ?? {}, factors, problems);
  return fallback;
}

/** Checks the life-cycle fallback also where the direct set is built, so that wrong names are always reported. */
function checkOther(fallback: ParkFile['carbon']['fallback'], factors: ReadonlyMap<string, Factor>, problems: ProblemList): void {
  for (const [carrier, id] of Object.entries(fallback)) {
    const field = `carbon.lifecycle.fallback.${carrier}`;
    if (factorById(id, factors, { feature: 'carbon', field }, problems)?.set !== 'direct') continue;
    problems.error({ file: parkFileName, feature: 'carbon', field }, `"${id}" is a direct factor`, 'Name one of the set lifecycle.');
  }
}

interface Known {
  assets: readonly Asset[];
  points: readonly Point[];
  virtualPoints: readonly VirtualPoint[];
  fallback: Park['fallback'];
}

/** Bindings of every port that supplies, in the set that is built. Reports where a life-cycle set lacks a factor. */
export function buildSources(
  file: ParkFile,
  known: Known,
  factors: ReadonlyMap<string, Factor>,
  set: FactorSet,
  problems: ProblemList,
): Pick<Park, 'sources' | 'lifecycleLacks'> {
  const { sources: settings, lifecycle } = file.carbon;
  checkSettings(settings, 'carbon.sources', known.assets, problems);
  checkSettings(lifecycle?.sources ?? {}, 'carbon.lifecycle.sources', known.assets, problems);
  const lacks: LifecycleLacks = { sources: [], fallback: lackingFallback(file) };
  const toldBeside = toldIn(known, 'lifecycle');
  const sources = known.assets.flatMap((asset) =>
    asset.ports
      .filter((port) => isSource(asset, port))
      .map((port): SourceBinding => {
        const setting = lookup(lookup(settings, asset.id), port);
        const sourceKind = setting?.kind ?? sourceKindOf(asset, port);
        const other = lifecycleOf(lookup(lookup(lifecycle?.sources ?? {}, asset.id), port)?.factor, asset, port, factors, problems);
        const usualBeside = factors.get(usualFactor(sourceKind, asset, 'lifecycle'));
        const beside = other ?? (lifecycle ? usualBeside : undefined);
        if ((other ?? usualBeside) === undefined && !toldBeside.has(`${asset.id}/${port}`)) lacks.sources.push({ asset: asset.id, port });
        if (set === 'lifecycle' && lifecycle) {
          const last = known.fallback[carrierOf(port)];
          return { asset: asset.id, port, sourceKind, factor: beside ?? last ?? null, estimated: beside === undefined };
        }
        const field = `carbon.sources.${asset.id}.${port}`;
        const given =
          setting?.factor === undefined ? undefined : factorById(setting.factor, factors, { feature: asset.id, field }, problems);
        const usual = set === 'lifecycle' ? undefined : factors.get(usualFactor(sourceKind, asset, 'direct'));
        const factor = given ?? usual ?? known.fallback[carrierOf(port)] ?? null;
        const binding: SourceBinding = { asset: asset.id, port, sourceKind, factor, estimated: given === undefined && usual === undefined };
        return beside === undefined ? binding : { ...binding, lifecycle: beside };
      }),
  );
  checkSets([...sources.map((s) => s.factor), ...Object.values(known.fallback)], problems);
  for (const { id, storage } of unstatedStarts(known.assets, lifecycle?.fallback ?? {}))
    if (storage) lacks.sources.push({ asset: id, port: portId(storage.carrier, 'out') });
  const told = toldIn(known, set);
  if (set === 'lifecycle' && lifecycle) checkLifecycle(lacks, problems);
  const bare = sources.filter((s) => s.factor === null && !told.has(`${s.asset}/${s.port}`));
  if (bare.length > 0) {
    problems.warning(
      { file: parkFileName, feature: bare[0]?.asset, field: 'carbon.sources' },
      `no emission factor for ${several(bare.map((s) => `${s.asset} ${s.port}`))}: what they feed has an unknown intensity`,
      'Name a factor in carbon.sources, or one for the carrier in carbon.fallback.',
    );
  }
  return set === 'direct' ? { sources, lifecycleLacks: lacks } : { sources };
}

/** Carriers that have a direct factor of last resort and no life-cycle one. */
function lackingFallback({ carbon }: ParkFile): Carrier[] {
  const stated = carbon.lifecycle?.fallback ?? {};
  return (Object.keys(carbon.fallback) as Carrier[]).filter((carrier) => !(carrier in stated));
}

/** The park's own set: life-cycle where its `carbon.sources` name a life-cycle factor, else direct. */
export function setOf(file: ParkFile, factors: ReadonlyMap<string, Factor>): FactorSet {
  const chosen = Object.values(file.carbon.sources).flatMap((ports) => Object.values(ports).map((s) => s.factor));
  return chosen.some((id) => id !== undefined && factors.get(id)?.set === 'lifecycle') ? 'lifecycle' : 'direct';
}

/** Ports whose intensity is measured by a point of the set. */
function toldIn({ points, virtualPoints }: Known, set: FactorSet): Set<string> {
  // Virtual points belong to the direct set, as in telemetry/bindings.ts.
  const ofSet = tellingsOf(points, virtualPoints, 'intensity').filter(({ of }) => (('set' in of ? of.set : undefined) ?? 'direct') === set);
  return new Set(ofSet.map(({ asset, port }) => `${asset}/${port}`));
}

/** Id of the factor assumed for a source kind where the park names none, in either set. */
function usualFactor(kind: SourceKind, asset: Asset, set: FactorSet): string {
  const { direct, lifecycle, lifecycleOnRoof } = sourceKindRow(kind).usualFactors;
  const overLife = asset.at === undefined ? lifecycle : (lifecycleOnRoof ?? lifecycle);
  return (set === 'direct' ? direct : overLife) ?? '';
}

function lifecycleOf(id: string | undefined, asset: Asset, port: PortId, factors: ReadonlyMap<string, Factor>, problems: ProblemList) {
  if (id === undefined) return undefined;
  const field = `carbon.lifecycle.sources.${asset.id}.${port}`;
  const factor = factorById(id, factors, { feature: asset.id, field }, problems);
  if (factor?.set !== 'direct') return factor;
  problems.error({ file: parkFileName, feature: asset.id, field }, `"${id}" is a direct factor`, 'Name one of the set lifecycle.');
  return undefined;
}

/** Refuses the life-cycle set if one source has no life-cycle factor: its sums would be too small. */
function checkLifecycle({ sources, fallback }: LifecycleLacks, problems: ProblemList): void {
  const lacking = [...sources.map(({ asset, port }) => `${asset} ${port}`), ...fallback.map((carrier) => `${carrier} of last resort`)];
  if (lacking.length === 0) return;
  problems.error(
    { file: parkFileName, feature: 'carbon', field: 'carbon.lifecycle' },
    `no life-cycle factor for ${several(lacking)}: the life-cycle set is not available`,
    'Name one for each in carbon.lifecycle.sources and carbon.lifecycle.fallback; of a storage give startLifecycle_gPerKwh.',
  );
}

export function factorById(
  id: string,
  factors: ReadonlyMap<string, Factor>,
  at: { feature: string; field: string },
  problems: ProblemList,
): Factor | undefined {
  const factor = factors.get(id);
  if (factor === undefined) {
    problems.error(
      { file: parkFileName, ...at },
      `there is no factor "${id}"`,
      `Use one of data/factors (${several([...factors.keys()], 8)}) or declare it in factors:.`,
    );
  }
  return factor;
}

function checkSettings(settings: Record<string, object>, within: string, assets: readonly Asset[], problems: ProblemList): void {
  for (const [id, ports] of Object.entries(settings)) {
    const asset = assets.find((a) => a.id === id);
    const place = { file: parkFileName, feature: id, field: `${within}.${id}` };
    if (asset === undefined) {
      problems.error(place, `there is no asset "${id}"`, 'Give the id of an asset that supplies.');
      continue;
    }
    const supplying = asset.ports.filter((port) => isSource(asset, port));
    for (const port of Object.keys(ports)) {
      if (supplying.includes(port as PortId)) continue;
      problems.error(
        { ...place, field: `${place.field}.${port}` },
        `"${id}" is supplied by no port ${port}`,
        `Its own sources are: ${supplying.join(', ') || 'none; what it gives is converted or stored'}.`,
      );
    }
  }
}

/** Refuses a mix of direct and life-cycle factors: they must never be in one sum. */
function checkSets(used: readonly (Factor | null)[], problems: ProblemList): void {
  const of = (set: Factor['set']) => [...new Set(used.filter((f) => f?.set === set).map((f) => f?.id ?? ''))];
  // A direct factor of zero would also make a life-cycle sum too small, so zeros count as well.
  const [direct, lifecycle] = [of('direct'), of('lifecycle')];
  if (direct.length === 0 || lifecycle.length === 0) return;
  problems.error(
    { file: parkFileName, feature: 'carbon', field: 'carbon.sources' },
    `mixes direct factors (${several(direct)}) with life-cycle factors (${several(lifecycle)})`,
    'Use one set throughout, in sources and in fallback.',
  );
}
