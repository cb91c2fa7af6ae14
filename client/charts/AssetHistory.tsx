/** A small chart of the past of the selected asset, in the inspector. */
import { useMemo, useState } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import { zoneOffset } from '../../models/time/local-time.ts';
import { useChoices } from '../live/choices.ts';
import { setMoment, useTime } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { PeriodChooser } from './PeriodChooser.tsx';
import { type Period, type PeriodKind, periodAt, readPeriod } from './period.ts';
import { SeriesFigure } from './SeriesFigure.tsx';
import './asset-history.css';

export function AssetHistory({ park, asset }: { park: ParkView; asset: ParkView['assets'][number] }) {
  const { t } = useWords();
  const ledger = useTime((time) => time.ledger);
  const moment = useChoices((view) => view.moment);
  const { id, timeZone } = park.metadata;
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const [kind, setKind] = useState<PeriodKind>('day');
  // A period chosen by hand stays until the moment changes.
  const [chosen, setChosen] = useState<{ key: string; moment: number | 'live' } | null>(null);
  if (!ledger) return null;
  const { from, until } = ledger;
  if (from === null || until === null) return <p className="note">{t('charts.nothingYet')}</p>;
  const picked = chosen && chosen.moment === moment ? readPeriod(chosen.key, offset) : null;
  const period = picked ?? periodAt(kind, moment === 'live' ? until - 1 : moment, offset);
  const choose = (next: Period) => {
    setKind(next.kind);
    setChosen({ key: next.key, moment });
  };
  const go = (time: number) => {
    // The chart keeps the period that was clicked in.
    setChosen({ key: period.key, moment: time });
    setMoment(time);
  };
  return (
    <div className="asset-history">
      <PeriodChooser period={period} timeZone={timeZone} from={from} until={until} compact onPeriod={choose} />
      <SeriesFigure
        park={park}
        asset={asset}
        period={period}
        set={ledger.sets[0] ?? 'direct'}
        ledger={ledger}
        compact
        height={190}
        onMoment={go}
      />
      <a
        className="open-large"
        href={`/parks/${encodeURIComponent(id)}/analyse?asset=${encodeURIComponent(asset.id)}&period=${period.key}`}
      >
        {t('charts.series.openLarge')}
      </a>
    </div>
  );
}
