/** A page that has nothing else to show: why, and what can be done. */
import type { ReactNode } from 'react';
import { useWords } from '../locales/use-words.ts';
import './message.css';

export function Message({ title, body, children }: { title: string; body?: string | undefined; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <main className="message">
      <p className="message-mark">{t('product')}</p>
      <h1>{title}</h1>
      {body ? <p>{body}</p> : null}
      {children ? <div className="message-actions">{children}</div> : null}
    </main>
  );
}
