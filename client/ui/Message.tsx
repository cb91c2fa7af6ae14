/** A page that shows only a message: the reason, and what can be done. */
import type { ReactNode } from 'react';
import './message.css';

export interface MessageProps {
  /** Name of the product, above the title. */
  mark: string;
  title: string;
  body?: string | undefined;
  children?: ReactNode;
}

export function Message({ mark, title, body, children }: MessageProps) {
  return (
    <main className="message">
      <p className="message-mark">{mark}</p>
      <h1>{title}</h1>
      {body ? <p>{body}</p> : null}
      {children ? <div className="message-actions">{children}</div> : null}
    </main>
  );
}
