/** Bounds of a size that a person sets by dragging. */

export type Axis = 'width' | 'height';

export interface SizeBounds {
  usual: number;
  least: number;
  /** The largest part of the window that it may take; the rest stays free for the selection. */
  share: number;
}

/** Pixels within bounds; `room` is the window's width or height. */
export function bounded({ least, share }: SizeBounds, size: number, room: number): number {
  return Math.round(Math.max(least, Math.min(share * room, size)));
}
