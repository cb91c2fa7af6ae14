import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Color, Group } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { useView } from '../live/view.ts';
import { outlineOf } from './shape/outline.ts';
import { useStage } from './stage.ts';

const accent = '#1f6bff';

function pen(width: number, hidden: boolean): LineMaterial {
  const material = new LineMaterial({ color: new Color(accent).getHex(), linewidth: width, transparent: true, opacity: hidden ? 0.3 : 1 });
  material.depthTest = !hidden;
  material.depthWrite = false;
  material.toneMapped = false;
  return material;
}

/** An edge drawing around what is chosen, faint where something stands before it; a thin one around what is under the pointer. */
export function Outline() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const drawn = useMemo(() => {
    const group = new Group();
    const strokes = (['selected', 'hovered'] as const).flatMap((of) =>
      (of === 'selected' ? [true, false] : [false]).map((hidden) => {
        const line = new LineSegments2(new LineSegmentsGeometry(), pen(of === 'selected' ? 3 : 1.75, hidden));
        line.frustumCulled = false;
        line.visible = false;
        line.renderOrder = 5;
        group.add(line);
        return { of, line };
      }),
    );
    return { group, strokes };
  }, []);

  useEffect(() => {
    const draw = (view: { selected: string | null; hovered: string | null }) => {
      for (const { of, line } of drawn.strokes) {
        const id = of === 'hovered' && view.hovered === view.selected ? null : view[of];
        const site = id === null ? undefined : stage.site.get(id);
        line.visible = site !== undefined;
        if (!site) continue;
        // Fat lines keep the number of their first buffers: a new shape needs a new geometry.
        line.geometry.dispose();
        line.geometry = new LineSegmentsGeometry().setPositions(outlineOf(site));
      }
      invalidate();
    };
    draw(useView.getState());
    return useView.subscribe((now, before) => {
      if (now.selected !== before.selected || now.hovered !== before.hovered) draw(now);
    });
  }, [drawn, stage, invalidate]);

  useFrame(({ size }) => {
    for (const { line } of drawn.strokes) line.material.resolution.set(size.width, size.height);
  });
  return <primitive object={drawn.group} />;
}
