/** Charging cables: each hangs from the edge of a canopy to the tail of the car below it. */
import type { Car } from './parking.ts';
import { at, type Frame, type Vec } from './ring.ts';

export interface Cable {
  /** Where it leaves the canopy and where it meets the car. Metres; z above the canopy's ground. */
  from: readonly [number, number, number];
  to: readonly [number, number, number];
}

/** The cables of a canopy, one for each of its bays, in their order. */
export function cablesOf(frame: Frame, height: number, bays: readonly Car[]): Cable[] {
  const [ax, ay] = frame.axis;
  return bays.map((car) => {
    const d: Vec = [car.at[0] - frame.centre[0], car.at[1] - frame.centre[1]];
    const u = d[0] * ax + d[1] * ay;
    const v = d[1] * ax - d[0] * ay;
    const side = v < 0 ? -1 : 1;
    const top = at(frame, u + 0.7, side * Math.max(Math.abs(v), frame.width / 2 - 0.25));
    const tail = at(frame, u + 0.55, v + side * 2.1);
    return { from: [top[0], top[1], height - 0.35], to: [tail[0], tail[1], 0.8] };
  });
}

/** Rings around a cable, and points of a ring. */
const [steps, round] = [8, 4];

/** A tube along the unit cable: x 0…1 from canopy to car, y and z its thickness; bent by the shader. */
export function cableForm(): { position: Float32Array; index: Uint16Array } {
  const position: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= steps; i++) {
    for (let k = 0; k < round; k++) {
      const turn = (2 * Math.PI * k) / round;
      position.push(i / steps, Math.cos(turn), Math.sin(turn));
      if (i === steps) continue;
      const [a, b] = [i * round + k, i * round + ((k + 1) % round)];
      index.push(a, a + round, b, b, a + round, b + round);
    }
  }
  return { position: Float32Array.from(position), index: Uint16Array.from(index) };
}
