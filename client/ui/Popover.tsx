/** A small sheet that belongs to a tool: takes the focus when it opens and gives it back when it closes. */
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './Icon.tsx';

export interface PopoverProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
}

export function Popover({ title, closeLabel, onClose, children }: PopoverProps) {
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
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </div>
      </header>
      <div className="sheet-body">{children}</div>
    </section>
  );
}
