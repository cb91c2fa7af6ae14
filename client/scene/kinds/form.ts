/** How a kind of asset is drawn: everything that the scene needs to know of a kind. */
import type { Gauge } from '../shape/gauges.ts';
import type { Mesh } from '../shape/mesh.ts';
import type { Chimney } from '../shape/plants.ts';
import type { Site } from '../shape/site.ts';

export type Draw = (mesh: Mesh, site: Site) => void;

export interface Form {
  /** Full detail: all that can be seen from its streets. */
  near: Draw;
  /** The far form, with a twentieth of the triangles; the parts that show the value's colour stay in the same place. */
  far: Draw;
  /** Factor on its size when assets are ranked for being named without a selection; 0: never named so. */
  naming: number;
  /** Has walls with dark edges; on a slope it is dug in halfway, other kinds stand at the upper edge (shape/land.ts). */
  house?: true;
  /** Land on which nothing stands: one can walk over it, and a finger hits its ground. */
  vacant?: true;
  /** Stands on legs: light comes under it, and one can walk there. */
  open?: true;
  /** A mast: it casts no baked occlusion on the ground around its foot. */
  slender?: true;
  /** When it is selected, only its foot is outlined. */
  flat?: true;
  /** Its windows light the ground at night. */
  windows?: true;
  chimney?: Chimney;
  /** Emits steam as it gives heat to the air. */
  steams?: true;
  /** Blades that turn with its output. */
  rotor?: true;
  /** Cars stand at it, and charge. */
  cars?: true;
  /** Gauges that show how full it is, if it stores energy. */
  gauges: (site: Site) => Gauge[];
}
