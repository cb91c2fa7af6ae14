/** A park that only the live line sees: every tick changes everything, and the time says when it was sent. */

import { encodeUpdate } from '../../models/wire/codec.ts';
import type { LivePark } from '../../server/live/viewers.ts';

export interface MadeUpPark extends LivePark {
  /** `time` goes into the update's own time. */
  tick(time: number): void;
  seq(): number;
}

/** Updates are 8 bytes a slot and 24 more. */
export function madeUpPark(slots: number, id = 'sample'): MadeUpPark {
  const epoch = 1;
  let seq = 0;
  let time = 0;
  let update: Uint8Array | null = null;
  const listeners = new Set<Parameters<LivePark['onStep']>[0]>();
  const values = new Float32Array(slots);
  return {
    park: { id },
    onStep: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    snapshot: (audience) => ({
      park: id,
      revision: 'made-up',
      audience,
      epoch,
      seq,
      time,
      base: 0,
      mode: 'live',
      speed: 1,
      preliminary: true,
      values: new Uint8Array(values.slice().buffer),
    }),
    update: () => update,
    tick: (now) => {
      seq++;
      time = now;
      values.fill(seq);
      update = encodeUpdate({ epoch, seq, time, slots: Uint32Array.from(values, (_, i) => i), values });
      for (const listener of listeners) listener({ begins: false });
    },
    seq: () => seq,
  };
}
