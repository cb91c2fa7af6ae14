/** The scale of intensities that the park uses: its exact colours between 0 and its end. */
import { type Scale, scales } from '../../models/colour.ts';
import { useWords } from '../locales/use-words.ts';
import { hexOf } from './chart-theme.ts';

export function ScaleStrip({ scale = scales.intensity, note }: { scale?: Scale; note?: string }) {
  const { t } = useWords();
  const end = scale.stops.at(-1)?.at ?? 0;
  const colours = Array.from({ length: 41 }, (_, i) => hexOf(scale, (end * i) / 40));
  return (
    <div className="scale-strip">
      <span className="num">0</span>
      <span className="scale-bar" aria-hidden="true" style={{ backgroundImage: `linear-gradient(90deg, ${colours.join(',')})` }} />
      <span className="num">{end}</span>
      <span className="unit">{t('units.intensity')}</span>
      {note ? <span className="muted">{note}</span> : null}
    </div>
  );
}
