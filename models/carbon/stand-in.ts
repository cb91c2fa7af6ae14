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
    const node = queue[at] as number;
    for (let k = first[node] as number; k < (first[node + 1] as number); k++) {
      const next = items[k] as number;
      if (standIn[next] !== -1) continue;
      standIn[next] = standIn[node] as number;
      queue[waiting++] = next;
    }
  }
  return standIn;
}
