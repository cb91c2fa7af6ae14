/** Where energy comes from: one bar and its parts by name, largest first. */
import type { SourceKind } from '../../../models/energy-sources.ts';
import { mirror } from '../../live/mirror.ts';
import { mixOf } from '../../live/mix.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from './use-mirror.ts';
import './source-mix.css';

export function SourceMix({ start }: { start: number | undefined }) {
  const { t, percent } = useWords();
  const shown = useMirror(() => {
    if (start === undefined) return '';
    return mixOf(mirror.values, start)
      .map((part) => `${part.kind}:${part.share.toFixed(3)}:${part.percent}`)
      .join(' ');
  });
  if (shown === '') return <p className="note">{t('inspector.mixUnknown')}</p>;
  const parts = shown.split(' ').map((part) => {
    const [kind, share, whole] = part.split(':');
    return { kind: kind as SourceKind, share: Number(share), whole: Number(whole) };
  });
  return (
    <div className="mix">
      <div className="mix-bar" aria-hidden="true">
        {parts.map(({ kind, share }) => (
          <span key={kind} style={{ flexGrow: share, backgroundColor: `var(--source-${kind})` }} />
        ))}
      </div>
      <ul>
        {parts.map((part) => (
          <li key={part.kind}>
            <span className="mix-dot" style={{ backgroundColor: `var(--source-${part.kind})` }} aria-hidden="true" />
            {t(`source.${part.kind}`)} <b className="num">{percent(part.whole)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
