import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { inMotion, sharp, useStage } from './stage.ts';
import { createGauge, isChosen, keepTier, type Tier } from './tier.ts';

/** Motion at the rate the tier affords: as fast as the screen, or about 30 frames a second (the rest of a frame is the screen's). */
const pauses_ms: Record<Tier, number> = { full: 0, middle: 25, light: 0 };

/** Says when the first picture is there, and asks for the next while something moves, and watches what frames cost. */
export function Watch() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const invalidate = useThree((s) => s.invalidate);
  const setDpr = useThree((s) => s.setDpr);
  const gauge = useMemo(() => (isChosen() ? null : createGauge(stage.tier)), [stage]);
  const frames = useRef(0);
  const moving = useRef(false);
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
  // As soon as the first frame is handed over; where no graphics card draws it was a coarse one, and the next is sharp.
  const shown = useMemo(
    () => () => {
      gl.domElement.dataset['ready'] = 'true';
      stage.container.dataset['ready'] = 'true';
      stage.container.dataset['tier'] = stage.tier;
      if (stage.tier === 'light') setDpr(sharp());
    },
    [gl, stage, setDpr],
  );
  useFrame((_, delta) => {
    frames.current++;
    if (frames.current === 1) queueMicrotask(shown);
    // Only frames that follow each other in one motion say what a frame costs.
    const before = moving.current;
    moving.current = stage.moving && inMotion(stage);
    stage.moving = false;
    clearTimeout(due.current);
    if (moving.current) {
      const pause_ms = pauses_ms[stage.tier];
      if (pause_ms === 0) invalidate();
      else due.current = setTimeout(next, pause_ms);
    }
    if (!before || !moving.current) return;
    const fitting = gauge?.(delta);
    if (!fitting) return;
    keepTier(fitting);
    stage.tier = fitting;
    stage.container.dataset['tier'] = fitting;
  });
  return null;
}
