/** Live, delayed or offline, and how the readings come about. A state is never told by colour alone. */
import { mirror } from '../live/mirror.ts';
import { useWords } from '../locales/use-words.ts';
import { useMirror } from './use-slot.ts';

export function LineState() {
  const { t } = useWords();
  const line = useMirror(() => mirror.line);
  const mode = useMirror(() => (mirror.layout ? mirror.mode : null));
  return (
    <>
      {mode && mode !== 'live' ? <span className="badge">{t(`mode.${mode}`)}</span> : null}
      <output className={`line-state ${line}`}>
        <span className="dot" aria-hidden="true" />
        {t(`line.${line}`)}
      </output>
    </>
  );
}
