/** Factor files, and which factor each source port of a park has. */
import { type Carrier, carrierOf, type PortId } from '../units.ts';
import { isSourcePort } from './assets.ts';
import { compact } from './document.ts';
import { toText } from './features.ts';
import { lookup } from './lookup.ts';
import type { Asset, Factor, Park, Point, SourceBinding, SourceKind, VirtualPoint } from './park.ts';
import { parkFileName } from './park-file.ts';
import { fieldName, type Report, reportIssues, several } from './report.ts';
import { factorFileSchema, type ParkFile } from './schema.ts';

/** Factors by id: the common files, then the park's own, which win. */
export function readFactors(files: ReadonlyMap<string, string>, file: ParkFile, report: Report): Map<string, Factor> {
  const factors = new Map<string, Factor>();
  const add = (entries: ParkFile['factors'], from: string, once: Set<string>) => {
    for (const entry of entries) {
      const place = { file: from, feature: entry.id };
      if (once.has(entry.id)) report.error({ ...place, field: 'id' }, `two factors have the id "${entry.id}"`, 'Rename one of them.');
      once.add(entry.id);
      if (entry.hourly !== undefined) {
        const mean = entry.hourly.reduce((a, b) => a + b, 0) / entry.hourly.length;
        if (Math.abs(mean - 1) > 1e-3)
          report.error({ ...place, field: 'hourly' }, `has a mean of ${mean.toFixed(4)}, not 1`, 'Divide every hour by it.');
      }
      factors.set(
        entry.id,
        compact<Factor>({ ...entry, name: toText(entry.name), hourly: entry.hourly, renewableShare: entry.renewableShare }),
      );
    }
  };
  const shared = new Set<string>();
  for (const [name, text] of files) {
    try {
      const parsed = factorFileSchema.safeParse(JSON.parse(text));
      if (parsed.success) add(parsed.data, name, shared);
      else reportIssues(report, parsed.error.issues, (path) => ({ file: name, field: fieldName(path) }));
    } catch (error) {
      report.error({ file: name }, `is not JSON: ${(error as Error).message}`, 'Check it with a JSON validator.');
    }
  }
  add(file.factors, parkFileName, new Set());
  return factors;
}

/** Carrier → factor of last resort. */
export function buildFallback(file: ParkFile, factors: ReadonlyMap<string, Factor>, report: Report): Park['fallback'] {
  const fallback: Park['fallback'] = {};
  for (const [carrier, id] of Object.entries(file.carbon.fallback)) {
    const factor = factorById(id, factors, { feature: 'carbon', field: `carbon.fallback.${carrier}` }, report);
    if (factor !== undefined) fallback[carrier as Carrier] = factor;
  }
  return fallback;
}

/** What solar, wind and recovered heat are taken to carry when the park does not say: nothing at the point of use. */
const directByKind: Partial<Record<SourceKind, string>> = {
  solar: 'solar-direct',
  wind: 'wind-direct',
  recoveredHeat: 'waste-heat-direct',
};

interface Known {
  assets: readonly Asset[];
  points: readonly Point[];
  virtualPoints: readonly VirtualPoint[];
  fallback: Park['fallback'];
}

export function buildSources(file: ParkFile, known: Known, factors: ReadonlyMap<string, Factor>, report: Report): SourceBinding[] {
  const settings = file.carbon.sources;
  checkSettings(settings, known.assets, report);
  const chosen = Object.values(settings).flatMap((ports) => Object.values(ports).map((s) => s.factor));
  const lifecycle = chosen.some((id) => id !== undefined && factors.get(id)?.set === 'lifecycle');
  const sources = known.assets.flatMap((asset) =>
    asset.ports
      .filter((port) => isSourcePort(asset, port))
      .map((port): SourceBinding => {
        const setting = lookup(lookup(settings, asset.id), port);
        const sourceKind = setting?.kind ?? kindOfSource(asset, port);
        const field = `carbon.sources.${asset.id}.${port}`;
        const given = setting?.factor === undefined ? undefined : factorById(setting.factor, factors, { feature: asset.id, field }, report);
        const usual = lifecycle ? undefined : factors.get(directByKind[sourceKind] ?? '');
        const last = known.fallback[carrierOf(port)];
        return {
          asset: asset.id,
          port,
          sourceKind,
          factor: given ?? usual ?? last ?? null,
          estimated: given === undefined && usual === undefined,
        };
      }),
  );
  checkSets([...sources.map((s) => s.factor), ...Object.values(known.fallback)], report);
  const told = new Set(
    [...known.points, ...known.virtualPoints].filter((p) => p.quantity === 'intensity').map((p) => `${p.asset}/${p.port}`),
  );
  const bare = sources.filter((s) => s.factor === null && !told.has(`${s.asset}/${s.port}`));
  if (bare.length > 0) {
    report.warning(
      { file: parkFileName, feature: bare[0]?.asset, field: 'carbon.sources' },
      `no emission factor for ${several(bare.map((s) => `${s.asset} ${s.port}`))}: what they feed has an unknown intensity`,
      'Name a factor in carbon.sources, or one for the carrier in carbon.fallback.',
    );
  }
  return sources;
}

function kindOfSource(asset: Asset, port: PortId): SourceKind {
  const carrier = carrierOf(port);
  if (asset.kind === 'pv') return 'solar';
  if (asset.kind === 'wind') return 'wind';
  if (asset.kind === 'gridConnection' && carrier === 'electricity') return 'grid';
  if (carrier === 'gas') return 'gas';
  if (carrier === 'biomass') return 'biomass';
  if (carrier === 'wasteHeat') return 'recoveredHeat';
  return 'other';
}

function factorById(
  id: string,
  factors: ReadonlyMap<string, Factor>,
  at: { feature: string; field: string },
  report: Report,
): Factor | undefined {
  const factor = factors.get(id);
  if (factor === undefined) {
    report.error(
      { file: parkFileName, ...at },
      `there is no factor "${id}"`,
      `Use one of data/factors (${several([...factors.keys()], 8)}) or declare it in factors:.`,
    );
  }
  return factor;
}

function checkSettings(settings: ParkFile['carbon']['sources'], assets: readonly Asset[], report: Report): void {
  for (const [id, ports] of Object.entries(settings)) {
    const asset = assets.find((a) => a.id === id);
    const place = { file: parkFileName, feature: id, field: `carbon.sources.${id}` };
    if (asset === undefined) {
      report.error(place, `there is no asset "${id}"`, 'Give the id of an asset that supplies.');
      continue;
    }
    const supplying = asset.ports.filter((port) => isSourcePort(asset, port));
    for (const port of Object.keys(ports)) {
      if (supplying.includes(port as PortId)) continue;
      report.error(
        { ...place, field: `${place.field}.${port}` },
        `"${id}" is supplied by no port ${port}`,
        `Its own sources are: ${supplying.join(', ') || 'none; what it gives is converted or stored'}.`,
      );
    }
  }
}

/** Direct and life-cycle factors never meet in one sum. */
function checkSets(used: readonly (Factor | null)[], report: Report): void {
  const of = (set: Factor['set']) => [...new Set(used.filter((f) => f?.set === set).map((f) => f?.id ?? ''))];
  // A factor of zero that is direct would make a life-cycle sum too small, so zeros count as well.
  const [direct, lifecycle] = [of('direct'), of('lifecycle')];
  if (direct.length === 0 || lifecycle.length === 0) return;
  report.error(
    { file: parkFileName, feature: 'carbon', field: 'carbon.sources' },
    `mixes direct factors (${several(direct)}) with life-cycle factors (${several(lifecycle)})`,
    'Use one set throughout, in sources and in fallback.',
  );
}
