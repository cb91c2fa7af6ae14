import './scene.css';
import { createRoot, type ReconcilerRoot } from '@react-three/fiber';
import { BasicShadowMap, NeutralToneMapping, PCFShadowMap, WebGLRenderer } from 'three';
import type { ParkView } from '../../models/api/park-view.ts';
import { AssetColours } from './AssetColours.tsx';
import { Buried } from './Buried.tsx';
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
import { Sky } from './Sky.tsx';
import { Sun } from './Sun.tsx';
import { coarse, createStage, layMask, type Stage, StageContext, sharp } from './stage.ts';
import { Trees } from './Trees.tsx';
import { Turbines } from './Turbines.tsx';
import { firstTier, rendererName } from './tier.ts';
import { Walk } from './Walk.tsx';
import { Watch } from './Watch.tsx';

function Scene({ stage }: { stage: Stage }) {
  return (
    <StageContext.Provider value={stage}>
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
      <Camera />
      <Walk />
      <Pointer />
      <Labels />
      <FollowLabels />
      <Watch />
      <Rest />
    </StageContext.Provider>
  );
}

/** How long to wait for a lost WebGL context to come back before the scene is built again. */
const patience_ms = 1200;

/**
 * Shows the park in `container` (which it fills) until the returned function is called.
 * Throws when WebGL is not available; the page then shows the plan.
 */
export function mountScene(container: HTMLElement, park: ParkView): () => void {
  const apart = buildApart(park);
  let gone = false;
  let stop = () => {};
  const start = () => {
    stop = raise(container, park, apart, () => {
      stop();
      if (!gone) start();
    });
  };
  start();
  return () => {
    gone = true;
    apart.cancel();
    stop();
    delete container.dataset['ready'];
  };
}

/** One canvas with one context; `again` is called when its context is lost for good. */
function raise(container: HTMLElement, park: ParkView, apart: Apart, again: () => void): () => void {
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

  void apart.built.then(async (ready) => {
    if (ended) return;
    const stage = createStage(container, park, ready, apart.near, tier);
    root = createRoot(canvas);
    await configure();
    if (ended) return;
    gl.toneMapping = NeutralToneMapping;
    const store = root.render(<Scene stage={stage} />);
    resolution = () => (store.getState().viewport.dpr === coarse ? coarse : sharp());
    canvas.addEventListener('webglcontextrestored', () => {
      clearTimeout(timer);
      gl.shadowMap.needsUpdate = true;
      store.getState().invalidate();
    });
    fit.observe(container);
    // In a large park the baked light of the ground arrives after the first frame.
    if (ready.mask === null) {
      const mask = await apart.mask;
      if (ended) return;
      layMask(stage.atmosphere, mask);
      store.getState().invalidate();
    }
  });

  return () => {
    ended = true;
    clearTimeout(timer);
    fit.disconnect();
    canvas.removeEventListener('webglcontextlost', lost);
    root?.unmount();
    gl.dispose();
    canvas.remove();
  };
}
