import { useFrame } from '@react-three/fiber';
import { useMemo } from 'react';
import { LineBasicMaterial, LineSegments } from 'three';
import { useStage } from './stage.ts';

/** Thin lines along corners and eaves; fainter by night, when lights show the shapes. */
export function Edges() {
  const stage = useStage();
  const lines = useMemo(() => {
    const material = new LineBasicMaterial({ color: 0x3b3733, transparent: true, opacity: 0.3, depthWrite: false });
    const made = new LineSegments(stage.edges, material);
    made.frustumCulled = false;
    made.matrixAutoUpdate = false;
    made.renderOrder = 4;
    return made;
  }, [stage]);
  useFrame(() => {
    lines.material.opacity = 0.3 - 0.16 * stage.atmosphere.uNight.value;
  });
  return <primitive object={lines} />;
}
