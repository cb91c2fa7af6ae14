/** What the palette finds, and in which order. */

import type { ParkView } from '../../../models/api/park-view.ts';
import { languages } from '../../../models/languages.ts';
import type { Text } from '../../../models/park/park.ts';
import type { CountedMark, MarkSet } from '../../../models/telemetry/marks.ts';
import { isolations, type Only } from '../../live/choices.ts';
import { type Group, groupsOf, onlyText } from '../../live/isolate.ts';
import { textOfUse } from '../../locales/building-uses.ts';
import { carriesAll, markNames, searchOf } from '../../locales/mark-names.ts';
import { type Action, isOffered } from '../actions/action.ts';
import { type Fit, fitOf, type MatchRange, plain, wordsOf } from './fuzzy.ts';

export type EntryKind = 'action' | 'asset' | 'group' | 'line' | 'moment';

export interface Entry {
  /** Stays the same between visits, because recent.ts stores it. */
  key: string;
  kind: EntryKind;
  name: string;
  /** What kind of thing it is; shown beside its name. */
  detail: string;
  /** Texts that are searched, as `plain` returns them: the name first, then all its other names. */
  names: readonly string[];
  action?: Action;
  asset?: string;
  moment?: number;
  group?: Only;
  /** For assets: the marks that hold now. */
  marks?: MarkSet;
}

export interface FoundEntry {
  entry: Entry;
  /** Parts of the name that match the query. */
  ranges: readonly MatchRange[];
}

export interface Speech {
  marks: (asset: string) => MarkSet | undefined;
  text: (text: Text) => string;
  kind: (kind: ParkView['assets'][number]['kind']) => string;
  carrier: (carrier: ParkView['lines'][number]['carrier']) => string;
  action: (id: Action['id']) => string;
  /** The name in every language, so that a query in any of them finds the action. */
  actionEverywhere: (id: Action['id']) => readonly string[];
  actionGroup: (action: Action) => string;
  /** Name of a group of assets; the detail says that the group can be isolated. */
  group: (group: Group) => { name: string; detail: string };
}

export function entriesOf(park: ParkView, actions: readonly Action[], say: Speech): Entry[] {
  const nameOf = new Map(park.assets.map((asset) => [asset.id, say.text(asset.name)]));
  const tenantOf = new Map(park.metadata.tenants.map((tenant) => [tenant.id, tenant.name]));
  return [
    ...actions
      .filter((action) => !action.byKeyOnly && isOffered(action))
      .map((action): Entry => {
        const name = say.action(action.id);
        return {
          key: `action:${action.id}`,
          kind: 'action',
          name,
          detail: say.actionGroup(action),
          names: [name, ...say.actionEverywhere(action.id)].map(plain),
          action,
        };
      }),
    ...park.assets.map((asset): Entry => {
      const name = say.text(asset.name);
      const tenant = asset.tenant === undefined ? undefined : tenantOf.get(asset.tenant);
      const detail = [say.kind(asset.kind), tenant && say.text(tenant)].filter(Boolean).join(' · ');
      const names = [
        name,
        detail,
        ...Object.values(asset.name),
        ...Object.values(tenant ?? {}),
        asset.id,
        ...(asset.use ? Object.values(textOfUse(asset.use)) : []),
      ];
      return {
        key: `asset:${asset.id}`,
        kind: 'asset',
        name,
        detail,
        names: names.filter((one) => one !== undefined).map(plain),
        asset: asset.id,
        ...marked(say.marks(asset.id)),
      };
    }),
    ...([...isolations, 'mark'] as const).flatMap((by) =>
      groupsOf(park, by).map((group): Entry => {
        const { name, detail } = say.group(group);
        const tenant = by === 'tenant' ? tenantOf.get(group.value) : undefined;
        const mark = by === 'mark' ? (group.value as CountedMark) : undefined;
        const names = [
          name,
          detail,
          ...Object.values(tenant ?? {}),
          ...(mark ? languages.map((language) => markNames[language][mark]) : []),
        ]
          .filter((one) => one !== undefined)
          .map(plain);
        return { key: `only:${onlyText(group)}`, kind: 'group', name, detail, names, group: { by, value: group.value } };
      }),
    ),
    ...park.lines.map((line): Entry => {
      const name = `${nameOf.get(line.from) ?? line.from} → ${nameOf.get(line.to) ?? line.to}`;
      return {
        key: `line:${line.id}`,
        kind: 'line',
        name,
        detail: say.carrier(line.carrier),
        names: [plain(name), plain(`${say.carrier(line.carrier)} ${line.id}`)],
        asset: line.id,
      };
    }),
  ];
}

const marked = (marks: MarkSet | undefined) => (marks === undefined ? {} : { marks });

/** At most this many entries are shown; a longer query finds the others. */
const most = 40;
/** A match outside the name scores less, by this factor. `favour` adds points by kind: people look for assets more than lines. */
const otherName = 0.8;
const favour: Record<EntryKind, number> = { moment: 400, group: 7, asset: 6, action: 4, line: 0 };

/** Matching entries, best first. For an empty query: the recent entries, then all actions. */
export function find(entries: readonly Entry[], query: string, recent: readonly string[]): FoundEntry[] {
  const words = wordsOf(query);
  if (words.length === 0) {
    const last = recent.flatMap((key) => entries.filter((entry) => entry.key === key));
    const rest = entries.filter((entry) => entry.kind === 'action' && !recent.includes(entry.key));
    return [...last, ...rest].map((entry) => ({ entry, ranges: [] }));
  }
  const wanted = searchOf(query);
  const otherWords = wanted.marks.length > 0 ? wordsOf(wanted.words.join(' ')) : words;
  return entries
    .flatMap((entry) => {
      const best = wanted.marks.length > 0 && byAsset.has(entry.kind) ? ofMarked(entry, wanted.marks, otherWords) : bestOf(entry, words);
      const seen = recent.indexOf(entry.key);
      return best ? [{ entry, ranges: best.ranges, score: best.score + favour[entry.kind] + (seen < 0 ? 0 : 12 - seen) }] : [];
    })
    .sort((a, b) => b.score - a.score || a.entry.name.length - b.entry.name.length || (a.entry.key < b.entry.key ? -1 : 1))
    .slice(0, most);
}

/** Kinds that a mark in the query filters. Lines carry no mark, so a query with a mark finds none. */
const byAsset: ReadonlySet<EntryKind> = new Set(['asset', 'line']);

/** A query with marks finds exactly the assets that carry all of them; its other words must match the names. */
function ofMarked(entry: Entry, marks: readonly CountedMark[], words: readonly string[]): Fit | null {
  if (!carriesAll(entry.marks, marks)) return null;
  return words.length > 0 ? bestOf(entry, words) : { score: 0, ranges: [] };
}

function bestOf({ names, kind }: Entry, words: readonly string[]): Fit | null {
  // A moment was read from the query itself, so it always matches.
  if (kind === 'moment') return { score: 0, ranges: [] };
  const [name = '', ...others] = names;
  const byName = fitOf(name, words);
  if (byName) return byName;
  // "hall steam": one word is in the name, the other in the other names.
  const byAll = others.length > 0 ? fitOf(names.join(' · '), words) : null;
  return (
    byAll && {
      score: otherName * byAll.score,
      ranges: byAll.ranges.flatMap(([from, to]) => (to <= name.length ? [[from, to] as const] : [])),
    }
  );
}
