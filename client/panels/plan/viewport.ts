/** The part of the plan that is on the screen: metres per pixel, and the position at the top left corner. */
import type { Insets } from '../../live/choices.ts';
import type { Box } from './paths.ts';

export interface Viewport {
  x: number;
  y: number;
  /** Metres per pixel. */
  scale: number;
}

/** Fits the box into what the panels leave free. */
export function fitTo(box: Box, width: number, height: number, insets: Insets): Viewport {
  const free = { width: Math.max(80, width - insets.left - insets.right), height: Math.max(80, height - insets.top - insets.bottom) };
  const scale = Math.max(box.width / free.width, box.height / free.height);
  return {
    scale,
    x: box.x + box.width / 2 - (insets.left + free.width / 2) * scale,
    y: box.y + box.height / 2 - (insets.top + free.height / 2) * scale,
  };
}

/**
 * Insets that also keep clear of a panel in the left bottom corner (its right and top edge in pixels): beside it or
 * above it, whichever leaves the box larger.
 */
export function besideCorner(box: Box, width: number, height: number, insets: Insets, corner: { right: number; top: number }): Insets {
  const beside = { ...insets, left: Math.max(insets.left, corner.right) };
  const above = { ...insets, bottom: Math.max(insets.bottom, height - corner.top) };
  return fitTo(box, width, height, beside).scale <= fitTo(box, width, height, above).scale ? beside : above;
}

/** Zooms in (factor < 1) or out; the point under the pixel (px, py) stays there. Scale: 0.04 to 40 metres per pixel. */
export function zoom(viewport: Viewport, factor: number, px: number, py: number): Viewport {
  const scale = Math.min(40, Math.max(0.04, viewport.scale * factor));
  return { scale, x: viewport.x + px * (viewport.scale - scale), y: viewport.y + py * (viewport.scale - scale) };
}

export function move(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x - dx * viewport.scale, y: viewport.y - dy * viewport.scale };
}
