/** The obvious way in React: a mesh with a material of its own for every asset. */
import { createRoot, extend } from '@react-three/fiber';
import {
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  MeshLambertMaterial,
  type PerspectiveCamera,
  WebGLRenderer,
} from 'three';
import { farBlockOf } from '../../../client/scene/build/far.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import type { ParkView } from '../../../models/api/park-view.ts';
import { luck, type Rival, waitFor } from './rival.ts';

extend({ Mesh, MeshLambertMaterial, HemisphereLight, DirectionalLight });

function bodies(park: ParkView): BufferGeometry[] {
  return sitesOf(park).flatMap((site) => {
    const { position, normal, index } = farBlockOf([site]);
    if (index.length === 0) return [];
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(position, 3));
    geometry.setAttribute('normal', new BufferAttribute(normal, 4, true));
    geometry.setIndex(new BufferAttribute(index, 1));
    return [geometry];
  });
}

export async function meshes(stand: HTMLElement, park: ParkView, eye: [number, number, number]): Promise<Rival> {
  const canvas = document.createElement('canvas');
  stand.append(canvas);
  const gl = new WebGLRenderer({ canvas, antialias: true });
  const root = createRoot(canvas);
  const [width, height] = [stand.clientWidth, stand.clientHeight];
  await root.configure({
    gl,
    size: { width, height, top: 0, left: 0 },
    dpr: 1,
    frameloop: 'never',
    camera: { fov: 32, near: 5, far: 60_000 },
  });
  const all: Mesh[] = [];
  const geometries = bodies(park);
  const store = root.render(
    <>
      <hemisphereLight intensity={1.6} />
      <directionalLight position={[1, 2, 1]} intensity={2} />
      {geometries.map((geometry) => (
        <mesh
          key={geometry.uuid}
          geometry={geometry}
          ref={(mesh) => {
            if (mesh) all.push(mesh);
          }}
        >
          <meshLambertMaterial color="#d7f582" />
        </mesh>
      ))}
    </>,
  );
  while (all.length < geometries.length) await new Promise((resolve) => setTimeout(resolve, 20));
  const state = store.getState();
  const camera = state.camera as PerspectiveCamera;
  const look = (turn: number) => {
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    camera.position.set(eye[0] * c - eye[2] * s, eye[1], eye[0] * s + eye[2] * c);
    camera.lookAt(0, 0, 0);
    camera.updateMatrixWorld();
  };
  look(0);
  const draw = () => state.advance(performance.now());
  draw();
  return {
    recolour: (round) => {
      for (let i = 0; i < all.length; i++)
        ((all[i] as Mesh).material as MeshLambertMaterial).color.setRGB(luck(i, round), luck(i + 1, round), 0.3);
    },
    orbit: (turn) => {
      look(turn);
      draw();
    },
    draw,
    finish: () => waitFor(gl.getContext()),
    calls: () => gl.info.render.calls,
    triangles: () => gl.info.render.triangles,
    textures: () => gl.info.memory.textures,
    geometries: () => gl.info.memory.geometries,
    end: () => {
      root.unmount();
      gl.dispose();
      canvas.remove();
    },
  };
}
