/** How many readings wait for a person's decision; opens their list. Nothing while there are none. */
import { useEffect } from 'react';
import { mirror } from '../live/mirror.ts';
import { followQuarantine, useQuarantine } from '../live/quarantine.ts';
import { useView } from '../live/view.ts';
import { useWords } from '../locales/use-words.ts';
import { openSheet } from './sheets.ts';
import { useParkView } from './use-park-view.ts';
import { useMirror } from './use-slot.ts';
import './quarantine.css';

export function AsideBadge() {
  const { t } = useWords();
  const { id } = useParkView().metadata;
  const full = useMirror(() => mirror.layout?.audience === 'full');
  const waiting = useQuarantine((quarantine) => quarantine.waiting);
  const open = useView((view) => view.sheet === 'quarantine');
  useEffect(() => (full ? followQuarantine(id) : undefined), [full, id]);
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
