import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Color, GreaterDepth, Group } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { useChoices } from '../live/choices.ts';
import { outlineOf } from './build/outline.ts';
import { useStage } from './stage.ts';

const accent = '#1f6bff';

/** Two strokes: a solid one where the edge is visible, a thinner dashed one where something hides it. */
function pen(width: number, hidden: boolean): LineMaterial {
  const material = new LineMaterial({ color: new Color(accent).getHex(), linewidth: hidden ? width * 0.6 : width, transparent: true });
  if (hidden) {
    material.opacity = 0.75;
    material.depthFunc = GreaterDepth;
    material.dashed = true;
    material.gapSize = 1;
    material.dashSize = 1;
  }
  material.depthWrite = false;
  material.toneMapped = false;
  return material;
}

/** Length of a dash, in metres for each metre of the asset's size. */
const dash = 0.035;

/** Outline of the selected asset, dashed where something hides it; a thinner one of the asset under the pointer. */
export function Outline() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const drawn = useMemo(() => {
    const group = new Group();
    const strokes = (['selected', 'hovered'] as const).flatMap((of) =>
      [true, false].map((hidden) => {
        const line = new LineSegments2(new LineSegmentsGeometry(), pen(of === 'selected' ? 3 : 1.75, hidden));
        line.frustumCulled = false;
        line.visible = false;
        line.renderOrder = 5;
        group.add(line);
        return { of, line, hidden };
      }),
    );
    return { group, strokes };
  }, []);

  useEffect(() => {
    const draw = (view: { selected: string | null; hovered: string | null }) => {
      for (const { of, line, hidden } of drawn.strokes) {
        const id = of === 'hovered' && view.hovered === view.selected ? null : view[of];
        const site = id === null ? undefined : stage.site.get(id);
        line.visible = site !== undefined;
        if (!site) continue;
        // Fat lines keep the instance count of their first shape, so a new shape needs a new geometry.
        line.geometry.dispose();
        line.geometry = new LineSegmentsGeometry().setPositions(outlineOf(site));
        if (!hidden) continue;
        line.computeLineDistances();
        const size = Math.max(0.8, Math.min(6, dash * Math.max(site.frame.length, site.asset.height_m)));
        line.material.dashSize = size;
        line.material.gapSize = size * 0.8;
      }
      invalidate();
    };
    draw(useChoices.getState());
    return useChoices.subscribe((now, before) => {
      if (now.selected !== before.selected || now.hovered !== before.hovered) draw(now);
    });
  }, [drawn, stage, invalidate]);

  useFrame(({ size }) => {
    for (const { line } of drawn.strokes) line.material.resolution.set(size.width, size.height);
  });
  return <primitive object={drawn.group} />;
}
