import { type RootState, useFrame, useStore, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { inMotion, sharp, useStage } from './stage.ts';
import { createGauge, isChosen, keepTier, type Tier } from './tier.ts';

/** Motion at the rate the tier affords: as fast as the screen, or about 30 frames a second (the rest of a frame is the screen's). */
const pauses_ms: Record<Tier, number> = { full: 0, middle: 25, light: 0 };

/**
 * Draws at once. A frame that something asks for meanwhile comes in its turn: fiber would forget it, since outside of its
 * own loop it takes one frame off whatever was asked for. Two are put down before: one is left when nobody asked (who
 * asks puts down one).
 */
function drawNow(state: RootState): void {
  state.internal.frames = 2;
  state.advance(performance.now());
  const asked = state.internal.frames === 0;
  state.internal.frames = 0;
  if (asked) state.invalidate();
}

/**
 * Says when the first picture is there, and asks for the next while something moves, and watches what frames cost. Draws
 * in the same task whatever a new size or resolution has emptied: nobody is ever shown a canvas without a picture.
 */
export function Watch() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const invalidate = useThree((s) => s.invalidate);
  const setDpr = useThree((s) => s.setDpr);
  const gauge = useMemo(() => (isChosen() ? null : createGauge(stage.tier)), [stage]);
  const frames = useRef(0);
  /** The last frame was one of a motion, and came in its turn. */
  const inTurn = useRef(false);
  /** The canvas has been emptied, and nothing has been drawn on it since. */
  const empty = useRef(false);
  const atOnce = useRef(false);
  const store = useStore();
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const next = useMemo(() => () => invalidate(), [invalidate]);
  useEffect(() => {
    const wake = () => invalidate();
    document.addEventListener('visibilitychange', wake);
    stage.reduced.addEventListener('change', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      stage.reduced.removeEventListener('change', wake);
      clearTimeout(due.current);
    };
  }, [stage, invalidate]);
  useEffect(() => {
    const fill = () => {
      const state = store.getState();
      // Under a page of charts nothing is drawn until the park shows again; before the first frame nothing is shown.
      if (!empty.current || frames.current === 0 || !state.internal.active || state.frameloop === 'never') return;
      atOnce.current = true;
      drawNow(state);
      atOnce.current = false;
    };
    return store.subscribe((now, before) => {
      const { size, viewport, frameloop } = now;
      const resized = size.width !== before.size.width || size.height !== before.size.height || viewport.dpr !== before.viewport.dpr;
      if (resized) empty.current = true;
      // When whoever changed it is done, and the eye has found its place in the new size: still before anything is presented.
      if (resized || (frameloop !== before.frameloop && empty.current)) queueMicrotask(fill);
    });
  }, [store]);
  // As soon as the first frame is handed over; where no graphics card draws it was a coarse one, and the next is sharp.
  const sharpen = useRef(0);
  const shown = useMemo(
    () => () => {
      gl.domElement.dataset['ready'] = 'true';
      stage.container.dataset['ready'] = 'true';
      stage.container.dataset['tier'] = stage.tier;
      if (stage.tier === 'light') sharpen.current = requestAnimationFrame(() => setDpr(sharp()));
    },
    [gl, stage, setDpr],
  );
  useEffect(() => () => cancelAnimationFrame(sharpen.current), []);
  useFrame((_, delta) => {
    frames.current++;
    if (frames.current === 1) queueMicrotask(shown);
    // What changed the size before this frame, or in it, is drawn over by it.
    empty.current = false;
    // Only frames that follow each other in one motion say what a frame costs.
    const before = inTurn.current;
    const moves = stage.moving && inMotion(stage);
    inTurn.current = moves && !atOnce.current;
    stage.moving = false;
    clearTimeout(due.current);
    if (moves) {
      const pause_ms = pauses_ms[stage.tier];
      if (pause_ms === 0) invalidate();
      else due.current = setTimeout(next, pause_ms);
    }
    if (!before || !inTurn.current) return;
    const fitting = gauge?.(delta);
    if (!fitting) return;
    keepTier(fitting);
    stage.tier = fitting;
    stage.container.dataset['tier'] = fitting;
  });
  return null;
}
