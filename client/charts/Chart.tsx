/** One chart drawn by ECharts: sized by its container, coloured by the page's theme, reachable by keyboard. */
import type { EChartsType } from 'echarts/core';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useWords } from '../locales/use-words.ts';
import { type Look, lookOfPage } from './chart-theme.ts';
import type { ChartOption } from './option.ts';
import './chart.css';

export interface ChartHandle {
  /** The chart as it is drawn now, at the screen's resolution. */
  drawn(): { canvas: HTMLCanvasElement; look: Look } | null;
}

/** Marks that the arrow keys step through. */
export interface KeySteps {
  count: number;
  /** Index of the mark to begin at; the first one by default. */
  start?: number;
  /** What is shown at a mark, and said to screen readers. */
  at: (index: number) => { seriesIndex: number; dataIndex: number; said: string };
  /** Called when Enter is pressed at a mark. */
  pick?: (index: number) => void;
}

export function Chart({
  option,
  label,
  height,
  minWidth,
  walk,
  onPlace,
  ref,
}: {
  option: (look: Look) => ChartOption;
  label: string;
  height: number;
  minWidth?: number;
  walk: KeySteps;
  /** Called on a click in the first grid, with the values on its axes. */
  onPlace?: (x: number, y: number) => void;
  ref?: Ref<ChartHandle>;
}) {
  const { t } = useWords();
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const place = useRef(onPlace);
  const [ready, setReady] = useState(0);
  const [said, setSaid] = useState('');
  const at = useRef(-1);
  place.current = onPlace;

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    let gone = false;
    let dispose = () => {};
    const begin = async () => {
      const { init } = await import('./echarts.ts');
      if (gone) return;
      const made = init(element, null, { renderer: 'canvas' });
      chart.current = made;
      made.getZr().on('click', (event) => {
        const point = [event.offsetX, event.offsetY];
        if (!place.current || !made.containPixel({ gridIndex: 0 }, point)) return;
        const [x, y] = made.convertFromPixel({ gridIndex: 0 }, point) as unknown as [number, number];
        place.current(x, y);
      });
      const sized = new ResizeObserver(() => made.resize());
      sized.observe(element);
      const themed = new MutationObserver(() => setReady((n) => n + 1));
      themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
      dispose = () => {
        sized.disconnect();
        themed.disconnect();
        made.dispose();
        chart.current = null;
      };
      setReady((n) => n + 1);
    };
    void begin();
    return () => {
      gone = true;
      dispose();
    };
  }, []);

  useEffect(() => {
    if (ready === 0 || !chart.current) return;
    const look = lookOfPage();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    at.current = -1;
    chart.current.setOption(
      { textStyle: { fontFamily: look.font }, animation: !still, animationDuration: 240, animationDurationUpdate: 240, ...option(look) },
      true,
    );
    if (holder.current) holder.current.dataset['drawn'] = 'true';
  }, [option, ready]);

  useImperativeHandle(ref, () => ({
    drawn: () => {
      const look = lookOfPage();
      const canvas = chart.current?.getRenderedCanvas({ backgroundColor: look.sheet, pixelRatio: devicePixelRatio });
      return canvas ? { canvas, look } : null;
    },
  }));

  const onKey = (event: KeyboardEvent) => {
    if (walk.count === 0 || event.metaKey || event.ctrlKey || event.altKey) return;
    const last = walk.count - 1;
    const start = walk.start ?? 0;
    const far = Math.max(1, Math.round(walk.count / 10));
    const moves: Record<string, number> = {
      ArrowRight: at.current < 0 ? start : at.current + 1,
      ArrowDown: at.current < 0 ? start : at.current + 1,
      ArrowLeft: at.current < 0 ? start : at.current - 1,
      ArrowUp: at.current < 0 ? start : at.current - 1,
      PageDown: at.current + far,
      PageUp: at.current - far,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      at.current = Math.min(last, Math.max(0, to));
      const { said, ...mark } = walk.at(at.current);
      chart.current?.dispatchAction({ type: 'showTip', ...mark });
      setSaid(said);
    } else if (event.key === 'Enter' && at.current >= 0 && walk.pick) walk.pick(at.current);
    else return;
    event.preventDefault();
    // While no chart has the focus, the same keys move through time.
    event.stopPropagation();
  };

  return (
    <div className="chart-scroll">
      <div
        className="chart"
        role="application"
        aria-roledescription={t('charts.chart')}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its role is application, so that screen readers pass the arrow keys on
        tabIndex={0}
        onKeyDown={onKey}
        style={{ minWidth }}
      >
        <div ref={holder} className="chart-canvas" style={{ height }} />
      </div>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  );
}
