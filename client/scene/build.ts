/** Everything of the picture that never changes, from the park document: pure, so that a worker or a test can do it. */
import type { ParkView } from '../../models/park/document.ts';
import { projector } from '../../models/park/park.ts';
import { edgesOf } from './shape/edges.ts';
import { extentOf } from './shape/extent.ts';
import { borderOf, type GroundData, groundOf, polylines } from './shape/ground.ts';
import { landOf } from './shape/land.ts';
import { type Mask, maskOf } from './shape/mask.ts';
import type { MeshData } from './shape/mesh.ts';
import { modelOf } from './shape/model.ts';
import { overheadOf } from './shape/overhead.ts';
import type { Car } from './shape/parking.ts';
import { sitesOf } from './shape/site.ts';
import { type Tree, treesOf } from './shape/trees.ts';

export interface Built {
  model: MeshData[];
  ground: GroundData;
  mask: Mask;
  edges: Float32Array;
  cars: Car[];
  trees: Tree[];
}

export function build(park: ParkView): Built {
  const project = projector(park.metadata.place);
  const land = landOf(park);
  const sites = sitesOf(park, land);
  const { centre, radius } = extentOf(sites, borderOf(park, project), land);
  const ground = groundOf(park, sites, project, centre, radius, land);
  const side = 2 * radius * 1.12;
  // About a metre a pixel; a blur needs no more.
  const size = side > 2600 ? 2048 : 1024;
  const mask = maskOf(sites, ground.roads, ground.water, [centre[0] - side / 2, -centre[1] - side / 2, side, side], size);
  const overhead = overheadOf(park.lines, (line) => (line.geometry ? polylines(line.geometry, project) : []), land, ground.roads);
  const edges = edgesOf(sites);
  return {
    model: overhead ? [...modelOf(sites), overhead.mesh] : modelOf(sites),
    ground: ground.mesh,
    mask,
    edges: overhead ? Float32Array.from([...edges, ...overhead.wires]) : edges,
    cars: ground.cars,
    trees: treesOf(park, project),
  };
}

export function buffersOf(built: Built): ArrayBuffer[] {
  const arrays = [
    ...built.model.flatMap((m) => Object.values(m) as ArrayBufferView[]),
    built.ground.position,
    built.ground.normal,
    built.ground.paint,
    built.ground.index,
    built.mask.data,
    built.edges,
  ];
  return arrays.map((a) => a.buffer as ArrayBuffer);
}
