/** Turns `spread:` of park.yaml into weights by asset that sum to 1, and lists what was left out with its reason. */
import { compact } from './compact.ts';
import { toText } from './features.ts';
import { lookup } from './own-value.ts';
import type { Asset, Park, Spread } from './park.ts';
import { parkFileName } from './park-file.ts';
import { type ProblemList, several } from './problems.ts';
import type { ParkFile } from './schema.ts';
import { meteredPorts } from './tellings.ts';

type Entry = ParkFile['spread'][number];
type Known = Pick<Park, 'points' | 'virtualPoints' | 'assets'>;

export function buildSpreads(file: ParkFile, known: Known, problems: ProblemList): Spread[] {
  const covered = new Map<string, string>();
  return file.spread.map((entry) => {
    const complain = (field: string, message: string, mend: string) =>
      problems.error({ file: parkFileName, feature: entry.id, field }, message, mend);
    const source = [...known.points, ...known.virtualPoints].find((p) => p.id === entry.of);
    if (source === undefined)
      complain('of', `there is no point "${entry.of}"`, 'Give the id of the point or virtual point whose value is spread.');
    else if (source.quantity !== 'power') complain('of', `"${entry.of}" is no power`, 'Only power and energy can be spread.');
    const ids = new Set(known.assets.map((a) => a.id));
    const lost = [...(entry.among.ids ?? []), ...entry.exclude.flatMap((e) => e.ids ?? [])].filter((id) => !ids.has(id));
    if (lost.length > 0) complain('among', `there is no asset ${several(lost)}`, 'Give ids of assets of the park.');
    const { weights, exclusions } = share(entry, known, complain);
    for (const id of weights.keys()) {
      const other = covered.get(`${id}/${entry.port}`);
      if (other !== undefined) complain('among', `"${id}" is already in the spread "${other}"`, 'Leave it out of one of them.');
      covered.set(`${id}/${entry.port}`, entry.id);
    }
    return compact<Spread>({
      id: entry.id,
      name: entry.name === undefined ? undefined : toText(entry.name),
      of: entry.of,
      port: entry.port,
      weights,
      exclusions,
      note: entry.note === undefined ? undefined : toText(entry.note),
    });
  });
}

type Complain = (field: string, message: string, mend: string) => void;

function share(entry: Entry, known: Known, complain: Complain): Pick<Spread, 'weights' | 'exclusions'> {
  const metered = new Set(meteredPorts(known.points, known.virtualPoints));
  const chosen = known.assets.filter(
    (a) => a.ports.includes(entry.port) && (entry.among.ids?.includes(a.id) || entry.among.kinds?.includes(a.kind)),
  );
  const exclusions: Spread['exclusions'] = [];
  const kept = chosen.filter((asset) => {
    const rule = entry.exclude.find(
      (e) =>
        e.ids?.includes(asset.id) ||
        (asset.use !== undefined && e.uses?.includes(asset.use)) ||
        (e.metered && metered.has(`${asset.id}/${entry.port}`)),
    );
    if (rule !== undefined) exclusions.push({ asset: asset.id, reason: toText(rule.reason) });
    return rule === undefined;
  });
  const twice = kept.filter((a) => metered.has(`${a.id}/${entry.port}`));
  if (twice.length > 0) {
    complain(
      'exclude',
      `counts ${several(twice.map((a) => a.id))} twice: metered, and part of the spread`,
      'Add {metered: true, reason: …} to exclude.',
    );
  }
  const sizes = kept.map((asset) => sizeOf(asset, entry) * (asset.use === undefined ? 1 : (lookup(entry.useWeights, asset.use) ?? 1)));
  const unknown = kept.filter((_, i) => Number.isNaN(sizes[i]));
  if (unknown.length > 0)
    complain('by', `${several(unknown.map((a) => a.id))} without capacity_kW`, 'Give it, or spread by another measure.');
  const total = sizes.reduce((a, b) => a + b, 0);
  if (!(total > 0) && unknown.length === 0) {
    complain(
      'among',
      `no asset with a port ${entry.port} and a size to spread over`,
      'Widen among, or give the assets the port and an area.',
    );
  }
  const weights = new Map(kept.map((asset, i): [string, number] => [asset.id, (sizes[i] as number) / total]));
  for (const [id, weight] of weights) if (weight === 0) weights.delete(id);
  return { weights, exclusions };
}

function sizeOf(asset: Asset, entry: Entry): number {
  if (entry.by === 'equal') return 1;
  if (entry.by === 'footprint') return asset.area_m2;
  if (entry.by === 'floorArea') return asset.floorArea_m2;
  return asset.capacity_kW ?? Number.NaN;
}
