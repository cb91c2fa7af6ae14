/** How large something may be made by hand. */

export type Axis = 'width' | 'height';

export interface SizeBounds {
  usual: number;
  least: number;
  /** The part of the window that it may take: what was chosen keeps the rest. */
  share: number;
}

/** Pixels within bounds; `room` is the window's width or height. */
export function bounded({ least, share }: SizeBounds, size: number, room: number): number {
  return Math.round(Math.max(least, Math.min(share * room, size)));
}
