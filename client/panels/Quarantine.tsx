/** Readings that were set aside, each with why, and the two things a person can do with it. */
import { useState } from 'react';
import { type AsideReason, asideReasons } from '../../models/quarantine.ts';
import { decide, useQuarantine } from '../live/quarantine.ts';
import { useWords } from '../locales/use-words.ts';
import { type AsideGroup, groupsOf } from './aside-groups.ts';
import { Sheet } from './Sheet.tsx';
import { closeSheet } from './sheets.ts';
import { useParkView } from './use-park-view.ts';

export function Quarantine() {
  const { t } = useWords();
  const { waiting, readings, trouble } = useQuarantine();
  const more = (waiting ?? 0) - readings.length;
  return (
    <Sheet title={t('quarantine.title')} onClose={closeSheet} closeLabel={t('inspector.close')}>
      <p className="lead">{t('quarantine.explain')}</p>
      <p className="doubt" role="status">
        {trouble === null ? null : t('quarantine.trouble', { message: trouble })}
      </p>
      {waiting === 0 ? <p className="note">{t('quarantine.none')}</p> : null}
      <ul className="asides">
        {groupsOf(readings).map((group) => (
          <Aside key={group.readings[0].id} group={group} />
        ))}
      </ul>
      {more > 0 ? <p className="note">{t('quarantine.more', { count: more })}</p> : null}
    </Sheet>
  );
}

function Aside({ group: { readings, lowest, highest, first, last } }: { group: AsideGroup }) {
  const { t, text, number, clock, date, unitName } = useWords();
  const park = useParkView();
  const { timeZone } = park.metadata;
  const [{ point, reason, message }] = readings;
  const measured = park.points.find(({ id }) => id === point);
  const name = measured?.name ? text(measured.name) : point;
  const unit = measured ? unitName(measured.unit) : undefined;
  const said = () => {
    if (lowest === null || highest === null) return t('quarantine.noValue');
    return lowest === highest ? number(highest, unit) : `${number(lowest)} … ${number(highest, unit)}`;
  };
  const when = (ms: number, day = date(ms, timeZone)) => `${day} ${clock(ms, timeZone, true)}`.trim();
  const sameDay = date(first, timeZone) === date(last, timeZone);
  // A message's own words say more than that it was one.
  const known = Object.hasOwn(asideReasons, reason) && reason !== 'message';
  const [busy, setBusy] = useState(false);
  const settle = async (decision: 'release' | 'discard') => {
    setBusy(true);
    await decide(
      park.metadata.id,
      readings.map(({ id }) => id),
      decision,
    );
    setBusy(false);
  };
  return (
    <li>
      <span className="aside-name">{name}</span>
      <span className="num">{said()}</span>
      <span className="note aside-why">
        {known ? t(`quarantine.reason.${reason as Exclude<AsideReason, 'message'>}`) : message}
        {readings.length > 1 ? ` · ${t('quarantine.readings', { count: readings.length })}` : null}
      </span>
      <span className="note aside-why num">{first === last ? when(last) : `${when(first)} – ${when(last, sameDay ? '' : undefined)}`}</span>
      <span className="aside-decide">
        {(['release', 'discard'] as const).map((decision) => (
          <button
            key={decision}
            type="button"
            className="text-button"
            disabled={busy}
            aria-label={t(`quarantine.${decision}Of`, { name })}
            onClick={() => settle(decision)}
          >
            {t(`quarantine.${decision}`)}
          </button>
        ))}
      </span>
    </li>
  );
}
