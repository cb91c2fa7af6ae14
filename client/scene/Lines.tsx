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
import { mirror } from '../live/mirror.ts';
import { useView } from '../live/view.ts';
import { writeFlows } from './flow-values.ts';
import { flowMaterial } from './shaders/flow.ts';
import { flowSegments } from './shape/flows.ts';
import { inMotion, useStage } from './stage.ts';

/** Pulses repeat after this many metres (shaders/flow.ts): phases are kept below it so that they stay exact. */
const gap = 46;

/** Feeders and pipes along their courses, all in one draw call. */
export function Lines() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const { lines } = stage.park;
  const drawn = useMemo(() => {
    const segments = flowSegments(lines, stage.project);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0]), 3));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    geometry.setAttribute('ends', new InstancedBufferAttribute(segments.ends, 4));
    geometry.setAttribute('along', new InstancedBufferAttribute(segments.place, 2));
    geometry.instanceCount = segments.count;
    const data = new Float32Array(8 * Math.max(1, lines.length));
    const texture = new DataTexture(data, 2, Math.max(1, lines.length), RGBAFormat, FloatType);
    texture.minFilter = NearestFilter;
    texture.magFilter = NearestFilter;
    const material = flowMaterial(stage.atmosphere, texture);
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    mesh.renderOrder = 3;
    return { mesh, material, data, texture, speeds: new Float32Array(lines.length) };
  }, [stage, lines]);
  const seen = useRef(-1);

  useEffect(
    () =>
      useView.subscribe((now, before) => {
        if (now.carriers === before.carriers && now.selected === before.selected && now.lit === before.lit) return;
        seen.current = -1;
        invalidate();
      }),
    [invalidate],
  );

  useFrame(({ camera, size }, delta) => {
    const perspective = camera as PerspectiveCamera;
    const pixel = drawn.material.uniforms['uPixel'];
    if (pixel) pixel.value = (2 * Math.tan((perspective.fov * Math.PI) / 360)) / size.height;
    if (seen.current !== mirror.revision) {
      seen.current = mirror.revision;
      const { carriers, selected, lit } = useView.getState();
      writeFlows(drawn.data, drawn.speeds, lines, mirror.layout, mirror.values, carriers, selected, lit);
      drawn.texture.needsUpdate = true;
    }
    if (!inMotion(stage)) return;
    let moving = false;
    for (let i = 0; i < drawn.speeds.length; i++) {
      const speed = drawn.speeds[i] as number;
      if (speed === 0) continue;
      moving = true;
      const phase = (drawn.data[8 * i + 5] as number) + speed * Math.min(delta, 0.1);
      drawn.data[8 * i + 5] = phase - gap * Math.floor(phase / gap);
    }
    if (!moving) return;
    drawn.texture.needsUpdate = true;
    stage.moving = true;
    invalidate();
  });
  return <primitive object={drawn.mesh} />;
}
