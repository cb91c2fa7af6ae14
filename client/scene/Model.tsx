import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { createBlocks } from './blocks.ts';
import { useStage } from './stage.ts';

/** The bodies of all assets, in blocks of neighbours. */
export function Model() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const blocks = useMemo(() => createBlocks(stage, stage.near, invalidate), [stage, invalidate]);
  useEffect(() => blocks.dispose, [blocks]);
  useFrame(({ camera }) => blocks.look(camera.position.x, camera.position.y, camera.position.z));
  return <primitive object={blocks.group} />;
}
