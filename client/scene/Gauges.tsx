import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh } from 'three';
import { mirror, valueAt } from '../live/mirror.ts';
import { gaugesOf } from './kinds/forms.ts';
import { gaugeMaterial } from './shaders/gauge.ts';
import type { Gauge } from './shape/gauges.ts';
import { type Stage, useStage } from './stage.ts';

function gauges(stage: Stage) {
  const all = stage.sites.flatMap(gaugesOf);
  const foot = new Float32Array(4 * all.length);
  const across = new Float32Array(3 * all.length);
  for (const [i, g] of all.entries()) {
    foot.set([g.foot[0], g.z, -g.foot[1], g.height], 4 * i);
    // Half the width, to the right as seen from in front of the gauge.
    across.set([(-g.looks[1] * g.width) / 2, (-g.looks[0] * g.width) / 2, g.index], 3 * i);
  }
  const level = new InstancedBufferAttribute(new Float32Array(all.length).fill(-1), 1);
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, 0, 0, 1, 0, 0, 1, 1, 0, -1, 1, 0]), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.setAttribute('foot', new InstancedBufferAttribute(foot, 4));
  geometry.setAttribute('across', new InstancedBufferAttribute(across, 3));
  geometry.setAttribute('level', level);
  geometry.instanceCount = all.length;
  const mesh = new Mesh(geometry, gaugeMaterial(stage.atmosphere, stage.colours));
  mesh.frustumCulled = false;
  mesh.visible = all.length > 0;
  return { all, mesh, level };
}

/** Level gauges on batteries, heat stores and tanks, in one draw call. An unknown level is hatched, never shown as empty. */
export function Gauges() {
  const stage = useStage();
  const { all, mesh, level } = useMemo(() => gauges(stage), [stage]);
  const seen = useRef(-1);
  useFrame(() => {
    if (all.length === 0 || seen.current === mirror.changes) return;
    seen.current = mirror.changes;
    for (let i = 0; i < all.length; i++) {
      const id = stage.sites[(all[i] as Gauge).index]?.asset.id ?? '';
      const full = valueAt(mirror.layout?.assets.get(id)?.level);
      level.array[i] = Number.isNaN(full) ? -1 : Math.min(1, Math.max(0, full));
    }
    level.needsUpdate = true;
  });
  return <primitive object={mesh} />;
}
