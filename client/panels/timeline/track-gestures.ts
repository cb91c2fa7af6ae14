/** Input on the timeline: drag to scrub, wheel and pinch to zoom, drag the axis to move along, arrow keys to step. */

import { useChoices } from '../../live/choices.ts';
import { lastMoment, pause, play, setMoment, stepMoment, useTime } from '../../live/moment.ts';
import { spanOf } from './shown-range.ts';
import { type Track, useTrack } from './track.ts';

/** Height in pixels of the axis at the bottom: a drag there moves the time range instead of the moment. */
const axis = 20;
/** A pointer pressed on a flag that moves by fewer pixels than this is a click. */
const steady = 5;
/** While scrubbing nearer to an edge than this, in pixels, the time range moves along. */
const edge = 28;

export function layHandOnTrack(area: HTMLElement, handle: HTMLElement, track: Track): () => void {
  const stop = new AbortController();
  const fingers = new Map<number, number>();
  let mode: 'none' | 'scrub' | 'move' | 'pinch' = 'none';
  let running = 0;
  let pointerX = 0;
  /** Where the pointer was pressed on the flag of an event, pixels; NaN after it has moved away. */
  let caught = Number.NaN;
  /** The moment before the first touch. A pinch goes back to it, because its first finger has already scrubbed. */
  let before = useChoices.getState().moment;
  const box = () => area.getBoundingClientRect();
  const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void, passive = true) =>
    area.addEventListener(type, listener, { signal: stop.signal, passive });

  const scrubTo = (x: number, time = track.timeAt(x)) => {
    const { ledger } = useTime.getState();
    if (ledger?.until == null) return;
    setMoment(time >= ledger.until ? 'live' : time);
  };
  const hoverAt = (x: number) => {
    const { width } = box();
    useTrack.setState({ hover: x < 0 || x > width ? null : { x, time: track.timeAt(x), width } });
  };
  /** At an edge the time range moves on under the pointer, faster if the pointer is farther out. */
  const run = () => {
    cancelAnimationFrame(running);
    if (mode !== 'scrub') return;
    const { width } = box();
    const out = pointerX < edge ? pointerX - edge : pointerX > width - edge ? pointerX - width + edge : 0;
    if (out !== 0) {
      track.move((out / edge) * 0.008 * spanOf(track.shown));
      scrubTo(Math.min(width, Math.max(0, pointerX)));
    }
    running = requestAnimationFrame(run);
  };

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    const { left, bottom } = box();
    const x = event.clientX - left;
    fingers.set(event.pointerId, x);
    area.setPointerCapture(event.pointerId);
    pause();
    if (fingers.size > 1) {
      if (mode === 'scrub') setMoment(before);
      mode = 'pinch';
      useTrack.setState({ hover: null });
      return;
    }
    before = useChoices.getState().moment;
    mode = event.clientY > bottom - axis && event.pointerType !== 'touch' ? 'move' : 'scrub';
    track.held = true;
    pointerX = x;
    if (mode === 'scrub') {
      // A click on a flag goes to the beginning of its event, not to the time at the pixel.
      const event = track.eventAt(x);
      caught = event === null ? Number.NaN : x;
      scrubTo(x, event ?? undefined);
      // With the focus on the handle, arrow keys continue from here.
      handle.focus({ preventScroll: true });
      running = requestAnimationFrame(run);
    }
    hoverAt(x);
  });
  on('pointermove', (event) => {
    const { left } = box();
    const x = event.clientX - left;
    const last = fingers.get(event.pointerId);
    if (last === undefined) {
      if (event.pointerType === 'mouse') hoverAt(x);
      return;
    }
    fingers.set(event.pointerId, x);
    if (mode === 'pinch') {
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other === undefined) return;
      const was = Math.abs(last - other);
      const is = Math.abs(x - other);
      track.zoom(Math.min(2, Math.max(0.5, Math.max(8, was) / Math.max(8, is))), track.timeAt((last + other) / 2));
      track.move(track.timeAt((last + other) / 2) - track.timeAt((x + other) / 2));
      useTrack.setState({ hover: null });
    } else if (mode === 'move') {
      track.move(track.timeAt(last) - track.timeAt(x));
    } else if (mode === 'scrub') {
      if (Math.abs(x - caught) < steady) return;
      caught = Number.NaN;
      pointerX = x;
      scrubTo(x);
      hoverAt(x);
    }
  });
  const end = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (fingers.size > 0) return;
    mode = 'none';
    track.held = false;
    cancelAnimationFrame(running);
    if (event.pointerType !== 'mouse') useTrack.setState({ hover: null });
  };
  on('pointerup', end);
  on('pointercancel', end);
  on('pointerleave', () => {
    if (fingers.size === 0) useTrack.setState({ hover: null });
  });
  on(
    'wheel',
    (event) => {
      event.preventDefault();
      const x = event.clientX - box().left;
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) track.move((sideways / box().width) * spanOf(track.shown));
      else track.zoom(Math.min(1.6, Math.max(0.6, 1.0018 ** event.deltaY)), track.timeAt(x));
      hoverAt(x);
    },
    // The page must not scroll or zoom as well.
    false,
  );

  handle.addEventListener('keydown', (event) => onTrackKey(event, track), { signal: stop.signal });
  return () => {
    stop.abort();
    cancelAnimationFrame(running);
    useTrack.setState({ hover: null });
  };
}

function onTrackKey(event: KeyboardEvent, track: Track): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const unit = event.shiftKey ? 'day' : 'interval';
  const actions: Record<string, () => void> = {
    ArrowLeft: () => stepMoment(-1, unit),
    ArrowDown: () => stepMoment(-1, unit),
    ArrowRight: () => stepMoment(1, unit),
    ArrowUp: () => stepMoment(1, unit),
    PageDown: () => stepMoment(-1, 'day'),
    PageUp: () => stepMoment(1, 'day'),
    Home: () => setMoment(useTime.getState().ledger?.from ?? Number.NaN),
    End: () => setMoment('live'),
    '+': () => track.zoom(0.7),
    '=': () => track.zoom(0.7),
    '-': () => track.zoom(1.4),
    ' ': () => togglePlay(track.shown.from),
  };
  const action = actions[event.key];
  if (!action || Number.isNaN(lastMoment())) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key !== ' ' && !['+', '=', '-'].includes(event.key)) pause();
  action();
}

/** Pauses, or plays from the moment shown; while live, from `from`, but not before the ledger begins. */
export function togglePlay(from: number): void {
  if (useTime.getState().playing) {
    pause();
    return;
  }
  const { moment } = useChoices.getState();
  play(moment === 'live' ? Math.max(from, useTime.getState().ledger?.from ?? from) : moment);
}
