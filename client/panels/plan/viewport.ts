/** The part of the plan that a window of the page shows: metres per pixel and what stands at its left top corner. */
import type { Insets } from '../../live/view.ts';
import type { Box } from './paths.ts';

export interface Window {
  x: number;
  y: number;
  /** Metres per pixel. */
  scale: number;
}

/** Fits the box into what the panels leave free. */
export function fitTo(box: Box, width: number, height: number, insets: Insets): Window {
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

/** Nearer (factor < 1) or farther, keeping what is under the pixel (px, py) there. Stays within sensible scales. */
export function zoom(window: Window, factor: number, px: number, py: number): Window {
  const scale = Math.min(40, Math.max(0.04, window.scale * factor));
  return { scale, x: window.x + px * (window.scale - scale), y: window.y + py * (window.scale - scale) };
}

export function move(window: Window, dx: number, dy: number): Window {
  return { ...window, x: window.x - dx * window.scale, y: window.y - dy * window.scale };
}
