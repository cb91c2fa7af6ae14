import type { Position } from 'geojson';

/**
 * Whether two sides of a closed ring cross between their ends. Sides that only touch can be drawn and are accepted.
 * Sweeps the sides from west to east, so that only those whose longitudes overlap are compared.
 */
export function crossesItself(ring: readonly Position[]): boolean {
  const sides: Side[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as [number, number];
    const [bx, by] = ring[i] as [number, number];
    if (ax !== bx || ay !== by) sides.push({ ax, ay, bx, by, west: Math.min(ax, bx), east: Math.max(ax, bx) });
  }
  sides.sort((a, b) => a.west - b.west);
  for (let i = 0; i < sides.length; i++) {
    const a = sides[i] as Side;
    for (let k = i + 1; k < sides.length; k++) {
      const b = sides[k] as Side;
      if (b.west > a.east) break;
      if (cross(a, b)) return true;
    }
  }
  return false;
}

interface Side {
  ax: number;
  ay: number;
  bx: number;
  by: number;
  west: number;
  east: number;
}

function cross(a: Side, b: Side): boolean {
  if (Math.max(a.ay, a.by) < Math.min(b.ay, b.by) || Math.max(b.ay, b.by) < Math.min(a.ay, a.by)) return false;
  return turn(a, b.ax, b.ay) * turn(a, b.bx, b.by) < 0 && turn(b, a.ax, a.ay) * turn(b, a.bx, a.by) < 0;
}

/** Sign of the side of the line through `s` on which the point lies. */
function turn(s: Side, x: number, y: number): number {
  return Math.sign((s.bx - s.ax) * (y - s.ay) - (s.by - s.ay) * (x - s.ax));
}
