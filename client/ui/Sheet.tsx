/** A sheet at an edge of the park: title, close button, and a body that scrolls. */
import type { ReactNode } from 'react';
import { IconButton } from './Icon.tsx';
import './sheet.css';

export function Sheet({
  title,
  label = title,
  eyebrow,
  onClose,
  closeLabel,
  actions,
  className = '',
  children,
}: {
  title: string;
  label?: string;
  eyebrow?: ReactNode;
  onClose: () => void;
  closeLabel: string;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={`sheet ${className}`} aria-label={label}>
      <header className="sheet-head">
        <div className="sheet-title">
          {eyebrow ? <div className="eyebrow">{eyebrow}</div> : null}
          <h2>{title}</h2>
        </div>
        <div className="sheet-actions">
          {actions}
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it must scroll by keyboard, also if nothing in it takes focus */}
      <div className="sheet-body" tabIndex={0}>
        {children}
      </div>
    </section>
  );
}

/** A titled part of a sheet. */
export function SheetPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
