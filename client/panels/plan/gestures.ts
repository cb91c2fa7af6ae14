/**
 * Input on the plan: moves, zooms and points by mouse, touch and keyboard, without React. What is hovered or selected
 * is written to the choices, as by the scene.
 */
import type { ParkView } from '../../../models/api/park-view.ts';
import { type Choices, hover, select, useChoices } from '../../live/choices.ts';
import { choose } from '../../live/open-sheet.ts';
import { boundsOf, type Project } from './paths.ts';
import { besideCorner, fitTo, move, type Viewport, zoom } from './viewport.ts';

export interface PlanParts {
  svg: SVGSVGElement;
  world: SVGGElement;
  label: HTMLElement;
  park: ParkView;
  project: Project;
  nameOf: (asset: ParkView['assets'][number]) => string;
  /** What was shown before, of another version of the park or in another language; null at first. */
  before: PlanView | null;
}

export interface PlanView {
  viewport: Viewport;
  /** Where the plan was sent (`to` null: the whole park). It goes there again when panels open or close, until moved by hand. */
  aim: { to: string | null } | null;
}

export interface Hand {
  /** Zooms in (factor < 1) or out about the middle. */
  zoomMiddle(factor: number): void;
  /** Returns what was shown last. */
  letGo(): PlanView;
}

/** A pointer that moved by no more than this many pixels has clicked, not dragged. */
const tremble = 5;
/** A flight requested less than this long before the plan opened still applies to it. */
const recent_ms = 3000;
const keySteps: Record<string, readonly [number, number]> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
};

export function layHandOn({ svg, world, label, park, project, nameOf, before }: PlanParts): Hand {
  const box = boundsOf(park.assets, project);
  let viewport: Viewport = { x: 0, y: 0, scale: 1 };
  let aim: PlanView['aim'] = null;
  let dragged = 0;
  const fingers = new Map<number, { x: number; y: number }>();
  const stop = new AbortController();
  const size = () => svg.getBoundingClientRect();

  const placeLabel = () => {
    const { hovered, selected } = useChoices.getState();
    const asset = park.assets.find((a) => a.id === (hovered ?? selected));
    label.hidden = !asset;
    if (!asset) return;
    const [x, y] = project(...asset.centroid);
    label.textContent = nameOf(asset);
    label.style.transform = `translate(${(x - viewport.x) / viewport.scale}px, ${(-y - viewport.y) / viewport.scale}px) translate(-50%, -50%)`;
  };
  const show = (next: Viewport) => {
    viewport = next;
    const { x, y, scale } = viewport;
    world.setAttribute('transform', `scale(${1 / scale}) translate(${-x} ${-y})`);
    svg.style.setProperty('--line-scale', String(Math.min(1.6, Math.max(0.3, 0.75 / Math.sqrt(scale)))));
    // Patterns are drawn in metres of the shape; this scale keeps their size on the screen the same at every zoom.
    for (const pattern of svg.querySelectorAll('pattern')) {
      pattern.setAttribute('patternTransform', `rotate(${pattern.id === 'plan-missing' ? 0 : 45}) scale(${scale})`);
    }
    placeLabel();
  };
  const showByHand = (next: Viewport) => {
    aim = null;
    show(next);
  };
  const home = () => {
    const { width, height } = size();
    const { insets } = useChoices.getState();
    const legend = document.querySelector('[data-edge="bottom"]')?.getBoundingClientRect();
    show(fitTo(box, width, height, legend ? besideCorner(box, width, height, insets, legend) : insets));
  };
  const go = (to: string | null) => {
    aim = { to };
    const asset = park.assets.find((a) => a.id === to);
    if (!asset) return home();
    const [x, y] = project(...asset.centroid);
    const reach = Math.max(140, 4 * Math.sqrt(asset.area_m2));
    const { width, height } = size();
    show(fitTo({ x: x - reach / 2, y: -y - reach / 2, width: reach, height: reach }, width, height, useChoices.getState().insets));
  };
  const zoomMiddle = (factor: number) => {
    const { width, height } = size();
    showByHand(zoom(viewport, factor, width / 2, height / 2));
  };

  const on = <K extends keyof SVGElementEventMap>(type: K, listener: (event: SVGElementEventMap[K]) => void, passive = true) =>
    svg.addEventListener(type, listener, { signal: stop.signal, passive });

  on('pointerdown', (event) => {
    // A touch with two fingers is never a click.
    dragged = fingers.size > 0 ? Number.POSITIVE_INFINITY : 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    svg.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return hover(idAt(event.target));
    const now = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, now);
    dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (dragged <= tremble) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(now.x - other.x, now.y - other.y);
      showByHand(zoom(viewport, was / Math.max(1, is), (now.x + other.x) / 2, (now.y + other.y) / 2));
    } else showByHand(move(viewport, now.x - before.x, now.y - before.y));
  });
  on('pointerup', (event) => void fingers.delete(event.pointerId));
  // Selects on click, not on pointerup: the click follows pointerup and would hit the sheet that has just opened there.
  on('click', (event) => {
    if (dragged > tremble) return;
    const id = idAt(document.elementFromPoint(event.clientX, event.clientY));
    if (id) choose(id);
    else select(null);
  });
  on('pointercancel', (event) => void fingers.delete(event.pointerId));
  on('pointerleave', () => hover(null));
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { left, top } = size();
    showByHand(zoom(viewport, 1.0015 ** event.deltaY, event.clientX - left, event.clientY - top));
  };
  // This listener must not be passive, as React's would be: the page must not scroll as well.
  on('wheel', onWheel, false);
  on(
    'keydown',
    (event) => {
      const step = keySteps[event.key];
      if (step) {
        event.preventDefault();
        showByHand(move(viewport, ...step));
      } else if (event.key === '+' || event.key === '=') zoomMiddle(0.8);
      else if (event.key === '-') zoomMiddle(1.25);
    },
    false,
  );

  if (before) {
    const to = before.aim?.to ?? null;
    // Aimed at something that is gone, it stays where it is.
    aim = to === null || park.assets.some(({ id }) => id === to) ? before.aim : null;
    show(before.viewport);
  } else {
    // A link or a story may have requested a flight before the plan was there.
    const { flight } = useChoices.getState();
    go(flight && performance.now() - flight.at < recent_ms ? placeOf(flight.to) : null);
  }
  const again = () => (aim ? go(aim.to) : show(viewport));
  const observer = new ResizeObserver(again);
  observer.observe(svg);
  const unsubscribe = useChoices.subscribe((view, before) => {
    if (view.flight !== before.flight && view.flight) go(placeOf(view.flight.to));
    else if (view.insets !== before.insets) again();
    if (view.hovered !== before.hovered || view.selected !== before.selected) placeLabel();
  });

  return {
    zoomMiddle,
    letGo() {
      stop.abort();
      observer.disconnect();
      unsubscribe();
      return { viewport, aim };
    },
  };
}

function idAt(target: EventTarget | null): string | null {
  const hit = target instanceof Element ? target.closest<SVGElement>('[data-asset], [data-line]') : null;
  return hit?.dataset['asset'] ?? hit?.dataset['line'] ?? null;
}

/** Target of a flight in the plan: an id, or null (the whole park) for flights to views of the scene. */
function placeOf(to: NonNullable<Choices['flight']>['to']): string | null {
  return typeof to === 'string' ? to : null;
}
