/** What the colours of the stack and the line mean; only sources that are in sight are listed. */
import { useMemo } from 'react';
import { scales } from '../../../models/colour.ts';
import type { SourceKind } from '../../../models/energy-sources.ts';
import { useWords } from '../../locales/use-words.ts';
import { gradientOf } from '../values/scale-position.ts';
import { useTrack } from './track.ts';

export function Key() {
  const { t } = useWords();
  const kinds = useTrack((state) => state.kinds);
  const gradient = useMemo(() => gradientOf(scales.intensity), []);
  if (kinds === '') return null;
  return (
    <ul className="track-key" aria-label={t('timeline.key')}>
      {(kinds.split(' ') as SourceKind[]).map((kind) => (
        <li key={kind}>
          <span className="mix-dot" style={{ backgroundColor: `var(--source-${kind})` }} aria-hidden="true" />
          {t(`source.${kind}`)}
        </li>
      ))}
      <li>
        <span className="track-key-line" style={{ backgroundImage: gradient }} aria-hidden="true" />
        {t('metric.intensity')}
      </li>
    </ul>
  );
}
