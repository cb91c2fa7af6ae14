/** Readings that were set aside, each with the reason and the two decisions of a person: release or discard. */

import { closeSheet } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import { useParkView } from '../values/use-park-view.ts';
import { useDecision, useQuarantine } from '../values/use-quarantine.ts';
import { type AsideGroup, asideGroupsOf } from './quarantine-groups.ts';

export function Quarantine() {
  const { t } = useWords();
  const { waiting, readings } = useQuarantine();
  const decision = useDecision();
  const more = (waiting ?? 0) - readings.length;
  return (
    <Sheet title={t('quarantine.title')} onClose={closeSheet} closeLabel={t('inspector.close')}>
      <p className="lead">{t('quarantine.explain')}</p>
      <p className="doubt" role="status">
        {decision.error ? t('quarantine.trouble', { message: decision.error.message }) : null}
      </p>
      {waiting === 0 ? <p className="note">{t('quarantine.none')}</p> : null}
      <ul className="asides">
        {asideGroupsOf(readings).map((group) => (
          <Aside key={group.readings[0].id} group={group} decision={decision} />
        ))}
      </ul>
      {more > 0 ? <p className="note">{t('quarantine.more', { count: more })}</p> : null}
    </Sheet>
  );
}

function Aside({ group, decision }: { group: AsideGroup; decision: ReturnType<typeof useDecision> }) {
  const { readings, lowest, highest, first, last } = group;
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
  const busy = decision.isPending && decision.variables.ids.includes(readings[0].id);
  return (
    <li>
      <span className="aside-name">{name}</span>
      <span className="num">{said()}</span>
      <span className="note aside-why">
        {/* A message that could not be taken has its own text, which says more than the reason. */}
        {reason === 'message' ? message : t(`quarantine.reason.${reason}`)}
        {readings.length > 1 ? ` · ${t('quarantine.readings', { count: readings.length })}` : null}
      </span>
      <span className="note aside-why num">{first === last ? when(last) : `${when(first)} – ${when(last, sameDay ? '' : undefined)}`}</span>
      <span className="aside-decide">
        {(['release', 'discard'] as const).map((verb) => (
          <button
            key={verb}
            type="button"
            className="text-button"
            disabled={busy}
            aria-label={t(`quarantine.${verb}Of`, { name })}
            onClick={() => decision.mutate({ ids: readings.map(({ id }) => id), verb })}
          >
            {t(`quarantine.${verb}`)}
          </button>
        ))}
      </span>
    </li>
  );
}
