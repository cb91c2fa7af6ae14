/** Names whose data is drawn, because licences and courtesy ask for it. */
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from './use-park-view.ts';

export function Credits() {
  const { t } = useWords();
  const { credits } = useParkView().metadata;
  if (credits.length === 0) return null;
  return (
    <footer className="credits">
      <span className="visually-hidden">{t('credits.label')}: </span>
      {credits.join(' · ')}
    </footer>
  );
}
