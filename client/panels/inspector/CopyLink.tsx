/** Copies a link to what is on the screen; the address bar always holds it. */
import { useState } from 'react';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';

export function CopyLink() {
  const { t } = useWords();
  const [done, setDone] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setDone('copied');
    } catch {
      setDone('copyFailed');
    }
    setTimeout(() => setDone(null), 2500);
  };
  return (
    <span className="copy-link">
      <IconButton icon="link" label={t('inspector.copy')} onClick={copy} />
      <output className={done ? 'copied' : 'visually-hidden'}>{done ? t(`inspector.${done}`) : ''}</output>
    </span>
  );
}
