/** Readings that were set aside, each with why, and the two things a person can do with it. */
import { type AsideReason, asideReasons } from '../../models/quarantine.ts';
import { type AsideReading, decide, useQuarantine } from '../live/quarantine.ts';
import { useWords } from '../locales/use-words.ts';
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
        {readings.map((reading) => (
          <Aside key={reading.id} reading={reading} />
        ))}
      </ul>
      {more > 0 ? <p className="note">{t('quarantine.more', { count: more })}</p> : null}
    </Sheet>
  );
}

function Aside({ reading: { id, point, time, value, reason, message } }: { reading: AsideReading }) {
  const { t, text, number, clock, date, unitName } = useWords();
  const park = useParkView();
  const { timeZone } = park.metadata;
  const measured = park.points.find((one) => one.id === point);
  const name = measured?.name ? text(measured.name) : point;
  const said = value === null ? t('quarantine.noValue') : number(value, measured ? unitName(measured.unit) : undefined);
  const at = Date.parse(time);
  // A message's own words say more than that it was one.
  const known = Object.hasOwn(asideReasons, reason) && reason !== 'message';
  return (
    <li>
      <span className="aside-name">{name}</span>
      <span className="num">{said}</span>
      <span className="note aside-why">
        {known ? t(`quarantine.reason.${reason as Exclude<AsideReason, 'message'>}`) : message} ·{' '}
        <time dateTime={time}>{`${date(at, timeZone)} ${clock(at, timeZone, true)}`}</time>
      </span>
      <span className="aside-decide">
        <button
          type="button"
          className="text-button"
          aria-label={t('quarantine.releaseOf', { name })}
          onClick={() => decide(park.metadata.id, id, 'release')}
        >
          {t('quarantine.release')}
        </button>
        <button
          type="button"
          className="text-button"
          aria-label={t('quarantine.discardOf', { name })}
          onClick={() => decide(park.metadata.id, id, 'discard')}
        >
          {t('quarantine.discard')}
        </button>
      </span>
    </li>
  );
}
