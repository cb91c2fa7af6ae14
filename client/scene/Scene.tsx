import './scene.css';
import { createRoot, type ReconcilerRoot, useFrame } from '@react-three/fiber';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { BasicShadowMap, Group, NeutralToneMapping, PCFShadowMap, WebGLRenderer } from 'three';
import type { ParkView } from '../../models/api/park-view.ts';
import { AssetColours } from './AssetColours.tsx';
import { Buried } from './Buried.tsx';
import type { Built } from './build/build.ts';
import { type Apart, buildApart } from './build/build-in-worker.ts';
import { Cables } from './Cables.tsx';
import { Camera } from './Camera.tsx';
import { Cars } from './Cars.tsx';
import { Edges } from './Edges.tsx';
import { FollowLabels } from './FollowLabels.tsx';
import { Gauges } from './Gauges.tsx';
import { Ghosts } from './Ghosts.tsx';
import { Ground } from './Ground.tsx';
import { Labels } from './Labels.tsx';
import { Lines } from './Lines.tsx';
import { ManyTrees } from './ManyTrees.tsx';
import { Model } from './Model.tsx';
import { Outline } from './Outline.tsx';
import { Plumes } from './Plumes.tsx';
import { Pointer } from './Pointer.tsx';
import { Rest } from './Rest.tsx';
import { releaseOf } from './release.ts';
import { Sky } from './Sky.tsx';
import { Sun } from './Sun.tsx';
import { coarse, createStage, layMask, type Stage, StageContext, sharp } from './stage.ts';
import { Trees } from './Trees.tsx';
import { Turbines } from './Turbines.tsx';
import { firstTier, rendererName } from './tier.ts';
import { Walk } from './Walk.tsx';
import { Watch } from './Watch.tsx';

/** What is drawn of one version of the park; with the next version all of it is made anew, while camera and labels stay. */
function Drawn({ stage, left }: { stage: Stage; left: (() => void)[] }) {
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

interface SceneProps {
  stage: Stage;
  version: number;
  /** Releases what versions before have left on the graphics card. */
  left: (() => void)[];
}

function Scene({ stage, version, left }: SceneProps) {
  return (
    <StageContext.Provider value={stage}>
      <Drawn key={version} stage={stage} left={left} />
      <Camera />
      <Walk />
      <Labels />
      <FollowLabels />
      <Rest />
    </StageContext.Provider>
  );
}

/** How long to wait for a lost WebGL context to come back before the scene is built again. */
const patience_ms = 1200;

export interface MountedScene {
  /** Shows another version of the park, from where the camera is; the one before stays until the new one is built. */
  show: (park: ParkView) => void;
  end: () => void;
}

interface Version {
  park: ParkView;
  apart: Apart;
  built: Built;
}

/**
 * Shows the park in `container`, which it fills.
 * Throws when WebGL is not available; the page then shows the plan.
 */
export function mountScene(container: HTMLElement, first: ParkView): MountedScene {
  let gone = false;
  /** The version on the canvas, and the one that is wanted: it is being built while they differ. */
  let shown: Version | null = null;
  let wanted: { park: ParkView; apart: Apart } | null = null;
  let raised: Raised | null = null;
  const start = () => {
    raised = raise(container, () => {
      raised?.end();
      if (!gone) start();
    });
    if (shown) raised.show(shown);
  };
  const show = (park: ParkView) => {
    if (wanted?.park.metadata.revision === park.metadata.revision) return;
    if (wanted && wanted.apart !== shown?.apart) wanted.apart.cancel();
    const apart = buildApart(park);
    wanted = { park, apart };
    void apart.built.then((built) => {
      if (gone || wanted?.apart !== apart) return;
      const before = shown;
      shown = { park, apart, built };
      raised?.show(shown);
      before?.apart.cancel();
    });
  };
  show(first);
  start();
  return {
    show,
    end: () => {
      gone = true;
      wanted?.apart.cancel();
      shown?.apart.cancel();
      raised?.end();
      delete container.dataset['ready'];
    },
  };
}

interface Raised {
  show: (version: Version) => void;
  end: () => void;
}

/** One canvas with one context; `again` is called when its context is lost for good. */
function raise(container: HTMLElement, again: () => void): Raised {
  const canvas = document.createElement('canvas');
  canvas.className = 'scene-canvas';
  canvas.tabIndex = 0;
  const gl = new WebGLRenderer({ canvas, antialias: true, stencil: true, powerPreference: 'high-performance' });
  gl.toneMapping = NeutralToneMapping;
  gl.shadowMap.enabled = true;
  // Soft shadows cost five texture reads and ten sines a pixel: too much for software rendering.
  const tier = firstTier(rendererName(gl.getContext()));
  const type = tier === 'light' ? BasicShadowMap : PCFShadowMap;
  gl.shadowMap.type = type;
  gl.shadowMap.autoUpdate = false;
  container.prepend(canvas);

  let root: ReconcilerRoot<HTMLCanvasElement> | null = null;
  let stage: Stage | null = null;
  let versions = 0;
  const left: (() => void)[] = [];
  /** A coarse resolution stays coarse until Watch.tsx (after the first frame) or Camera.tsx (at rest) makes it sharp again. */
  let resolution = () => (tier === 'light' ? coarse : sharp());
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lost = (event: Event) => {
    event.preventDefault();
    timer = setTimeout(again, patience_ms);
  };
  canvas.addEventListener('webglcontextlost', lost);

  // A new size clears the canvas; Watch.tsx draws before this callback's task ends.
  const fit = new ResizeObserver(() => void configure());
  const configure = async () => {
    const { width, height, top, left } = container.getBoundingClientRect();
    if (!root || width < 1 || height < 1) return;
    await root.configure({
      gl,
      size: { width, height, top, left },
      dpr: resolution(),
      frameloop: 'demand',
      camera: { fov: 32 },
      flat: false,
      shadows: { enabled: true, type, autoUpdate: false },
    });
  };

  const show = async ({ park, apart, built }: Version) => {
    const mine = createStage(container, park, built, apart.near, stage?.tier ?? tier);
    stage = mine;
    const first = root === null;
    if (first) {
      root = createRoot(canvas);
      await configure();
      if (ended) return;
      gl.toneMapping = NeutralToneMapping;
    }
    const store = root?.render(<Scene stage={mine} version={++versions} left={left} />);
    if (!store) return;
    if (first) {
      resolution = () => (store.getState().viewport.dpr === coarse ? coarse : sharp());
      canvas.addEventListener('webglcontextrestored', () => {
        clearTimeout(timer);
        gl.shadowMap.needsUpdate = true;
        store.getState().invalidate();
      });
      fit.observe(container);
    }
    // In a large park the baked light of the ground arrives after the first frame.
    if (built.mask !== null) return;
    const mask = await apart.mask;
    if (ended || stage !== mine) return;
    layMask(mine.atmosphere, mask);
    store.getState().invalidate();
  };

  return {
    show: (version) => void show(version),
    end: () => {
      ended = true;
      clearTimeout(timer);
      fit.disconnect();
      canvas.removeEventListener('webglcontextlost', lost);
      root?.unmount();
      gl.dispose();
      canvas.remove();
    },
  };
}
