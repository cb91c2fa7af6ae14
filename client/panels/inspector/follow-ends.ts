/** Names and notes of the ends of a followed asset. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import { percentsOf } from '../../../models/rounding.ts';
import type { FollowedEnd } from '../../live/follow-ends.ts';
import type { useWords } from '../../locales/use-words.ts';

export interface End extends FollowedEnd {
  name: string;
  note: string;
}

type Words = Pick<ReturnType<typeof useWords>, 't' | 'text' | 'percent'>;

export function namedEnds(ends: readonly FollowedEnd[], assets: readonly ShownAsset[], words: Words): End[] {
  const { t, text } = words;
  return ends.map((end) => {
    const asset = assets.find((one) => one.id === end.asset);
    const name = text(asset?.name ?? { en: end.asset });
    const unmetered = end.kind === null ? 'follow.unmeteredUse' : 'follow.unmetered';
    return { ...end, name: end.unmetered ? t(unmetered, { name }) : name, note: noteOf(end, asset, words) };
  });
}

/** For a storage: what it held. For a use: its carriers if the asset has several ports; its kind unless load or unmetered. */
function noteOf({ held, kind, uses, carriers }: FollowedEnd, asset: ShownAsset | undefined, { t, percent }: Words): string {
  if (held.length > 0) {
    const percents = percentsOf(held.map(({ share }) => share));
    const parts = held.map((one, i) => t('follow.part', { share: percent(percents[i] as number), name: t(`source.${one.kind}`) }));
    return t('follow.held', { parts: parts.join(' · ') });
  }
  if (kind !== null) return '';
  const several = (asset?.ports.length ?? 0) > 1;
  const how = uses.flatMap((use) => (use === 'load' || use === 'unmetered' ? [] : [t(`follow.kind.${use}`)]));
  return [...(several ? carriers.map((carrier) => t(`carrier.${carrier}`)) : []), ...how].join(' · ');
}
