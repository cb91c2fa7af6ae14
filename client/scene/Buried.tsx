import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import {
  BufferAttribute,
  CircleGeometry,
  Color,
  DataTexture,
  FloatType,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  NearestFilter,
  type PerspectiveCamera,
  RGBAFormat,
  SRGBColorSpace,
} from 'three';
import { type Choices, useChoices } from '../live/choices.ts';
import { halfWidth } from '../live/motion.ts';

import { bedMaterial, buriedMaterial, standing } from './shaders/buried.ts';
import { type Buried as BuriedShape, buriedOf } from './shape/buried.ts';
import { type Stage, useStage } from './stage.ts';

/** Tubes are drawn this much thicker than the same line on the surface. */
const stout = 1.5;

function geometryOf(shape: BuriedShape): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0]), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.setAttribute('from', new InstancedBufferAttribute(shape.from, 3));
  geometry.setAttribute('to', new InstancedBufferAttribute(shape.to, 3));
  geometry.setAttribute('line', new InstancedBufferAttribute(shape.line, 1));
  geometry.instanceCount = shape.count;
  return geometry;
}

function dig(stage: Stage) {
  const { lines } = stage.park;
  const { extent, atmosphere } = stage;
  const shape = buriedOf(lines, stage.project, stage.land, extent.radius, extent.low);
  const geometry = geometryOf(shape);
  const data = new Float32Array(4 * Math.max(1, lines.length));
  const texture = new DataTexture(data, 1, Math.max(1, lines.length), RGBAFormat, FloatType);
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  const tubes = new Mesh(geometry, buriedMaterial(atmosphere, texture, shape.bed, false));
  const shadows = new Mesh(geometry, buriedMaterial(atmosphere, texture, shape.bed, true));
  const bed = new Mesh(new CircleGeometry(extent.radius * 6, 64).rotateX(-Math.PI / 2), bedMaterial(atmosphere));
  bed.position.set(extent.centre[0], shape.bed, -extent.centre[1]);
  // Drawn after the sky and before the land, which is translucent over them (shaders/ground.ts).
  for (const [mesh, order] of [
    [bed, 1.1],
    [tubes, 1.2],
    [shadows, 1.3],
  ] as const) {
    mesh.frustumCulled = false;
    mesh.renderOrder = order;
  }
  const group = new Group();
  group.add(bed, tubes, shadows);
  return { group, pens: [tubes.material, shadows.material], data, texture };
}

/** One texel a line: its carrier's colour, and in alpha its width and state (hidden, ghost, plain or chosen). */
function writeLines(out: Float32Array, stage: Stage, view: Choices): void {
  const style = getComputedStyle(document.documentElement);
  const colour = new Color();
  for (const [i, line] of stage.park.lines.entries()) {
    colour.setStyle(style.getPropertyValue(`--carrier-${line.carrier}`).trim() || 'gray', SRGBColorSpace);
    colour.convertLinearToSRGB();
    const { lit, selected, hovered, carriers } = view;
    const chosen = line.id === selected || line.id === hovered;
    const how = chosen ? standing.chosen : lit && !lit.has(line.id) ? standing.ghost : standing.plain;
    const there = carriers[line.carrier] === false ? standing.hidden : how;
    out.set([colour.r, colour.g, colour.b, halfWidth(line.capacity_kW) * stout + 10 * there], 4 * i);
  }
}

/** Pipes and cables at their depth under translucent land; built when they are first shown. */
export function Buried() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const gl = useThree((s) => s.gl);
  const holder = useMemo(() => {
    const group = new Group();
    group.visible = false;
    return { group, dug: null as ReturnType<typeof dig> | null };
  }, []);

  useEffect(() => {
    const show = (view: Choices) => {
      const { underground } = view;
      holder.group.visible = underground;
      stage.atmosphere.uSection.value = underground ? 1 : 0;
      stage.materials.ground.transparent = underground;
      if (underground) {
        if (!holder.dug) {
          holder.dug = dig(stage);
          holder.group.add(holder.dug.group);
        }
        writeLines(holder.dug.data, stage, view);
        holder.dug.texture.needsUpdate = true;
      }
      invalidate();
    };
    if (useChoices.getState().underground) show(useChoices.getState());
    return useChoices.subscribe((now, before) => {
      const same = now.lit === before.lit && now.selected === before.selected && now.hovered === before.hovered;
      if (now.underground !== before.underground) gl.shadowMap.needsUpdate = true;
      else if (!now.underground || (same && now.carriers === before.carriers && now.night === before.night)) return;
      show(now);
    });
  }, [stage, holder, gl, invalidate]);

  useFrame(({ camera, size }) => {
    if (!holder.dug || !holder.group.visible) return;
    const pixel = (2 * Math.tan(((camera as PerspectiveCamera).fov * Math.PI) / 360)) / size.height;
    for (const pen of holder.dug.pens) (pen.uniforms['uPixel'] as { value: number }).value = pixel;
  });
  return <primitive object={holder.group} />;
}
