/** Builds virtual points from `virtual:` of park.yaml, with wildcards resolved, in an order in which each can be computed. */
import { compact } from './compact.ts';
import { toText } from './features.ts';
import type { Point, VirtualPoint } from './park.ts';
import { parkFileName } from './park-file.ts';
import type { Things } from './points.ts';
import { type ProblemList, several } from './problems.ts';
import type { ParkFile } from './schema.ts';

type Entry = ParkFile['virtual'][number];

export function buildVirtualPoints(file: ParkFile, points: readonly Point[], things: Things, problems: ProblemList): VirtualPoint[] {
  const ids = points.map((p) => p.id);
  const virtualIds = new Set(file.virtual.map((v) => v.id));
  const taken = new Set(ids);
  const built = file.virtual.map((entry) => {
    const complain = (field: string, message: string, mend: string) =>
      problems.error({ file: parkFileName, feature: entry.id, field }, message, mend);
    if (taken.has(entry.id)) complain('id', `two points have the id "${entry.id}"`, 'Rename one of them.');
    taken.add(entry.id);
    checkPlace(entry, things, complain);
    if (entry.min !== undefined && entry.max !== undefined && entry.min > entry.max) complain('min', 'is above max', 'Swap them.');
    return compact<VirtualPoint>({
      id: entry.id,
      name: entry.name === undefined ? undefined : toText(entry.name),
      asset: entry.asset,
      port: entry.port,
      quantity: entry.quantity,
      terms: termsOf(entry, ids, virtualIds, complain),
      constant: entry.constant,
      min: entry.min,
      max: entry.max,
      origin: entry.origin,
      note: entry.note === undefined ? undefined : toText(entry.note),
    });
  });
  return ordered(built, problems);
}

type Complain = (field: string, message: string, mend: string) => void;

function checkPlace(entry: Entry, { assets }: Things, complain: Complain): void {
  const { asset: id, port } = entry;
  if (id === undefined && port === undefined) return;
  const asset = id === undefined ? undefined : assets.get(id);
  if (asset === undefined) {
    complain(
      'asset',
      id === undefined ? `port ${port} of which asset?` : `there is no asset "${id}"`,
      'Give the id of an asset of the park.',
    );
    return;
  }
  const needsPort = entry.quantity === 'power' || entry.quantity === 'intensity';
  if (port === undefined ? needsPort : !asset.ports.includes(port)) {
    complain(
      'port',
      port === undefined ? 'does not say which port it stands for' : `"${id}" has no port ${port}`,
      `It has ${asset.ports.join(', ') || 'none'}.`,
    );
  }
}

/** "pv_*" is every declared point that begins so; a full name takes precedence over a wildcard. */
function termsOf(entry: Entry, ids: readonly string[], virtualIds: ReadonlySet<string>, complain: Complain): VirtualPoint['terms'] {
  const weights = new Map<string, number>();
  const matches = (pattern: string) => (id: string) => (pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern);
  for (const [pattern, weight] of Object.entries(entry.sum).sort(([a], [b]) => Number(b.endsWith('*')) - Number(a.endsWith('*')))) {
    const found = ids.filter(matches(pattern));
    if (found.length === 0 && virtualIds.has(pattern)) found.push(pattern);
    if (found.length === 0)
      complain('sum', `there is no point "${pattern}"`, 'Give ids of points or virtual points; end a common beginning with *.');
    for (const id of found) weights.set(id, weight);
  }
  for (const pattern of entry.optional) {
    if (![...weights.keys()].some(matches(pattern))) complain('optional', `"${pattern}" is not part of the sum`, 'Name terms of the sum.');
  }
  return [...weights].map(([point, weight]) => ({ point, weight, optional: entry.optional.some((pattern) => matches(pattern)(point)) }));
}

/** Orders virtual points so that each comes after those it is computed from. */
function ordered(virtual: readonly VirtualPoint[], problems: ProblemList): VirtualPoint[] {
  const left = new Map(virtual.map((v) => [v.id, v]));
  const done: VirtualPoint[] = [];
  for (let before = -1; before !== done.length; ) {
    before = done.length;
    for (const [id, v] of left) {
      if (v.terms.some((t) => left.has(t.point))) continue;
      done.push(v);
      left.delete(id);
    }
  }
  if (left.size > 0) {
    problems.error(
      { file: parkFileName, feature: [...left.keys()][0], field: 'sum' },
      `computed from themselves: ${several([...left.keys()])}`,
      'Break the circle.',
    );
  }
  return done;
}
