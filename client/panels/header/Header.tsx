/** The bar at the top: the park, its time, the state of the connection, and the park's totals. */

import { openSheet } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../values/use-park-view.ts';
import { ConnectionBadge } from './ConnectionBadge.tsx';
import { ParkClock } from './ParkClock.tsx';
import { QuarantineBadge } from './QuarantineBadge.tsx';
import { Tools } from './Tools.tsx';
import { Totals } from './Totals.tsx';
import './header.css';
import './totals.css';
import './header-narrow.css';

export function Header() {
  const { t, text } = useWords();
  const park = useParkView();
  return (
    <header className="header" data-edge="top">
      <div className="header-park">
        <button type="button" className="park-name" title={t('header.about')} onClick={() => openSheet('about')}>
          <h1>{text(park.metadata.name)}</h1>
        </button>
        <div className="header-state">
          {park.metadata.fictional ? <span className="badge">{t('fictional')}</span> : null}
          <ConnectionBadge />
          <QuarantineBadge />
        </div>
      </div>
      <ParkClock />
      <Totals />
      <Tools />
    </header>
  );
}
