/** Labels that must all be readable: moved apart until none covers another, each with a line back to its anchor. */

export interface Anchored {
  id: string;
  /** Position of what it names, pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Placed {
  id: string;
  /** Upper left corner. */
  left: number;
  top: number;
}

export interface Room {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Between an anchor and its label. */
const lift = 14;
const gap = 4;

/**
 * Earlier labels have priority: each goes above its anchor, or to the nearest free place in widening rings. A label that
 * fits nowhere is left out.
 */
export function spread(labels: readonly Anchored[], room: Room): Placed[] {
  const placed: (Placed & { right: number; bottom: number })[] = [];
  for (const { id, x, y, width, height } of labels) {
    if (width > room.right - room.left || height > room.bottom - room.top) continue;
    for (let ring = 0; ring < 60; ring++) {
      const found = placesOf(ring, x, y, width, height).find(({ left, top }) => {
        const box = clamp(left, top, width, height, room);
        return !placed.some(
          (other) =>
            box.left < other.right + gap && other.left < box.right + gap && box.top < other.bottom + gap && other.top < box.bottom + gap,
        );
      });
      if (!found) continue;
      placed.push({ id, ...clamp(found.left, found.top, width, height, room) });
      break;
    }
  }
  return placed.map(({ id, left, top }) => ({ id, left, top }));
}

/** Above first, then around in steps of half a label's height. */
function placesOf(ring: number, x: number, y: number, width: number, height: number): { left: number; top: number }[] {
  const above = y - height - lift;
  if (ring === 0) return [{ left: x - width / 2, top: above }];
  const step = (ring * height) / 2;
  return [
    { left: x - width / 2, top: above - step },
    { left: x - width / 2 + step * 2, top: above },
    { left: x - width / 2 - step * 2, top: above },
    { left: x - width / 2 + step * 1.5, top: above - step * 0.7 },
    { left: x - width / 2 - step * 1.5, top: above - step * 0.7 },
    { left: x - width / 2, top: y + lift + step - height / 2 },
  ];
}

function clamp(left: number, top: number, width: number, height: number, room: Room) {
  const l = Math.min(room.right - width, Math.max(room.left, left));
  const t = Math.min(room.bottom - height, Math.max(room.top, top));
  return { left: l, top: t, right: l + width, bottom: t + height };
}
