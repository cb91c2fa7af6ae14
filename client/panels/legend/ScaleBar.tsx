/** The scale itself: distribution, colours, numbers. */
import { useMemo } from 'react';
import { scales } from '../../../models/colour.ts';
import { useChoices } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { gradientOf } from '../values/scale-position.ts';
import { metricNow, useMirror } from '../values/use-mirror.ts';
import { Distribution } from './Distribution.tsx';

/** Stops that carry a number; the others have a colour only. */
const numbered = [0, 2, 4, 6, 8, 10];

export function ScaleBar() {
  const { number } = useWords();
  const metric = useChoices((view) => view.metric);
  const stops = useMirror(() => (metricNow(metric)?.scale ?? scales.intensity).stops.map((stop) => stop.at).join(' '));
  // All scales have the same colours and, because stops are drawn at equal distances, the same positions.
  const gradient = useMemo(() => gradientOf(scales.intensity), []);
  const at = stops.split(' ').map(Number);
  const divisor = metric !== 'intensity' && (at.at(-1) ?? 0) >= 10_000 ? 1000 : 1;
  return (
    <div className="scale">
      <Distribution />
      <div className="scale-colours" style={{ backgroundImage: gradient }} />
      <div className="scale-ticks num" aria-hidden="true">
        {numbered.map((stop) => (
          <span key={stop} style={{ left: `${(100 * stop) / (at.length - 1)}%` }}>
            {number((at[stop] ?? Number.NaN) / divisor, undefined, 1)}
          </span>
        ))}
      </div>
    </div>
  );
}
