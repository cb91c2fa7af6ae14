import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { useChoices } from '../live/choices.ts';
import { metricOf } from '../live/metric.ts';
import { mirror, subscribe } from '../live/mirror.ts';
import { bits, createPaintMemory, paintAssets } from './asset-colours.ts';
import { staying } from './Ghosts.tsx';
import { useStage } from './stage.ts';

/** Repaints the texture of asset colours when values, the metric or the choices changed: once a frame at most. */
export function AssetColours() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const ids = useMemo(() => stage.park.assets.map((a) => a.id), [stage]);
  const memory = useMemo(() => createPaintMemory(ids.length), [ids]);
  const painted = useRef(-1);
  useEffect(() => {
    const stale = () => {
      painted.current = -1;
      invalidate();
    };
    const stops = [
      subscribe(() => invalidate()),
      useChoices.subscribe((now, before) => {
        const same = now.selected === before.selected && now.hovered === before.hovered && now.metric === before.metric;
        if (!same || now.lit !== before.lit || now.underground !== before.underground) stale();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [invalidate]);

  useFrame(() => {
    if (painted.current === mirror.changes) return;
    painted.current = mirror.changes;
    const { layout, values } = mirror;
    const view = useChoices.getState();
    const { selected, hovered, metric } = view;
    if (layout) {
      const shown = metricOf(stage.park, layout, metric);
      paintAssets(stage.colourBytes, ids, layout, shown, values, { selected, hovered, lit: staying(view) }, memory);
    } else for (let i = 3; i < stage.colourBytes.length; i += 4) stage.colourBytes[i] = bits.quiet;
    stage.colours.needsUpdate = true;
    stage.container.dataset['changes'] = String(mirror.changes);
  });
  return null;
}
