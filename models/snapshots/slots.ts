/** The slots of snapshots by name: their fingerprint, and the conversion of an older park's snapshots to today's slots. */
import { totalNames } from '../carbon/step.ts';
import { sourceKinds } from '../energy-sources.ts';
import { f32, i32 } from '../typed-arrays.ts';
import type { Layout } from '../wire/layout.ts';
import type { SnapshotSet } from './snapshots.ts';

/** Name of each slot, such as `asset/hall/electricity.in/power`; the names distinguish a park's slots from an earlier park's. */
export function slotNames(layout: Layout): string[] {
  const names = new Array<string>(layout.size).fill('');
  const put = (slot: number, name: string) => {
    if (slot >= 0) names[slot] = name;
  };
  const putShares = (slot: number, of: string) => {
    for (const [k, kind] of sourceKinds.entries()) put(slot + k, `${of}/share/${kind}`);
  };
  for (const name of totalNames) put(layout.totals[name], `total/${name}`);
  putShares(layout.parkShares, 'park');
  for (const [id, { shares, ports, ...slots }] of layout.assets) {
    for (const [name, slot] of Object.entries(slots)) put(slot, `asset/${id}/${name}`);
    putShares(shares, `asset/${id}`);
    for (const [port, own] of Object.entries(ports)) {
      for (const [name, slot] of Object.entries(own)) put(slot as number, `asset/${id}/${port}/${name}`);
    }
  }
  for (const [id, slots] of layout.lines) for (const [name, slot] of Object.entries(slots)) put(slot as number, `line/${id}/${name}`);
  for (const [id, slots] of layout.unmetered) for (const [name, slot] of Object.entries(slots)) put(slot, `unmetered/${id}/${name}`);
  return names;
}

/** 16 hex digits that change with any name or their order (FNV-1a, twice). */
export function signatureOf(names: readonly string[]): string {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  for (const name of names) {
    for (let i = 0; i <= name.length; i++) {
      const code = i < name.length ? name.charCodeAt(i) : 0x1f;
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + i), 0x01000193);
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

const signatures = new WeakMap<Layout, string>();

export function layoutSignature(layout: Layout): string {
  const known = signatures.get(layout);
  if (known !== undefined) return known;
  const signature = signatureOf(slotNames(layout));
  signatures.set(layout, signature);
  return signature;
}

/** Converts snapshots whose slots had these names to the slots of `layout`; slots that they did not have are unknown. */
export function remapSnapshots(set: SnapshotSet, names: readonly string[], layout: Layout): SnapshotSet {
  const signature = layoutSignature(layout);
  if (set.signature === signature) return set;
  const before = new Map(names.map((name, slot) => [name, slot]));
  const from = Int32Array.from(slotNames(layout), (name) => before.get(name) ?? -1);
  const values = new Float32Array(set.times.length * layout.size).fill(Number.NaN);
  for (let t = 0; t < set.times.length; t++) {
    for (let slot = 0; slot < layout.size; slot++) {
      const old = i32(from, slot);
      if (old >= 0) values[t * layout.size + slot] = f32(set.values, t * set.size + old);
    }
  }
  return { ...set, signature, size: layout.size, values };
}

/**
 * Joins snapshots of several sets of one layout into one set, in the order given: every `every`-th of those whose interval
 * starts in [from, to). Seconds in `sampled` slots count from the first set's base.
 */
export function joinSnapshots(sets: readonly SnapshotSet[], layout: Layout, from: number, to: number, every = 1): SnapshotSet {
  const { size } = layout;
  const chosen: { set: SnapshotSet; t: number; time: number }[] = [];
  let seen = 0;
  for (const set of sets) {
    if (set.size !== size) throw new Error('snapshots of another version of the park');
    for (const [t, time] of set.times.entries()) if (time >= from && time < to && seen++ % every === 0) chosen.push({ set, t, time });
  }
  const base = sets[0]?.base ?? from;
  const apart = sets.some((set) => set.base !== base);
  const sampled = apart ? [...layout.assets.values()].flatMap(({ ports }) => Object.values(ports).map((port) => port.sampled)) : [];
  const values = new Float32Array(chosen.length * size);
  for (const [row, { set, t }] of chosen.entries()) {
    values.set(set.values.subarray(t * size, (t + 1) * size), row * size);
    const later_s = (set.base - base) / 1000;
    if (later_s !== 0) for (const slot of sampled) values[row * size + slot] = f32(values, row * size + slot) + later_s;
  }
  const times = Float64Array.from(chosen, ({ time }) => time);
  return { signature: layoutSignature(layout), base, interval_ms: sets[0]?.interval_ms ?? 900_000, times, size, values };
}
