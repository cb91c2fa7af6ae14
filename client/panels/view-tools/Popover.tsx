/** A small sheet that belongs to a tool: takes the focus when it opens, gives it back when Escape closes it. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useView } from '../../live/view.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../Icon.tsx';

export function closeTool(): void {
  useView.setState({ tool: null });
}

export function Popover({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section ref={sheet} className="sheet popover" role="dialog" aria-label={title} tabIndex={-1}>
      <header className="sheet-head">
        <div className="sheet-title">
          <h2>{title}</h2>
        </div>
        <div className="sheet-actions">
          <IconButton icon="close" label={t('look.close')} onClick={closeTool} />
        </div>
      </header>
      <div className="sheet-body">{children}</div>
    </section>
  );
}
