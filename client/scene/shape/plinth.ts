/** The plinth of a body on a slope: a wall from its ground floor down into the ground. */
import type { Mesh } from './mesh.ts';
import type { Site } from './site.ts';
import { matter, walls } from './solids.ts';

const stone = matter(0xcdc7bc);
/** Metres it reaches into the ground. */
const into = 0.6;

/** Drawn at the level of the site (mesh.level); nothing on flat land. */
export function plinth(mesh: Mesh, site: Site): void {
  const fall = site.ground - site.foot;
  if (fall < 0.05 || site.host !== null) return;
  for (const area of site.areas) walls(mesh, area, -fall - into, 0, stone);
}
