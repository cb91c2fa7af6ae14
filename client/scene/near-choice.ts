/** Which blocks of a large park are near enough to be drawn in full detail. Runs in every frame, so it allocates nothing. */

export interface NearChoice {
  /** 1 for blocks that are near. */
  near: Uint8Array;
  /** Metres from the camera to each block's box. */
  distance: Float32Array;
}

export interface DrawReach {
  /** Metres up to which a block is near. */
  metres: number;
  /** Maximum number of near blocks at once. */
  most: number;
}

/** A near block stays near up to this factor on the distance, so that it does not switch back and forth. */
const slack = 1.2;

export function createNearChoice(blocks: number): NearChoice {
  return { near: new Uint8Array(blocks), distance: new Float32Array(blocks) };
}

/** `boxes`: six numbers a block. True when the choice changed. */
export function chooseNear(choice: NearChoice, boxes: Float32Array, x: number, y: number, z: number, reach: DrawReach): boolean {
  const { near, distance } = choice;
  let changed = false;
  let count = 0;
  for (let i = 0; i < near.length; i++) {
    const b = 6 * i;
    const dx = beyond(x, boxes[b] as number, boxes[b + 3] as number);
    const dy = beyond(y, boxes[b + 1] as number, boxes[b + 4] as number);
    const dz = beyond(z, boxes[b + 2] as number, boxes[b + 5] as number);
    const d = Math.sqrt(dx * dx + dy * dy + dz * dz);
    distance[i] = d;
    const before = near[i] === 1;
    const now = d < (before ? reach.metres * slack : reach.metres);
    near[i] = now ? (before ? 1 : 2) : before ? 3 : 0;
    if (now) count++;
  }
  // 1 stays near, 2 becomes near, 3 stops being near. Where there are too many, the farthest are left out.
  for (; count > reach.most; count--) {
    let farthest = -1;
    for (let i = 0; i < near.length; i++) {
      if ((near[i] === 1 || near[i] === 2) && (farthest === -1 || (distance[i] as number) > (distance[farthest] as number))) farthest = i;
    }
    near[farthest] = near[farthest] === 1 ? 3 : 0;
  }
  for (let i = 0; i < near.length; i++) {
    if (near[i] === 2 || near[i] === 3) changed = true;
    near[i] = near[i] === 1 || near[i] === 2 ? 1 : 0;
  }
  return changed;
}

function beyond(at: number, low: number, high: number): number {
  return at < low ? low - at : at > high ? at - high : 0;
}
