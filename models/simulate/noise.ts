/** Seeded noise as a pure function of its argument: the same seed and time always give the same value. */

/** Uniform in [0, 1) from integers. Finaliser of MurmurHash3 (Appleby, public domain), applied twice. */
export function hash(seed: number, n: number, stream = 0): number {
  let h =
    (seed | 0) ^ Math.imul(n | 0, 0x9e3779b1) ^ Math.imul(stream | 0, 0x85ebca6b) ^ Math.imul(Math.floor(n / 0x1_0000_0000), 0xc2b2ae35);
  h = mix(h);
  h = mix(h ^ 0x27d4eb2f);
  return (h >>> 0) / 0x1_0000_0000;
}

function mix(x: number): number {
  let h = x;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A seed of its own for each name (FNV-1a). */
export function seedOf(seed: number, name: string): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** Smooth noise in −1…1 that changes over a length of about 1: random values at whole numbers, eased between. */
export function wave(seed: number, x: number): number {
  const n = Math.floor(x);
  const f = x - n;
  const a = hash(seed, n);
  const b = hash(seed, n + 1);
  return 2 * (a + (b - a) * f * f * (3 - 2 * f)) - 1;
}

/** About normal with mean 0 and standard deviation 1: the sum of three uniforms, never beyond ±3. */
export function bell(seed: number, n: number): number {
  return (hash(seed, n, 1) + hash(seed, n, 2) + hash(seed, n, 3) - 1.5) * 2;
}
