/** Shown for a step on the path of another asset that is followed: buttons to go back to that asset or to stop following. */
import { setFollow, useFollow } from '../../live/follow.ts';
import { choose } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../values/use-park-view.ts';

export function FollowedElsewhere() {
  const { t, text } = useWords();
  const { assets } = useParkView();
  const id = useFollow(({ subject }) => subject?.asset);
  const name = assets.find((asset) => asset.id === id)?.name;
  if (id === undefined || name === undefined) return null;
  return (
    <div className="follow-buttons">
      <button type="button" className="button" onClick={() => choose(id)}>
        {t('follow.backTo', { name: text(name) })}
      </button>
      <button type="button" className="button" onClick={() => setFollow(null)}>
        {t('follow.stop')}
      </button>
    </div>
  );
}
