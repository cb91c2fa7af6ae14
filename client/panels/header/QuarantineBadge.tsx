/** Shows how many readings wait for a person's decision, and opens their list; hidden while there are none. */

import { useChoices } from '../../live/choices.ts';
import { openSheet } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { useQuarantine } from '../values/use-quarantine.ts';
import '../sheets/quarantine.css';

export function QuarantineBadge() {
  const { t } = useWords();
  const { waiting } = useQuarantine();
  const open = useChoices((view) => view.sheet === 'quarantine');
  if (waiting === null || waiting === 0) return null;
  return (
    <button
      type="button"
      className="badge aside-badge"
      aria-expanded={open}
      title={t('quarantine.hint')}
      onClick={() => openSheet('quarantine')}
    >
      {t('quarantine.waiting', { count: waiting })}
    </button>
  );
}
