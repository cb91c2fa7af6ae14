/** The marks in the legend, with the number of assets that carry each. A click isolates these assets. */
import type { CountedMark } from '../../../models/telemetry/marks.ts';
import { useChoices } from '../../live/choices.ts';
import { isolate } from '../../live/isolate.ts';
import { marksNow } from '../../live/marks-now.ts';
import { useWords } from '../../locales/use-words.ts';
import { exampleHex, Swatch } from '../values/Swatch.tsx';
import { useMirror } from '../values/use-mirror.ts';
import './legend-marks.css';

const shownMarks = ['plain', 'estimated', 'stale', 'missing', 'idle'] as const satisfies readonly CountedMark[];

export function LegendMarks() {
  const { t } = useWords();
  return (
    <ul className="marks" aria-label={t('legend.marks')}>
      {shownMarks.map((mark) => (
        <MarkRow key={mark} mark={mark} />
      ))}
    </ul>
  );
}

/** One mark. Its button is disabled while no asset carries the mark, unless the mark is already chosen. */
function MarkRow({ mark }: { mark: CountedMark }) {
  const { t } = useWords();
  const count = useMirror(() => marksNow()?.counts[mark] ?? -1);
  const chosen = useChoices(({ only }) => only?.by === 'mark' && only.value === mark);
  const hint = t(`markHint.${mark}`);
  return (
    <li>
      <button
        type="button"
        className="mark-row"
        data-mark={mark}
        aria-pressed={chosen}
        disabled={count === 0 && !chosen}
        title={count < 0 ? hint : `${hint}\n${t('legend.markCount', { count })}`}
        onClick={() => isolate(chosen ? null : { by: 'mark', value: mark })}
      >
        <Swatch hex={exampleHex(mark)} mark={mark} />
        <span>{t(`mark.${mark}`)}</span>
        <span className="num muted">{count < 0 ? '' : count}</span>
      </button>
    </li>
  );
}
