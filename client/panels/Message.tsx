/** A page that has nothing else to show: why, and what can be done. */
import type { ReactNode } from 'react';
import './message.css';

export function Message({ title, body, children }: { title: string; body?: string | undefined; children?: ReactNode }) {
  return (
    <main className="message">
      <h1>{title}</h1>
      {body ? <p>{body}</p> : null}
      {children ? <div className="message-actions">{children}</div> : null}
    </main>
  );
}
