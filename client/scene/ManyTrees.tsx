import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Color, Group, InstancedMesh, Matrix4, Vector3 } from 'three';
import { createField, type Field, fillNear } from './near-instances.ts';
import { farTree } from './shape/far-tree.ts';
import { treeFormOf } from './shape/tree-form.ts';
import { habits } from './shape/trees.ts';
import { type Stage, useStage } from './stage.ts';
import { manyTrees, placeTree, tintTree, treeGeometry, treeMaterial } from './Trees.tsx';

/** Metres around the camera within which trees are drawn in full detail. */
const reach = { full: 520, middle: 400, light: 280 } as const;
/** Metres that the camera may move before the near trees are chosen again. */
const step = 40;
/** Maximum number of near trees of one species. */
const most = 3000;

interface Woods {
  group: Group;
  look: (eye: Vector3) => void;
  dispose: () => void;
}

function plant(stage: Stage): Woods | null {
  const { trees } = stage.built;
  if (trees.length <= manyTrees) return null;
  const group = new Group();
  const matrix = new Matrix4();
  const tint = new Color();
  // Inside this circle trees are drawn in full detail, and the shader hides their far forms.
  const uNearTrees = { value: new Vector3(0, 0, 0) };
  const farMaterial = treeMaterial(stage, {
    name: 'far-tree',
    uniforms: { uNearTrees },
    vertexHead: 'uniform vec3 uNearTrees;',
    vertexBody: `
      vec2 offNear = instanceMatrix[3].xz - uNearTrees.xy;
      if (dot(offNear, offNear) < uNearTrees.z * uNearTrees.z) gl_Position = vec4(0.0, 0.0, -2.0, 1.0);
    `,
  });
  const far = new InstancedMesh(treeGeometry(farTree()), farMaterial, trees.length);
  const material = treeMaterial(stage);
  const near: { mesh: InstancedMesh; field: Field }[] = [];
  let placed = 0;
  for (const habit of habits) {
    const own = trees.filter((t) => t.habit === habit);
    if (own.length === 0) continue;
    const field = createField(own.length);
    for (const [i, tree] of own.entries()) {
      placeTree(matrix, tree, stage.heightAt(tree.at[0], tree.at[1]));
      tintTree(tint, habit, tree);
      field.x[i] = tree.at[0];
      field.z[i] = -tree.at[1];
      matrix.toArray(field.matrices, 16 * i);
      tint.toArray(field.colours, 3 * i);
      far.setMatrixAt(placed, matrix);
      far.setColorAt(placed++, tint);
    }
    const mesh = new InstancedMesh(treeGeometry(treeFormOf(habit, stage.tier === 'light')), material, Math.min(most, own.length));
    mesh.setColorAt(0, tint);
    mesh.count = 0;
    mesh.visible = false;
    mesh.frustumCulled = false;
    near.push({ mesh, field });
  }
  for (const mesh of [far, ...near.map((n) => n.mesh)]) {
    // Trees cast no shadow here, because the shadow map of a large park is too coarse for them; they receive those of buildings.
    mesh.receiveShadow = true;
    group.add(mesh);
  }
  far.computeBoundingSphere();
  const looked = new Vector3(Number.NaN, 0, 0);
  return {
    group,
    look: (eye) => {
      const moved = Math.hypot(eye.x - looked.x, eye.y - looked.y, eye.z - looked.z);
      if (moved < step) return;
      looked.copy(eye);
      const radius = Math.sqrt(Math.max(0, reach[stage.tier] ** 2 - eye.y ** 2));
      if (radius === 0 && uNearTrees.value.z === 0) return;
      uNearTrees.value.set(eye.x, eye.z, radius);
      for (const { mesh, field } of near) fillNear(mesh, field, eye.x, eye.z, radius);
    },
    dispose: () => {
      for (const mesh of [far, ...near.map((n) => n.mesh)]) mesh.dispose();
    },
  };
}

/** More trees than can be drawn in full detail: simple forms for all in one draw call, and detailed ones around the camera. */
export function ManyTrees() {
  const stage = useStage();
  const woods = useMemo(() => plant(stage), [stage]);
  useEffect(() => woods?.dispose, [woods]);
  useFrame(({ camera }) => woods?.look(camera.position));
  return woods ? <primitive object={woods.group} /> : null;
}
