/** If storages are among the sources: how the followed shares add up to the figures of the source mix. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';
import { type FollowedEnds, reconciled } from '../../live/follow-ends.ts';
import { mirror } from '../../live/mirror.ts';
import { mixOf } from '../../live/mix.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from '../values/use-mirror.ts';

export function Reconciliation({ answer, followed, asset }: { answer: FollowAnswer; followed: FollowedEnds; asset: ShownAsset }) {
  const { t, percent } = useWords();
  // The mix of a plant or storage is of what it gives or holds, not of what it takes, so it cannot be compared.
  const isSame = answer.direction === 'upstream' && asset.meaning === 'consumption';
  const said = useMirror(() => {
    const start = isSame ? (mirror.layout?.assets.get(asset.id)?.shares ?? -1) : -1;
    return reconciled(answer, followed, mixOf(mirror.values, start))
      .map(({ kind, direct, byStorage, all }) =>
        t(direct === 0 ? 'follow.reconciledHeld' : byStorage < 0 ? 'follow.reconciledLess' : 'follow.reconciled', {
          name: t(`source.${kind}`),
          direct: percent(direct),
          byStorage: percent(byStorage),
          all: percent(all),
        }),
      )
      .join('\n');
  });
  if (said === '') return null;
  return (
    <ul className="notes follow-reconciled" aria-label={t('follow.reconciliation')}>
      {said.split('\n').map((line) => (
        <li key={line} className="note num">
          {line}
        </li>
      ))}
    </ul>
  );
}
