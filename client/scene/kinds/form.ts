/** How a kind of asset is drawn: everything that the scene asks of a kind. */
import type { Gauge } from '../shape/gauges.ts';
import type { Mesh } from '../shape/mesh.ts';
import type { Chimney } from '../shape/plants.ts';
import type { Site } from '../shape/site.ts';

export type Draw = (mesh: Mesh, site: Site) => void;

export interface Form {
  /** With all that can be seen from its streets. */
  near: Draw;
  /** As seen from afar, with a twentieth of the triangles; what carries the value's colour stays where it is. */
  far: Draw;
  /** How much more than its size it asks to be named without being pointed at; 0 never. */
  naming: number;
  /** Walls with dark edges; level inside, so on a slope it stands at the upper edge. */
  house?: true;
  /** Land on which nothing stands: one walks over it, and a finger finds its ground. */
  vacant?: true;
  /** On legs: light comes under it, and one can walk there. */
  open?: true;
  /** A mast: it darkens nothing around its foot. */
  slender?: true;
  /** Chosen, it is outlined at its foot only. */
  flat?: true;
  /** Light falls out of it at night. */
  windows?: true;
  chimney?: Chimney;
  /** Gives steam off as it gives heat to the air. */
  steams?: true;
  /** Blades that turn with its output. */
  rotor?: true;
  /** Cars stand at it, and charge. */
  cars?: true;
  /** Where it is seen how full it is, if it stores. */
  gauges: (site: Site) => Gauge[];
}
