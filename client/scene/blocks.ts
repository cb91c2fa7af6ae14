/** The model's blocks as meshes; in large parks those near the camera in full detail, the rest in their far form. */
import { BufferAttribute, BufferGeometry, Group, Mesh } from 'three';
import type { NearBlock } from './build/build.ts';
import { chooseNear, createNearChoice, type DrawReach } from './near-choice.ts';
import type { MeshData } from './shape/mesh.ts';
import type { Stage } from './stage.ts';
import type { Tier } from './tier.ts';

const reaches: Record<Tier, DrawReach> = {
  full: { metres: 800, most: 12 },
  middle: { metres: 600, most: 9 },
  light: { metres: 420, most: 6 },
};

export interface Blocks {
  group: Group;
  /** Chooses which blocks are near; cheap when nothing changed. */
  look: (x: number, y: number, z: number) => void;
  dispose: () => void;
}

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

function meshOf(stage: Stage, data: MeshData): Mesh {
  const mesh = new Mesh(geometryOf(data), stage.materials.model);
  mesh.customDepthMaterial = stage.materials.shadow;
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  mesh.matrixAutoUpdate = false;
  return mesh;
}

/** `redraw` is called when a block has arrived. */
export function createBlocks(stage: Stage, near: (block: number) => Promise<NearBlock>, redraw: () => void): Blocks {
  const { boxes, model } = stage.built;
  const group = new Group();
  const plain = model.map((data) => meshOf(stage, data));
  for (const mesh of plain) group.add(mesh);
  let ended = false;
  const whole = new Map<number, { mesh: Mesh; edges: Float32Array }>();
  const dispose = () => {
    ended = true;
    for (const mesh of plain) mesh.geometry.dispose();
    for (const { mesh } of whole.values()) mesh.geometry.dispose();
  };
  if (boxes === null) return { group, look: () => {}, dispose };

  const count = boxes.length / 6;
  const choice = createNearChoice(count);
  const asked = new Set<number>();
  const arrive = (block: number, data: NearBlock) => {
    asked.delete(block);
    if (ended || choice.near[block] !== 1) return;
    const mesh = meshOf(stage, data.model);
    whole.set(block, { mesh, edges: data.edges });
    group.add(mesh);
    (plain[block] as Mesh).visible = false;
    drawEdges(stage, whole);
    redraw();
  };
  const look = (x: number, y: number, z: number) => {
    if (!chooseNear(choice, boxes, x, y, z, reaches[stage.tier])) return;
    let left = false;
    for (let block = 0; block < count; block++) {
      const here = whole.get(block);
      if (choice.near[block] === 1 && !here && !asked.has(block)) {
        asked.add(block);
        void near(block).then((data) => arrive(block, data));
      } else if (choice.near[block] === 0 && here) {
        group.remove(here.mesh);
        here.mesh.geometry.dispose();
        whole.delete(block);
        (plain[block] as Mesh).visible = true;
        left = true;
      }
    }
    if (left) drawEdges(stage, whole);
  };
  return { group, look, dispose };
}

/** Fine edges of all near blocks in one draw call. */
function drawEdges(stage: Stage, whole: ReadonlyMap<number, { edges: Float32Array }>): void {
  const { edges: wires } = stage.built;
  let length = wires.length;
  for (const { edges } of whole.values()) length += edges.length;
  const all = new Float32Array(length);
  all.set(wires);
  let at = wires.length;
  for (const { edges } of whole.values()) {
    all.set(edges, at);
    at += edges.length;
  }
  // Frees the previous buffers: another length needs new ones.
  stage.edges.dispose();
  stage.edges.setAttribute('position', new BufferAttribute(all, 3));
}
