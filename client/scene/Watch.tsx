import { type RootState, useFrame, useStore, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { inMotion, sharp, useStage } from './stage.ts';
import { createGauge, isChosen, keepTier, type Tier } from './tier.ts';

/** Pause before the next frame of a motion: 25 ms and the wait for the screen's refresh give about 30 frames a second. */
const pauses_ms: Record<Tier, number> = { full: 0, middle: 25, light: 0 };

/**
 * Draws a frame at once. Outside its own loop fiber subtracts one from the number of requested frames after drawing, so a
 * frame requested meanwhile would be lost. The number is set to 2 before: 1 is left when nothing was requested, 0 after a
 * request (which sets it to 1), and the request is then repeated.
 */
function drawNow(state: RootState): void {
  state.internal.frames = 2;
  state.advance(performance.now());
  const asked = state.internal.frames === 0;
  state.internal.frames = 0;
  if (asked) state.invalidate();
}

/**
 * Marks the page when the first frame is drawn, requests the next frame while something moves, and measures frame times.
 * When a new size or resolution has cleared the canvas, it draws in the same task: an empty canvas is never shown.
 */
export function Watch() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const invalidate = useThree((s) => s.invalidate);
  const setDpr = useThree((s) => s.setDpr);
  const gauge = useMemo(() => (isChosen() ? null : createGauge(stage.tier)), [stage]);
  const frames = useRef(0);
  /** The last frame was part of a motion and was drawn by fiber's loop, not by drawNow. */
  const inTurn = useRef(false);
  /** The canvas has been cleared, and nothing has been drawn on it since. */
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
      // While a page of charts covers the park nothing is drawn; before the first frame the canvas is hidden.
      if (!empty.current || frames.current === 0 || !state.internal.active || state.frameloop === 'never') return;
      atOnce.current = true;
      drawNow(state);
      atOnce.current = false;
    };
    return store.subscribe((now, before) => {
      const { size, viewport, frameloop } = now;
      const resized = size.width !== before.size.width || size.height !== before.size.height || viewport.dpr !== before.viewport.dpr;
      if (resized) empty.current = true;
      // After the code that changed the size is done and the camera has adapted to it, but before the browser presents a frame.
      if (resized || (frameloop !== before.frameloop && empty.current)) queueMicrotask(fill);
    });
  }, [store]);
  // Runs after the first frame. With software rendering (tier 'light') that frame was coarse, and the next one is sharp.
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
    // This frame redraws the whole canvas, whether the size changed before it or during it.
    empty.current = false;
    // Only consecutive frames of one motion measure what a frame costs.
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
