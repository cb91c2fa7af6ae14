/** What the camera should show when it flies somewhere, and which part of the picture panels leave free for it. */

import { MathUtils, PerspectiveCamera, Vector3 } from 'three';
import type { Insets } from '../live/choices.ts';
import type { Margins, Viewpoint } from './camera/home-view.ts';
import { orbitPose } from './camera/orbit-pose.ts';
import { polylines } from './shape/projected.ts';
import type { Stage } from './stage.ts';

/** Extra distance that a view keeps from the panels, as a fraction of the picture. */
const air = 0.035;

export function marginsOf(insets: Insets, width: number, height: number): Margins {
  // Panels may cover most of a phone: each counts for at most 42 % of the height, so that the park keeps some of it.
  const share = (px: number) => Math.min(0.42, px / Math.max(1, height)) + air;
  // Panels on the left and right together count for at most 70 % of the width.
  const kept = Math.min(1, (0.7 * width) / Math.max(1, insets.left + insets.right));
  const beside = (px: number) => (kept * px) / Math.max(1, width) + air;
  return { top: share(insets.top), right: beside(insets.right), bottom: share(insets.bottom), left: beside(insets.left) };
}

type Corner = [east: number, north: number, up: number];

/** Corners of an asset or a line with some room around it; null when it has no geometry. */
export function cornersOf(stage: Pick<Stage, 'site' | 'park' | 'project' | 'heightAt'>, id: string): Corner[] | null {
  const site = stage.site.get(id);
  if (site) {
    const { centre, base, ground, asset } = site;
    const reach = Math.max(55, site.frame.length * 0.75, asset.height_m * 0.8);
    return [-1, 1].flatMap((sx) =>
      [-1, 1].flatMap((sy) =>
        [ground, ground + base + asset.height_m].map((z): Corner => [centre[0] + sx * reach, centre[1] + sy * reach, z]),
      ),
    );
  }
  const line = stage.park.lines.find((l) => l.id === id);
  if (!line?.geometry) return null;
  return polylines(line.geometry, stage.project).flatMap((course) => course.map((p): Corner => [p[0], p[1], stage.heightAt(p[0], p[1])]));
}

/**
 * The shift that moves a point of the picture (−1…1, right and up) out from under the panels into the free part; null when
 * it is already there.
 */
function wayOut(x: number, y: number, margins: Margins): { x: number; y: number } | null {
  const inside = (v: number, low: number, high: number) => Math.min(Math.max(v, Math.min(low, high)), Math.max(low, high));
  const to = {
    x: inside(x, -1 + 2 * margins.left + air, 1 - 2 * margins.right - air),
    y: inside(y, -1 + 2 * margins.bottom + air, 1 - 2 * margins.top - air),
  };
  return to.x === x && to.y === y ? null : { x: to.x - x, y: to.y - y };
}

/**
 * Where the camera of `view` stands so that `at` is not under the panels: moved to the side and over the ground, with the
 * same heading; `view` itself where nothing covers it.
 */
export function movedAside(at: Viewpoint['target'], view: Viewpoint, fov_deg: number, aspect: number, margins: Margins): Viewpoint {
  const eye = new PerspectiveCamera(fov_deg, aspect);
  eye.position.set(...view.position);
  eye.lookAt(...view.target);
  eye.updateMatrixWorld();
  const point = new Vector3(...at);
  const depth = Math.max(1, -point.clone().applyMatrix4(eye.matrixWorldInverse).z);
  point.project(eye);
  const way = wayOut(point.x, point.y, margins);
  if (!way) return view;
  const tan = Math.tan(MathUtils.degToRad(fov_deg / 2)) * depth;
  const down = Math.max(0.3, MathUtils.degToRad(orbitPose(view).down_deg));
  const right = new Vector3().setFromMatrixColumn(eye.matrixWorld, 0);
  const forward = new Vector3(0, 1, 0).cross(right);
  const move = right.multiplyScalar(-way.x * tan * aspect).addScaledVector(forward, (-way.y * tan) / Math.sin(down));
  const shifted = (place: Viewpoint['target']): Viewpoint['target'] =>
    move
      .clone()
      .add(new Vector3(...place))
      .toArray();
  return { position: shifted(view.position), target: shifted(view.target) };
}

/** A view that panels moved aside for an asset: the one before they did, and the one after. */
export interface MovedView {
  asset: string;
  from: Viewpoint;
  to: Viewpoint;
}

/**
 * The view that a move aside for `asset` is counted from: the one before panels moved it for the same asset, if nobody moved
 * it since, so that where it comes to rest does not depend on which panel was laid out first; else the view as it is now.
 */
export function viewBefore(moved: MovedView | null, asset: string, now: Viewpoint): Viewpoint {
  return moved?.asset === asset && sameView(moved.to, now) ? moved.from : now;
}

/** Whether two views are one to the eye: within a centimetre. */
export function sameView(a: Viewpoint, b: Viewpoint): boolean {
  const near = (p: Viewpoint['target'], q: Viewpoint['target']) => p.every((v, i) => Math.abs(v - (q[i] as number)) < 0.01);
  return near(a.position, b.position) && near(a.target, b.target);
}
