/** Input by keys, mouse and fingers while walking. */
import type { Vec } from '../shape/ring.ts';

export interface Walker {
  at: Vec;
  /** Radians clockwise from north, and above the horizon. */
  heading: number;
  pitch: number;
  /** −1, 0 or 1 each. */
  forward: number;
  aside: number;
  turn: number;
  fast: boolean;
  /** Position or direction changed since the last frame. */
  moved: boolean;
  /** A frame has been drawn since the last key. */
  seen: boolean;
  /** All keys are released, but the step they requested has not been drawn yet. */
  ending: boolean;
}

/** A finger held still this long (ms) starts to walk. */
export const hold_ms = 260;
/** Pixels that a finger may move and still count as held still. */
const slack = 8;
/** Radians for a drag across one pixel: the picture follows the finger. */
const look = 0.0032;
const steepest = 1.35;

const keys: Record<string, 'w' | 's' | 'a' | 'd' | 'left' | 'right'> = {
  KeyW: 'w',
  ArrowUp: 'w',
  KeyS: 's',
  ArrowDown: 's',
  KeyA: 'a',
  KeyD: 'd',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  KeyQ: 'left',
  KeyE: 'right',
};

function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="slider"], [role="dialog"]') !== null
  );
}

/** Writes the input into `walker` and requests a frame; returns a function that ends it. */
export function listenToWalker(canvas: HTMLElement, walker: Walker, draw: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const held = new Set<string>();
  let finger: { id: number; x: number; y: number; timer: ReturnType<typeof setTimeout> | undefined } | null = null;
  let walksByFinger = false;

  const apply = () => {
    const on = (name: string) => (held.has(name) ? 1 : 0);
    const forward = walksByFinger ? 1 : on('w') - on('s');
    const [aside, turn] = [on('d') - on('a'), on('right') - on('left')];
    const rests = forward === 0 && aside === 0 && turn === 0;
    walker.ending = rests && !walker.seen;
    if (!rests) walker.seen = false;
    if (!walker.ending) Object.assign(walker, { forward, aside, turn });
    draw();
  };
  const press = (event: KeyboardEvent) => {
    const name = keys[event.code];
    walker.fast = event.shiftKey;
    if (!name || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    // Handled before the short cuts of the page: while walking these keys move the walker.
    event.preventDefault();
    event.stopPropagation();
    held.add(name);
    apply();
  };
  const release = (event: KeyboardEvent) => {
    walker.fast = event.shiftKey;
    const name = keys[event.code];
    if (name && held.delete(name)) apply();
  };
  const letGo = () => {
    held.clear();
    clearTimeout(finger?.timer);
    finger = null;
    walksByFinger = false;
    apply();
  };
  const down = (event: PointerEvent) => {
    if (finger || event.button !== 0) return;
    const timer =
      event.pointerType === 'touch'
        ? setTimeout(() => {
            walksByFinger = true;
            apply();
          }, hold_ms)
        : undefined;
    finger = { id: event.pointerId, x: event.clientX, y: event.clientY, timer };
  };
  const move = (event: PointerEvent) => {
    if (!finger || event.pointerId !== finger.id) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    // A finger that moves before it was held long enough looks around; one that walks does both.
    if (!walksByFinger && finger.timer !== undefined && Math.hypot(dx, dy) < slack) return;
    clearTimeout(finger.timer);
    finger = { ...finger, timer: undefined, x: event.clientX, y: event.clientY };
    walker.heading -= dx * look;
    walker.pitch = Math.max(-steepest, Math.min(steepest, walker.pitch + dy * look));
    walker.moved = true;
    draw();
  };
  const up = (event: PointerEvent) => {
    if (event.pointerId === finger?.id) letGo();
  };
  addEventListener('keydown', press, { signal, capture: true });
  addEventListener('keyup', release, { signal, capture: true });
  addEventListener('blur', letGo, { signal });
  canvas.addEventListener('pointerdown', down, { signal });
  addEventListener('pointermove', move, { signal });
  addEventListener('pointerup', up, { signal });
  addEventListener('pointercancel', up, { signal });
  return () => {
    stop.abort();
    clearTimeout(finger?.timer);
  };
}
