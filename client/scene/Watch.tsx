import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { inMotion, useStage } from './stage.ts';
import { createGauge, keepTier } from './tier.ts';

/** Says when the first picture is there, and watches what frames cost while the picture moves. */
export function Watch() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const invalidate = useThree((s) => s.invalidate);
  const gauge = useMemo(() => createGauge(stage.tier), [stage]);
  const frames = useRef(0);
  const moving = useRef(false);
  useEffect(() => {
    const wake = () => invalidate();
    document.addEventListener('visibilitychange', wake);
    return () => document.removeEventListener('visibilitychange', wake);
  }, [invalidate]);
  useFrame((_, delta) => {
    frames.current++;
    if (frames.current === 2) {
      gl.domElement.dataset['ready'] = 'true';
      stage.container.dataset['ready'] = 'true';
      stage.container.dataset['tier'] = stage.tier;
    } else if (frames.current < 2) invalidate();
    // Only frames that follow each other in one motion say what a frame costs.
    const before = moving.current;
    moving.current = stage.moving && inMotion(stage);
    stage.moving = false;
    if (!before || !moving.current) return;
    const next = gauge(delta);
    if (!next) return;
    keepTier(next);
    stage.tier = next;
    stage.container.dataset['tier'] = next;
  });
  return null;
}
