import { useMemo } from 'react';
import { BufferAttribute, BufferGeometry, Color, Group, InstancedMesh, Matrix4, MeshLambertMaterial, Quaternion, Vector3 } from 'three';
import { ghostFinish, type Patch, patch } from './shaders/atmosphere.ts';
import { type TreeForm, tintOf, treeFormOf } from './shape/tree-form.ts';
import { type Habit, habits, type Tree } from './shape/trees.ts';
import { type Stage, useStage } from './stage.ts';

/** Above this number only trees near the camera are drawn in full detail (ManyTrees.tsx). */
export const manyTrees = 4000;

export function treeMaterial(stage: Stage, more: Partial<Patch> = {}): MeshLambertMaterial {
  return patch(new MeshLambertMaterial({ vertexColors: true }), stage.atmosphere, {
    name: 'tree',
    // Leaves let light through: the side away from the sun is never black.
    surface: /* glsl */ `
      float grainScale = fwidth(vWorld.x) + fwidth(vWorld.y) + fwidth(vWorld.z);
      if (grainScale < 0.5) {
        float leaves = (noise2(vWorld.xy * 3.1) + noise2(vWorld.yz * 3.7 + 17.0) + noise2(vWorld.zx * 3.4 + 41.0)) / 3.0;
        float near = 1.0 - smoothstep(0.1, 0.5, grainScale);
        diffuseColor.rgb *= 1.0 + (leaves - 0.5) * 1.3 * near;
        // Leaves at the rim stand apart: the outline is ragged, not cut from card.
        vec3 toEye = normalize(cameraPosition - vWorld);
        if (abs(dot(normalize(vNormal), normalize((viewMatrix * vec4(toEye, 0.0)).xyz))) < (leaves - 0.46) * 1.5 * near) discard;
      }
      totalEmissiveRadiance += diffuseColor.rgb * (0.1 + 0.16 * max(dot(normalize(vWorld - cameraPosition), uSun), 0.0)) * (1.0 - uNight);
    `,
    finish: ghostFinish,
    ...more,
  });
}

export function treeGeometry(form: TreeForm): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(form.position, 3));
  geometry.setAttribute('normal', new BufferAttribute(form.normal, 3));
  geometry.setAttribute('color', new BufferAttribute(form.color, 3));
  geometry.setIndex(new BufferAttribute(form.index, 1));
  return geometry;
}

const turn = new Quaternion();
const up = new Vector3(0, 1, 0);
const at = new Vector3();
const size = new Vector3();

/** Place, turn and size of a tree. */
export function placeTree(matrix: Matrix4, tree: Tree, ground: number): Matrix4 {
  turn.setFromAxisAngle(up, tree.variety * 40);
  const girth = tree.height * (0.86 + 0.3 * ((tree.variety * 7.3) % 1));
  return matrix.compose(at.set(tree.at[0], ground, -tree.at[1]), turn, size.set(girth, tree.height, girth));
}

export function tintTree(tint: Color, habit: Habit, { variety }: Tree): Color {
  return tint
    .set(tintOf(habit))
    .offsetHSL((variety - 0.5) * 0.035, (((variety * 3.1) % 1) - 0.5) * 0.08, (((variety * 5.7) % 1) - 0.5) * 0.09);
}

/** One draw call a species; each tree has its own size, rotation and tint. */
export function Trees() {
  const stage = useStage();
  const group = useMemo(() => {
    const made = new Group();
    if (stage.built.trees.length > manyTrees) return made;
    const material = treeMaterial(stage);
    const matrix = new Matrix4();
    const tint = new Color();
    for (const habit of habits) {
      const trees = stage.built.trees.filter((t) => t.habit === habit);
      if (trees.length === 0) continue;
      const mesh = new InstancedMesh(treeGeometry(treeFormOf(habit, stage.tier === 'light')), material, trees.length);
      for (const [i, tree] of trees.entries()) {
        mesh.setMatrixAt(i, placeTree(matrix, tree, stage.heightAt(tree.at[0], tree.at[1])));
        mesh.setColorAt(i, tintTree(tint, habit, tree));
      }
      mesh.castShadow = true;
      mesh.receiveShadow = true;
      mesh.computeBoundingSphere();
      made.add(mesh);
    }
    return made;
  }, [stage]);
  return <primitive object={group} />;
}
