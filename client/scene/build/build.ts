/** Builds everything in the scene that never changes from the park document: pure, so that it can run in a worker or a test. */

import type { ParkView } from '../../../models/api/park-view.ts';
import { projector } from '../../../models/park/park.ts';
import { formOf } from '../kinds/forms.ts';
import { boundary } from '../shape/boundary.ts';
import { extentOf } from '../shape/extent.ts';
import { landOf } from '../shape/land.ts';
import { Mesh, type MeshData } from '../shape/mesh.ts';
import { overhead } from '../shape/overhead.ts';
import { type Car, clearOf } from '../shape/parking.ts';
import { polylines } from '../shape/projected.ts';
import { type Tree, treesOf } from '../shape/trees.ts';
import { edgesOf } from './edges.ts';
import { boxOf, farBlockOf } from './far.ts';
import { borderOf, type GroundData, groundOf } from './ground.ts';
import { type Mask, maskOf } from './mask.ts';
import { blockOf, inBlocks } from './model.ts';
import { sitesOf } from './sites.ts';

/** The fields of a park that the build uses. */
export type BuildView = Pick<ParkView, 'metadata' | 'assets' | 'lines' | 'context' | 'points' | 'unmetered'>;

export interface Built {
  /** One mesh a block: in full detail where all blocks are whole, else the far form; then one for what belongs to no block. */
  model: MeshData[];
  /** Six numbers a block (build/far.ts); null where all blocks are whole. */
  boxes: Float32Array | null;
  ground: GroundData;
  /** Baked light of the ground; null in large parks, where it comes later (Builder.mask). */
  mask: Mask | null;
  /** Edges of whole blocks and of wires; the edges of other blocks come with their full detail (NearBlock). */
  edges: Float32Array;
  cars: Car[];
  trees: Tree[];
}

/** A block of a large park in full detail. */
export interface NearBlock {
  model: MeshData;
  edges: Float32Array;
}

export interface Builder {
  built: Built;
  mask: () => Mask;
  near: (block: number) => NearBlock;
}

/** Up to this many blocks (1,200 assets) all blocks are always drawn in full detail. */
const wholeBlocks = 5;

export function build(park: ParkView): Builder {
  const project = projector(park.metadata.place);
  const land = landOf(park);
  const sites = sitesOf(park, land);
  const { centre, radius } = extentOf(sites, borderOf(park, project), land);
  const ground = groundOf(park, sites, project, centre, radius, land);
  const side = 2 * radius * 1.12;
  // About a metre a pixel; a blur needs no more.
  const size = side > 2600 ? 2048 : 1024;
  const mask = () => maskOf(sites, ground.roads, ground.water, [centre[0] - side / 2, -centre[1] - side / 2, side, side], size);
  const blocks = inBlocks(sites);
  const whole = blocks.length <= wholeBlocks;
  // Bodies that are no assets: the boundary of the park, and the supports of overhead lines.
  const around = new Mesh();
  // Only a park declared as `enclosed` gets boundary posts and gates: at a real campus they would be invented.
  const enclosed = park.context.filter((c) => c.kind === 'boundary' && c.properties['enclosed'] === true);
  boundary(around, borderOf({ ...park, context: enclosed }, project), ground.roads, land);
  const wires = overhead(around, park.lines, (line) => (line.geometry ? polylines(line.geometry, project) : []), land, ground.roads);
  const edges = whole ? edgesOf(sites) : new Float32Array(0);
  const model = blocks.map(whole ? blockOf : farBlockOf);
  return {
    built: {
      model: around.triangles > 0 ? [...model, around.finish()] : model,
      boxes: whole ? null : Float32Array.from(blocks.flatMap(boxOf)),
      ground: ground.mesh,
      mask: whole ? mask() : null,
      edges: wires.length > 0 ? joined(edges, wires) : edges,
      cars: clearOf(
        ground.cars,
        sites.flatMap((s) => (formOf(s.asset).cars && s.host === null ? s.areas : [])),
      ),
      trees: treesOf(park, project),
    },
    mask,
    near: (block) => {
      const own = blocks[block] ?? [];
      return { model: blockOf(own), edges: edgesOf(own) };
    },
  };
}

function joined(a: Float32Array, b: ArrayLike<number>): Float32Array {
  const all = new Float32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** Buffers that are transferred to the other thread, not copied. */
export function buffersOf(built: Built): ArrayBuffer[] {
  const arrays = [
    ...built.model.flatMap((m) => Object.values(m) as ArrayBufferView[]),
    ...(built.boxes ? [built.boxes] : []),
    built.ground.position,
    built.ground.normal,
    built.ground.paint,
    built.ground.index,
    ...(built.mask ? [built.mask.data] : []),
    built.edges,
  ];
  return arrays.map((a) => a.buffer as ArrayBuffer);
}

export function nearBuffersOf({ model, edges }: NearBlock): ArrayBuffer[] {
  return [...(Object.values(model) as ArrayBufferView[]), edges].map((a) => a.buffer as ArrayBuffer);
}
