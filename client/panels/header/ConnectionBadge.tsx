/** Shows live, delayed, offline or past, and whether the readings are simulated or replayed. Never by colour alone. */
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { ConnectionWord, useConnection } from '../values/ConnectionWord.tsx';
import { useMirror } from '../values/use-mirror.ts';

export function ConnectionBadge() {
  const { t } = useWords();
  const { status } = useConnection();
  const mode = useMirror(() => (mirror.layout ? mirror.mode : null));
  const isPast = useMirror(() => mirror.moment !== 'live');
  return (
    <>
      {mode && mode !== 'live' ? <span className="badge">{t(`mode.${mode}`)}</span> : null}
      {isPast ? (
        <output className="past-badge" title={t('timeline.pastBadge')}>
          {t('timeline.past')}
        </output>
      ) : (
        <output className={`connection-state ${status}`}>
          <ConnectionWord />
        </output>
      )}
    </>
  );
}
