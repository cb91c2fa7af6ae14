/** Where energy comes from: one bar and its parts by name, largest first. */

import { readShares } from '../../models/protocol.ts';
import { type SourceKind, sourceKinds } from '../../models/source-kinds.ts';
import { mirror } from '../live/mirror.ts';
import { useWords } from '../locales/use-words.ts';
import { useMirror } from './use-slot.ts';
import './source-mix.css';

/** Shares below this are told together with nothing: they would be a hair in the bar. */
const least = 0.005;

export interface SharePart {
  kind: SourceKind;
  share: number;
}

/** Parts worth showing, largest first. `start` is the first slot of sourceKinds.length shares. */
export function partsOf(values: Float32Array, start: number): SharePart[] {
  const shares = readShares(values, start);
  return sourceKinds
    .map((kind) => ({ kind, share: shares[kind] ?? 0 }))
    .filter((part) => part.share >= least)
    .sort((a, b) => b.share - a.share);
}

export function SourceMix({ start }: { start: number | undefined }) {
  const { t, share } = useWords();
  const shown = useMirror(() => {
    if (start === undefined || start < 0) return '';
    return partsOf(mirror.values, start)
      .map((part) => `${part.kind}:${part.share.toFixed(3)}`)
      .join(' ');
  });
  if (shown === '') return <p className="note">{t('inspector.mixUnknown')}</p>;
  const parts = shown.split(' ').map((part) => {
    const [kind, value] = part.split(':');
    return { kind: kind as SourceKind, share: Number(value) };
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
            {t(`source.${part.kind}`)} <b className="num">{share(part.share)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
