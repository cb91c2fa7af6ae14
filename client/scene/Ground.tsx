import { useMemo } from 'react';
import { BufferAttribute, BufferGeometry, Mesh } from 'three';
import { useStage } from './stage.ts';

/** Land, water, green, streets: after everything that stands on them. */
export function Ground() {
  const stage = useStage();
  const mesh = useMemo(() => {
    const { position, paint, index } = stage.built.ground;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(position, 3));
    const up = new Int8Array((position.length / 3) * 4);
    for (let i = 1; i < up.length; i += 4) up[i] = 127;
    geometry.setAttribute('normal', new BufferAttribute(up, 4, true));
    geometry.setAttribute('paint', new BufferAttribute(paint, 4, true));
    geometry.setIndex(new BufferAttribute(index, 1));
    const made = new Mesh(geometry, stage.materials.ground);
    made.receiveShadow = true;
    made.frustumCulled = false;
    made.matrixAutoUpdate = false;
    // After the solids and the sky: what they cover is never shaded.
    made.renderOrder = 2;
    return made;
  }, [stage]);
  return <primitive object={mesh} />;
}
