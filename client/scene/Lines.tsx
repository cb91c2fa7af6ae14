import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import {
  BufferAttribute,
  DataTexture,
  FloatType,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  NearestFilter,
  type PerspectiveCamera,
  RGBAFormat,
} from 'three';
import { useChoices } from '../live/choices.ts';
import { useFollow } from '../live/follow.ts';
import { mirror } from '../live/mirror.ts';
import { writeFlows } from './flow-values.ts';
import { fullHalf, widenFollowed } from './follow-widths.ts';
import { flowMaterial } from './shaders/flow.ts';
import { flowSegments } from './shape/flows.ts';
import { inMotion, longestStep_s, useStage } from './stage.ts';

/** The time that has run is added to the phases after at most this long, so that they stay exact. */
const carryOn_s = 600;

/** Feeders and pipes along their courses, all in one draw call. */
export function Lines() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const { lines } = stage.park;
  const drawn = useMemo(() => {
    const segments = flowSegments(lines, stage.project, stage.land);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0]), 3));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    geometry.setAttribute('ends', new InstancedBufferAttribute(segments.ends, 4));
    geometry.setAttribute('along', new InstancedBufferAttribute(segments.place, 2));
    geometry.setAttribute('levels', new InstancedBufferAttribute(segments.levels, 2));
    geometry.instanceCount = segments.count;
    const data = new Float32Array(8 * Math.max(1, lines.length));
    const texture = new DataTexture(data, 2, Math.max(1, lines.length), RGBAFormat, FloatType);
    texture.minFilter = NearestFilter;
    texture.magFilter = NearestFilter;
    const material = flowMaterial(stage.atmosphere, texture, fullHalf(stage.extent.radius));
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    mesh.renderOrder = 3;
    return { mesh, material, data, texture, running: 0 };
  }, [stage, lines]);
  const seen = useRef(-1);

  useEffect(() => {
    const again = () => {
      seen.current = -1;
      invalidate();
    };
    // While buried lines are shown, Buried.tsx draws them, and these bands are shown only while carbon is followed.
    const surface = () => {
      const { underground, follow } = useChoices.getState();
      drawn.mesh.visible = !underground || follow !== null;
    };
    surface();
    const stops = [
      useChoices.subscribe((now, before) => {
        surface();
        if (now.carriers !== before.carriers || now.selected !== before.selected || now.lit !== before.lit) again();
      }),
      useFollow.subscribe(again),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [drawn, invalidate]);

  useFrame(({ camera, size }, delta) => {
    const perspective = camera as PerspectiveCamera;
    const { uPixel, uRan } = drawn.material.uniforms as Record<'uPixel' | 'uRan', { value: number }>;
    uPixel.value = (2 * Math.tan((perspective.fov * Math.PI) / 360)) / size.height;
    if (seen.current !== mirror.changes || uRan.value > carryOn_s) {
      seen.current = mirror.changes;
      const { carriers, selected, lit } = useChoices.getState();
      drawn.running = writeFlows(drawn.data, uRan.value, lines, mirror.layout, mirror.values, carriers, selected, lit);
      widenFollowed(drawn.data, lines, useFollow.getState().answer, fullHalf(stage.extent.radius));
      uRan.value = 0;
      drawn.texture.needsUpdate = true;
    }
    if (drawn.running === 0 || !inMotion(stage)) return;
    uRan.value += Math.min(delta, longestStep_s);
    stage.moving = true;
  });
  return <primitive object={drawn.mesh} />;
}
