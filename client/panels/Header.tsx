/** The bar at the top: which park, when, how alive the line is, and the park's totals. */

import { useWords } from '../locales/use-words.ts';
import { AsideBadge } from './AsideBadge.tsx';
import { LineState } from './LineState.tsx';
import { ParkClock } from './ParkClock.tsx';
import { openSheet } from './sheets.ts';
import { Tools } from './Tools.tsx';
import { Totals } from './Totals.tsx';
import { useParkView } from './use-park-view.ts';
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
          <LineState />
          <AsideBadge />
        </div>
      </div>
      <ParkClock />
      <Totals />
      <Tools />
    </header>
  );
}
