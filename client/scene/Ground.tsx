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

/** Metres a pixel straight below from which paint on asphalt (0.14 to 0.22 m wide) is less than a third of a pixel. */
const marksSeen_mPerPx = 0.7;

/** Land, water, green, streets: after everything that stands on them. */
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
    // After the solids and the sky: what they cover is never shaded.
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
    // What is first in the index covers the rest: left out, asphalt is there.
    const { x, y, z } = camera.position;
    const high = y - stage.heightAt(x, -z);
    const perPixel = (2 * high * Math.tan(((camera as PerspectiveCamera).fov * Math.PI) / 360)) / (size.height * viewport.dpr);
    const from = perPixel > marksSeen_mPerPx ? marks : 0;
    surface.geometry.setDrawRange(from, index.length - from);
  });
  return <primitive object={group} />;
}

/** The layers of the ground write no depth; so that a hill hides what lies behind it, the land does, a little behind itself. */
function hills(from: BufferGeometry, data: GroundData): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', from.getAttribute('position'));
  geometry.setIndex(new BufferAttribute(data.index.subarray(data.landFrom), 1));
  const material = new MeshBasicMaterial({ colorWrite: false, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 4 });
  const mesh = new Mesh(geometry, material);
  mesh.renderOrder = 1.5;
  return mesh;
}
