import { i32 } from '../typed-arrays.ts';
import type { CompiledArrays } from './compiled-arrays.ts';

/** Node → itself where its mix is known, else the nearest such node along closed lines, else -1. */
export function standIns({ neighbours }: CompiledArrays, known: Uint8Array): Int32Array {
  const { first, items } = neighbours;
  const n = known.length;
  const standIn = new Int32Array(n);
  const queue = new Int32Array(n);
  let waiting = 0;
  for (let node = 0; node < n; node++) {
    standIn[node] = known[node] === 1 ? node : -1;
    if (known[node] === 1) queue[waiting++] = node;
  }
  if (waiting === n) return standIn;
  for (let at = 0; at < waiting; at++) {
    const node = i32(queue, at);
    for (let k = i32(first, node); k < i32(first, node + 1); k++) {
      const next = i32(items, k);
      if (standIn[next] !== -1) continue;
      standIn[next] = i32(standIn, node);
      queue[waiting++] = next;
    }
  }
  return standIn;
}
