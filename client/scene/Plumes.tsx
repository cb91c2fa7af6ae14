import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh } from 'three';
import { useChoices } from '../live/choices.ts';
import { mirror } from '../live/mirror.ts';
import { type Emitter, emittersOf, plumeHeight } from './plume-values.ts';
import { life_s, plumeMaterial } from './shaders/plume.ts';
import { chance } from './shape/ring.ts';
import { inMotion, longestStep_s, type Stage, useStage } from './stage.ts';

/** Number of puffs in a plume. */
const puffs = 14;
/** Factor on the opacity of a plume whose asset is drawn as a ghost. */
const faint = 0.12;

function plumes(stage: Stage) {
  const emitters = emittersOf(stage.sites);
  const count = puffs * emitters.reduce((sum, e) => sum + e.mouths.length, 0);
  const mouth = new Float32Array(4 * count);
  const puff = new Float32Array(3 * count);
  const rise = new InstancedBufferAttribute(new Float32Array(2 * count), 2);
  let i = 0;
  for (const { asset, kind, mouths } of emitters) {
    for (const [m, { at, top, radius }] of mouths.entries()) {
      for (let k = 0; k < puffs; k++) {
        const random = chance(asset, 100 * m + k);
        mouth.set([at[0], top, -at[1], radius], 4 * i);
        puff.set([(k + 0.35 * random + chance(asset, m)) / puffs, random, kind === 'steam' ? 1 : 0], 3 * i);
        i++;
      }
    }
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.setAttribute('mouth', new InstancedBufferAttribute(mouth, 4));
  geometry.setAttribute('puff', new InstancedBufferAttribute(puff, 3));
  geometry.setAttribute('rise', rise);
  geometry.instanceCount = count;
  const material = plumeMaterial(stage.atmosphere);
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 5;
  mesh.visible = false;
  return { emitters, mesh, material, rise };
}

/** Writes height and opacity of every puff; returns true when there is any plume at all. */
function write(emitters: readonly Emitter[], out: Float32Array, lit: ReadonlySet<string> | null): boolean {
  let any = false;
  let i = 0;
  for (const emitter of emitters) {
    const height = plumeHeight(emitter, mirror.layout, mirror.values);
    const weight = lit && !lit.has(emitter.asset) ? faint : 1;
    any ||= height > 0;
    for (let k = 0; k < puffs * emitter.mouths.length; k++) {
      out[2 * i] = height;
      out[2 * i + 1] = weight;
      i++;
    }
  }
  return any;
}

/** Flue gas over chimneys by their emission, steam over cooling towers by the heat they give off; all in one draw call. */
export function Plumes() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const { emitters, mesh, material, rise } = useMemo(() => plumes(stage), [stage]);
  const seen = useRef(-1);
  useEffect(
    () =>
      useChoices.subscribe((now, before) => {
        if (now.lit === before.lit) return;
        seen.current = -1;
        invalidate();
      }),
    [invalidate],
  );
  useFrame((_, delta) => {
    if (emitters.length === 0) return;
    if (seen.current !== mirror.changes) {
      seen.current = mirror.changes;
      mesh.visible = write(emitters, rise.array as Float32Array, useChoices.getState().lit);
      rise.needsUpdate = true;
    }
    if (!mesh.visible || !inMotion(stage)) return;
    const age = material.uniforms['uAge'] as { value: number };
    age.value = (age.value + Math.min(delta, longestStep_s) / life_s) % 1;
    stage.moving = true;
  });
  return <primitive object={mesh} />;
}
