/** How many assets lie in each part of the scale, as small bars above it. Drawn without React: it changes with every update. */
import { useEffect, useRef } from 'react';
import { useChoices } from '../../live/choices.ts';
import { isShownIdle } from '../../live/marks-now.ts';
import { mirror, subscribe } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { distribution, scalePositionOf } from '../values/scale-position.ts';
import { metricNow } from '../values/use-mirror.ts';

const bins = 40;
const keys = Array.from({ length: bins }, (_, i) => i);
const height = 28;

export function Distribution() {
  const { t } = useWords();
  const bars = useRef<SVGGElement>(null);
  const pointer = useRef<SVGPathElement>(null);

  useEffect(() => {
    const draw = () => {
      const { park, metric, selected, hovered } = useChoices.getState();
      const view = metricNow(metric);
      if (!park || !view || !bars.current) return;
      const isIdleNow = (id: string) => {
        const slots = mirror.layout?.assets.get(id);
        return slots !== undefined && isShownIdle(view.metric, view.valueOf(id), slots, mirror.values);
      };
      const values = park.assets
        .filter((a) => view.applies(a.id) && !isIdleNow(a.id))
        .map((a): [typeof view.scale, number] => [view.scaleOf(a.id), view.valueOf(a.id)]);
      const counts = distribution(values, bins);
      // Square root, so that one asset of high intensity is visible beside eighty of low intensity.
      const most = Math.sqrt(Math.max(1, ...counts));
      for (const [i, bar] of [...bars.current.children].entries()) {
        const tall = (Math.sqrt(counts[i] ?? 0) / most) * height;
        bar.setAttribute('y', String(height - tall));
        bar.setAttribute('height', String(tall));
      }
      const of = hovered ?? selected;
      const position = of && view.applies(of) ? scalePositionOf(view.scaleOf(of), view.valueOf(of)) : Number.NaN;
      pointer.current?.setAttribute('visibility', Number.isNaN(position) ? 'hidden' : 'visible');
      if (!Number.isNaN(position)) pointer.current?.setAttribute('transform', `translate(${position * 400} 0)`);
    };
    draw();
    const stops = [subscribe(draw), useChoices.subscribe(draw)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <svg
      className="distribution"
      viewBox={`0 0 400 ${height + 6}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('legend.distribution')}
    >
      <g ref={bars}>
        {keys.map((i) => (
          <rect key={i} x={i * 10 + 1} width={8} y={height} height={0} rx={1.5} />
        ))}
      </g>
      <path ref={pointer} className="pointer" d={`M0 ${height + 6}l-5 -6h10z`} visibility="hidden" />
    </svg>
  );
}
