/** Explains how to walk, while walking is on. */
import { useChoices } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';

export function WalkHint() {
  const { t } = useWords();
  const walking = useChoices((view) => view.walking);
  if (!walking) return null;
  const touch = matchMedia('(pointer: coarse)').matches;
  return (
    <p className="walk-hint" role="status">
      {t(touch ? 'look.walking.touch' : 'look.walking.keys')}
    </p>
  );
}
