import { useFrame } from '@react-three/fiber';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { Group } from 'three';
import { AssetColours } from './AssetColours.tsx';
import { Buried } from './Buried.tsx';
import { Cables } from './Cables.tsx';
import { Cars } from './Cars.tsx';
import { Edges } from './Edges.tsx';
import { Gauges } from './Gauges.tsx';
import { Ghosts } from './Ghosts.tsx';
import { Ground } from './Ground.tsx';
import { Lines } from './Lines.tsx';
import { ManyTrees } from './ManyTrees.tsx';
import { Model } from './Model.tsx';
import { Outline } from './Outline.tsx';
import { Plumes } from './Plumes.tsx';
import { Pointer } from './Pointer.tsx';
import { releaseOf } from './release.ts';
import { Sky } from './Sky.tsx';
import { Sun } from './Sun.tsx';
import type { Stage } from './stage.ts';
import { Trees } from './Trees.tsx';
import { Turbines } from './Turbines.tsx';
import { Watch } from './Watch.tsx';

/** What is drawn of one version of the park; with the next version all of it is made anew, while camera and labels stay. */
export function Drawn({ stage, left }: { stage: Stage; left: (() => void)[] }) {
  const group = useMemo(() => new Group(), []);
  // A layout effect ends while the objects are still in the group.
  useLayoutEffect(() => () => void left.push(releaseOf(stage, group)), [stage, group, left]);
  // Freed after the first frame of the next version, which takes over the compiled shaders.
  const fresh = useRef(true);
  useFrame(() => {
    if (!fresh.current) return;
    fresh.current = false;
    queueMicrotask(() => {
      for (const release of left.splice(0)) release();
    });
  });
  return (
    <primitive object={group}>
      <Sun />
      <AssetColours />
      <Model />
      <Turbines />
      <Trees />
      <ManyTrees />
      <Cars />
      <Cables />
      <Gauges />
      <Sky />
      <Buried />
      <Ground />
      <Lines />
      <Plumes />
      <Edges />
      <Ghosts />
      <Outline />
      <Pointer />
      <Watch />
    </primitive>
  );
}
