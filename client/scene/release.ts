/** What a version of the park has on the graphics card. */
import { BufferGeometry, Light, Material, type Mesh, type Object3D, ShaderMaterial, Texture } from 'three';
import type { Stage } from './stage.ts';

/** Collects it while it is still drawn; the function returned frees it. */
export function releaseOf(stage: Stage, drawn: Object3D): () => void {
  const owned = new Set<{ dispose: () => void }>([stage.colours, stage.edges, ...Object.values(stage.materials)]);
  const { value: mask } = stage.atmosphere.uMask;
  if (mask) owned.add(mask);
  drawn.traverse((object) => {
    if (object instanceof Light) owned.add(object);
    const { geometry, material, customDepthMaterial } = object as Partial<Mesh>;
    if (geometry instanceof BufferGeometry) owned.add(geometry);
    for (const one of [material, customDepthMaterial].flat()) if (one instanceof Material) owned.add(one);
    if ('isInstancedMesh' in object) owned.add(object as unknown as { dispose: () => void });
  });
  for (const one of owned) {
    if (!(one instanceof ShaderMaterial)) continue;
    for (const { value } of Object.values(one.uniforms)) if (value instanceof Texture) owned.add(value);
  }
  return () => {
    for (const one of owned) one.dispose();
  };
}
