/** The scene of the product, from the mirror to the picture. */
import { _roots } from '@react-three/fiber';
import { live, liveChanged, mirror } from '../../../client/live/mirror.ts';
import { mountScene } from '../../../client/scene/Scene.tsx';
import type { ParkView } from '../../../models/api/park-view.ts';
import { type Layout, layoutOf } from '../../../models/wire/layout.ts';
import { luck, type Rival, waitFor } from './rival.ts';

const noon = Date.parse('2026-06-21T12:00:00+08:00');

/** An empty park's worth of values in the mirror, as after a snapshot. */
export function fillMirror(park: ParkView): Layout {
  const layout = layoutOf({ ...park, unmetered: park.metadata.unmetered }, 'full');
  const values = new Float32Array(layout.size).fill(Number.NaN);
  for (const [i, asset] of park.assets.entries()) values[layout.assets.get(asset.id)?.intensity ?? 0] = 600 * luck(i, 0);
  Object.assign(live, { values, time: noon, base: noon, preliminary: true });
  Object.assign(mirror, {
    layout,
    layoutPark: park,
    epoch: 1,
    seq: 1,
    mode: 'simulated',
    speed: 1,
    heard: performance.now(),
    line: 'live',
  });
  liveChanged();
  return layout;
}

/** Mounts a park; resolves with how long it took from here to the first picture, drawn. */
export async function mounted(stand: HTMLElement, park: ParkView): Promise<{ stop: () => void; first_ms: number }> {
  delete stand.dataset['ready'];
  const began = performance.now();
  const { end: stop } = mountScene(stand, park);
  while (stand.dataset['ready'] !== 'true') await new Promise((resolve) => setTimeout(resolve, 5));
  const canvas = stand.querySelector('canvas') as HTMLCanvasElement;
  waitFor(canvas.getContext('webgl2') as WebGL2RenderingContext);
  return { stop, first_ms: performance.now() - began };
}

export async function ours(stand: HTMLElement, park: ParkView): Promise<Rival> {
  const layout = fillMirror(park);
  const slots = Int32Array.from(park.assets, ({ id }) => layout.assets.get(id)?.intensity ?? -1);
  const { stop } = await mounted(stand, park);
  // The light on the ground of a large park comes a little later; it is no part of a frame.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  const canvas = stand.querySelector('canvas') as HTMLCanvasElement;
  const root = _roots.get(canvas);
  if (!root) throw new Error('no scene in the canvas');
  const state = root.store.getState();
  const { camera, gl } = state;
  gl.info.autoReset = true;
  // All at full resolution: the scene draws coarser while somebody turns it where no graphics card draws.
  state.setDpr(1);
  const start = camera.position.clone();
  const centre = start.clone().setY(0).multiplyScalar(0);
  const draw = () => state.advance(performance.now());
  return {
    recolour: (round) => {
      for (let i = 0; i < slots.length; i++) live.values[slots[i] as number] = 600 * luck(i, round);
      liveChanged();
    },
    orbit: (turn) => {
      const [c, s] = [Math.cos(turn), Math.sin(turn)];
      camera.position.set(start.x * c - start.z * s, start.y, start.x * s + start.z * c);
      camera.lookAt(centre);
      camera.updateMatrixWorld();
      draw();
    },
    draw,
    finish: () => waitFor(gl.getContext()),
    calls: () => gl.info.render.calls,
    triangles: () => gl.info.render.triangles,
    textures: () => gl.info.memory.textures,
    geometries: () => gl.info.memory.geometries,
    end: stop,
  };
}
