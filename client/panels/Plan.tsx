/**
 * The park from above, in the exact colours of the scale: where WebGL is missing, and for whoever prefers it. Shapes
 * are drawn by React once; colours, marks and line widths are painted past React with every update.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { projector } from '../../models/park/park.ts';
import { flyTo, hover, select, useView } from '../live/view.ts';
import { useWords } from '../locales/use-words.ts';
import { IconButton } from './Icon.tsx';
import { PlanContext } from './PlanContext.tsx';
import { paintPlan } from './paint-plan.ts';
import { boundsOf, pathOf } from './plan-paths.ts';
import { besideCorner, fit, move, type Window, zoom } from './plan-window.ts';
import { choose } from './sheets.ts';
import { useParkView } from './use-park-view.ts';
import './plan.css';

export function Plan() {
  const { t, text } = useWords();
  const park = useParkView();
  const covered = useView((view) => view.insets.right);
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const label = useRef<HTMLDivElement>(null);
  const window_ = useRef<Window>({ x: 0, y: 0, scale: 1 });
  const touched = useRef(false);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const dragged = useRef(0);

  const project = useMemo(() => projector(park.metadata.place), [park]);
  // Hosted assets (roof PV) lie on their hosts, so they come last; large ones first, so that small ones stay in reach.
  const assets = useMemo(
    () =>
      [...park.assets]
        .sort((a, b) => Number(a.at !== undefined) - Number(b.at !== undefined) || b.area_m2 - a.area_m2)
        .map((asset) => ({ asset, path: pathOf(asset.geometry, project, asset.kind === 'wind' ? 12 : 6) })),
    [park, project],
  );
  const box = useMemo(() => boundsOf(park.assets, project), [park, project]);

  /** Puts the window into the page; everything else follows from it. */
  const place = useMemo(
    () => () => {
      const { x, y, scale } = window_.current;
      world.current?.setAttribute('transform', `scale(${1 / scale}) translate(${-x} ${-y})`);
      // Patterns are drawn in metres of the shape; this keeps them the same on the screen at every distance.
      svg.current?.style.setProperty('--line-scale', String(Math.min(1.6, Math.max(0.3, 0.75 / Math.sqrt(scale)))));
      for (const pattern of svg.current?.querySelectorAll('pattern') ?? []) {
        pattern.setAttribute('patternTransform', `rotate(${pattern.id === 'plan-missing' ? 0 : 45}) scale(${scale})`);
      }
      placeLabel();
    },
    [],
  );
  const home = () => {
    const { width, height } = svg.current?.getBoundingClientRect() ?? { width: 1, height: 1 };
    const { insets } = useView.getState();
    const legend = document.querySelector('[data-edge="bottom"]')?.getBoundingClientRect();
    window_.current = fit(box, width, height, legend ? besideCorner(box, width, height, insets, legend) : insets);
    touched.current = false;
    place();
  };
  const placeLabel = () => {
    const { hovered, selected, park: now } = useView.getState();
    const element = label.current;
    const asset = now?.assets.find((a) => a.id === (hovered ?? selected));
    if (!element) return;
    element.hidden = !asset;
    if (!asset) return;
    const [x, y] = project(...asset.centroid);
    const { x: left, y: top, scale } = window_.current;
    element.textContent = text(asset.name);
    element.style.transform = `translate(${(x - left) / scale}px, ${(-y - top) / scale}px) translate(-50%, -50%)`;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: set up once per park and language
  useEffect(() => {
    home();
    // A link or a story may have asked for somewhere before the plan was here.
    const { flight } = useView.getState();
    if (flight && performance.now() - flight.at < 3000) go(flight.to);
    const stopPaint = world.current ? paintPlan(world.current) : () => {};
    const observer = new ResizeObserver(() => (touched.current ? place() : home()));
    if (svg.current) observer.observe(svg.current);
    const stop = useView.subscribe((view, before) => {
      if (view.flight !== before.flight && view.flight) go(view.flight.to);
      else if (view.insets !== before.insets && !touched.current) home();
      if (view.hovered !== before.hovered || view.selected !== before.selected) placeLabel();
    });
    const element = svg.current;
    // React listens to wheel passively, which would scroll the page as well.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = (element as SVGSVGElement).getBoundingClientRect();
      touched.current = true;
      window_.current = zoom(window_.current, 1.0015 ** event.deltaY, event.clientX - left, event.clientY - top);
      place();
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      stopPaint();
      observer.disconnect();
      stop();
      element?.removeEventListener('wheel', onWheel);
    };
  }, [park, project, text]);

  const go = (id: string | null) => {
    const asset = park.assets.find((a) => a.id === id);
    if (!asset || !svg.current) return home();
    const [x, y] = project(...asset.centroid);
    const reach = Math.max(140, 4 * Math.sqrt(asset.area_m2));
    const { width, height } = svg.current.getBoundingClientRect();
    window_.current = fit({ x: x - reach / 2, y: -y - reach / 2, width: reach, height: reach }, width, height, useView.getState().insets);
    touched.current = true;
    place();
  };
  const zoomMiddle = (factor: number) => {
    const { width, height } = svg.current?.getBoundingClientRect() ?? { width: 0, height: 0 };
    touched.current = true;
    window_.current = zoom(window_.current, factor, width / 2, height / 2);
    place();
  };

  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) {
      hover(idAt(event.target));
      return;
    }
    const others = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const dx = event.clientX - before.x;
    const dy = event.clientY - before.y;
    const other = others[0];
    if (other) {
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      window_.current = zoom(window_.current, was / Math.max(1, is), (event.clientX + other.x) / 2, (event.clientY + other.y) / 2);
    } else window_.current = move(window_.current, dx, dy);
    dragged.current += Math.hypot(dx, dy);
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    touched.current = true;
    place();
  };
  const onPointerUp = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    // A hand trembles: less than this is a click, not a drag.
    if (dragged.current > 5 || event.type === 'pointercancel') return;
    const id = idAt(document.elementFromPoint(event.clientX, event.clientY));
    if (id) choose(id);
    else select(null);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) {
      event.preventDefault();
      touched.current = true;
      window_.current = move(window_.current, step[0] ?? 0, step[1] ?? 0);
      place();
    } else if (event.key === '+' || event.key === '=') zoomMiddle(0.8);
    else if (event.key === '-') zoomMiddle(1.25);
  };

  return (
    <div className="plan">
      {/* biome-ignore lint/a11y/useSemanticElements: no HTML element is a zoomable drawing */}
      <svg
        ref={svg}
        role="application"
        aria-label={`${t('plan.label')}. ${t('plan.hint')}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the plan
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          dragged.current = fingers.current.size > 0 ? 100 : 0;
          fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onPointerLeave={() => hover(null)}
      >
        <PlanPatterns />
        <g ref={world}>
          <PlanContext park={park} project={project} />
          <g className="plan-lines">
            {park.lines.map((line) =>
              line.geometry ? <path key={line.id} data-line={line.id} d={pathOf(line.geometry, project)} /> : null,
            )}
          </g>
          <g className="plan-assets">
            {assets.map(({ asset, path }) => (
              <g key={asset.id} data-asset={asset.id} className={asset.kind === 'plot' ? 'plot' : ''}>
                <path className="shape" d={path} />
                <path className="pattern" d={path} />
              </g>
            ))}
          </g>
        </g>
      </svg>
      <div ref={label} className="plan-label" hidden aria-hidden="true" />
      <div className="plan-tools" style={{ marginRight: covered }}>
        <IconButton icon="plus" label={t('plan.zoomIn')} onClick={() => zoomMiddle(0.7)} />
        <IconButton icon="minus" label={t('plan.zoomOut')} onClick={() => zoomMiddle(1 / 0.7)} />
        <IconButton icon="home" label={t('plan.home')} onClick={() => flyTo(null)} />
      </div>
    </div>
  );
}

function idAt(target: EventTarget | null): string | null {
  const hit = target instanceof Element ? target.closest<SVGElement>('[data-asset], [data-line]') : null;
  return hit?.dataset['asset'] ?? hit?.dataset['line'] ?? null;
}

/** The marks of METHODS 8 as patterns over the colour, in pixels of the page. */
function PlanPatterns() {
  return (
    <defs>
      <pattern id="plan-estimated" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect width="1" height="4" className="ink" />
      </pattern>
      <pattern id="plan-stale" width="12" height="12" patternUnits="userSpaceOnUse">
        <rect width="3.500" height="12" className="ink" />
      </pattern>
      <pattern id="plan-missing" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="1.500" cy="1.500" r="0.9" className="ink" />
      </pattern>
    </defs>
  );
}
