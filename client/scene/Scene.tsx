import './scene.css';
import { createRoot, type ReconcilerRoot } from '@react-three/fiber';
import { BasicShadowMap, NeutralToneMapping, PCFShadowMap, WebGLRenderer } from 'three';
import type { ParkView } from '../../models/api/park-view.ts';
import type { Built } from './build/build.ts';
import { type Apart, buildApart } from './build/build-in-worker.ts';
import { Camera } from './Camera.tsx';
import { Drawn } from './Drawn.tsx';
import { FollowLabels } from './FollowLabels.tsx';
import { Labels } from './Labels.tsx';
import { Rest } from './Rest.tsx';
import { coarse, createStage, layMask, type Stage, StageContext, sharp } from './stage.ts';
import { firstTier, rendererName } from './tier.ts';
import { Walk } from './Walk.tsx';

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

  /** Before the first picture. */
  const begin = async () => {
    const made = createRoot(canvas);
    root = made;
    await configure();
    gl.toneMapping = NeutralToneMapping;
    return made;
  };
  const started = begin();
  const show = async ({ park, apart, built }: Version) => {
    const root = await started;
    if (ended) return;
    const mine = createStage(container, park, built, apart.near, stage?.tier ?? tier);
    const first = stage === null;
    stage = mine;
    const store = root.render(<Scene stage={mine} version={++versions} left={left} />);
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
