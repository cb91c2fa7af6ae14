import { useMemo } from 'react';
import { BufferAttribute, BufferGeometry, Group, Mesh } from 'three';
import type { MeshData } from './shape/mesh.ts';
import { useStage } from './stage.ts';

function geometryOf(data: MeshData): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(data.position, 3));
  geometry.setAttribute('normal', new BufferAttribute(data.normal, 4, true));
  geometry.setAttribute('paint', new BufferAttribute(data.paint, 4, true));
  geometry.setAttribute('place', new BufferAttribute(data.place, 2));
  geometry.setAttribute('facade', new BufferAttribute(data.facade, 4, true));
  geometry.setAttribute('asset', new BufferAttribute(data.asset, 1));
  geometry.setIndex(new BufferAttribute(data.index, 1));
  geometry.computeBoundingSphere();
  return geometry;
}

/** Everything that stands and is measured, in blocks of neighbours. */
export function Model() {
  const stage = useStage();
  const group = useMemo(() => {
    const made = new Group();
    for (const block of stage.built.model) {
      const mesh = new Mesh(geometryOf(block), stage.materials.model);
      mesh.customDepthMaterial = stage.materials.shadow;
      mesh.castShadow = true;
      mesh.receiveShadow = true;
      mesh.matrixAutoUpdate = false;
      made.add(mesh);
    }
    return made;
  }, [stage]);
  return <primitive object={group} />;
}
