import { useMemo } from 'react';
import { Mesh, SphereGeometry } from 'three';
import { skyMaterial } from './shaders/sky.ts';
import { useStage } from './stage.ts';

export function Sky() {
  const stage = useStage();
  const mesh = useMemo(() => {
    const made = new Mesh(new SphereGeometry(1, 32, 16), skyMaterial(stage.atmosphere));
    made.frustumCulled = false;
    made.matrixAutoUpdate = false;
    made.renderOrder = 1;
    return made;
  }, [stage]);
  return <primitive object={mesh} />;
}
