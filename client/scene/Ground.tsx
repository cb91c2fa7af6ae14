import { useFrame } from '@react-three/fiber';
import { useMemo } from 'react';
import { BufferAttribute, BufferGeometry, Group, Mesh, MeshBasicMaterial, type PerspectiveCamera } from 'three';
import type { GroundData } from './build/ground.ts';
import { useStage } from './stage.ts';

function normalsOf({ position, normal }: GroundData): Int8Array {
  if (normal.length > 0) return normal;
  const up = new Int8Array((position.length / 3) * 4);
  for (let i = 1; i < up.length; i += 4) up[i] = 127;
  return up;
}

/** Metres a pixel straight below the camera from which road markings (0.14 to 0.22 m wide) are less than a third of a pixel. */
const marksSeen_mPerPx = 0.7;

/** Land, water, green and streets; drawn after everything that stands on them. */
export function Ground() {
  const stage = useStage();
  const group = useMemo(() => {
    const data = stage.built.ground;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(data.position, 3));
    geometry.setAttribute('normal', new BufferAttribute(normalsOf(data), 4, true));
    geometry.setAttribute('paint', new BufferAttribute(data.paint, 4, true));
    geometry.setIndex(new BufferAttribute(data.index, 1));
    const made = new Group();
    const surface = new Mesh(geometry, stage.materials.ground);
    surface.receiveShadow = true;
    // After the solids and the sky, so that ground behind them is never shaded.
    surface.renderOrder = 2;
    made.add(surface);
    if (data.landFrom < data.index.length) made.add(hills(geometry, data));
    for (const mesh of made.children) {
      mesh.frustumCulled = false;
      mesh.matrixAutoUpdate = false;
    }
    return made;
  }, [stage]);
  const surface = group.children[0] as Mesh;
  const { marks, index } = stage.built.ground;
  useFrame(({ camera, size, viewport }) => {
    // The markings come first in the index and cover the rest; when they are left out, the asphalt is drawn there.
    const { x, y, z } = camera.position;
    const high = y - stage.heightAt(x, -z);
    const perPixel = (2 * high * Math.tan(((camera as PerspectiveCamera).fov * Math.PI) / 360)) / (size.height * viewport.dpr);
    const from = perPixel > marksSeen_mPerPx ? marks : 0;
    surface.geometry.setDrawRange(from, index.length - from);
  });
  return <primitive object={group} />;
}

/** Ground layers write no depth, so this mesh of the land does, moved back a little: a hill then hides what is behind it. */
function hills(from: BufferGeometry, data: GroundData): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', from.getAttribute('position'));
  geometry.setIndex(new BufferAttribute(data.index.subarray(data.landFrom), 1));
  const material = new MeshBasicMaterial({ colorWrite: false, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 4 });
  const mesh = new Mesh(geometry, material);
  mesh.renderOrder = 1.5;
  return mesh;
}
