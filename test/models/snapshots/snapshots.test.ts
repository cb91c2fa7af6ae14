import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { snapshotHints } from '../../../models/snapshots/hints.ts';
import type { SnapshotHint } from '../../../models/snapshots/predictor-choice.ts';
import { joinSnapshots, layoutSignature, remapSnapshots, signatureOf, slotNames } from '../../../models/snapshots/slots.ts';
import { decodeSnapshotAt, decodeSnapshots, encodeSnapshots, type SnapshotSet } from '../../../models/snapshots/snapshots.ts';
import type { LiveStep } from '../../../models/telemetry/state.ts';
import { fillSlots } from '../../../models/wire/fill-slots.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import { benchInputs, randomPark } from '../../bench/random-park.ts';
import { samplePark } from '../../sample-park.ts';

const midnight = Date.UTC(2025, 5, 1, 16);
const interval_ms = 900_000;

function setOf(values: number[][], change: Partial<SnapshotSet> = {}): SnapshotSet {
  const size = values[0]?.length ?? 0;
  return {
    signature: '0123456789abcdef',
    base: midnight,
    interval_ms,
    times: Float64Array.from(values, (_, t) => midnight + t * interval_ms),
    size,
    values: Float32Array.from(values.flat()),
    ...change,
  };
}

/** Within 2^-12 of what it was; whole numbers below 2^24, thousandths of shares, NaN and 0 exactly. */
function expectAlike(after: SnapshotSet, before: SnapshotSet): void {
  expect({ ...after, values: 0 }).toEqual({ ...before, values: 0 });
  expect(after.values.length).toBe(before.values.length);
  const strange = [...before.values.entries()].filter(([i, value]) => {
    const got = after.values[i] as number;
    if (Number.isNaN(value)) return !Number.isNaN(got);
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 24) return got !== value;
    return !(Math.abs(got - value) <= Math.abs(value) / 4096);
  });
  expect(strange).toEqual([]);
}

const roundTrip = (set: SnapshotSet, hints: SnapshotHint[] = []) => decodeSnapshots(encodeSnapshots(set, hints));

const hint = (slot: number, factor: number | null, sum: number[]): SnapshotHint => ({
  slot,
  factor,
  sum: sum.map((other, i) => ({ slot: other, sign: i === 0 ? 1 : -1 })),
});

/** A day of a park with loads that go up and down, sun, and a store of readings each quarter of an hour. */
function dayOfPark(count: number, snapshots: number) {
  const park = randomPark(count);
  const compiled = compile(park);
  const layout = layoutOf(park, 'full');
  const base = benchInputs(compiled);
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const values = new Float32Array(snapshots * layout.size);
  for (let t = 0; t < snapshots; t++) {
    const time = midnight + t * interval_ms;
    const sun = Math.max(0, Math.sin(((t / 4 - 6) / 12) * Math.PI));
    const port_kW = base.port_kW.map((power, p) => {
      const kind = park.assets[compiled.ports[p]?.asset as number]?.kind;
      if (kind === 'building') return power * (0.5 + 0.5 * sun) * (0.98 + 0.04 * random());
      return kind === 'pv' ? power * sun : power;
    });
    const ports = compiled.ports.length;
    const live = {
      ...account(compiled, { ...base, time, port_kW }),
      assetQuality: new Uint8Array(park.assets.length),
      portQuality: new Uint8Array(ports),
      portSampled_ms: new Float64Array(ports).fill(time + interval_ms),
      levelFraction: new Float64Array(0),
    } as unknown as LiveStep;
    fillSlots(layout, compiled, live, midnight, values.subarray(t * layout.size, (t + 1) * layout.size));
  }
  const times = Float64Array.from({ length: snapshots }, (_, t) => midnight + t * interval_ms);
  const set: SnapshotSet = { signature: layoutSignature(layout), base: midnight, interval_ms, times, size: layout.size, values };
  return { park, layout, set, hints: snapshotHints(park, layout) };
}

describe('snapshots of the past', () => {
  it('come back as they were, within a four-thousandth, for any numbers', () => {
    const number = fc.oneof(
      fc.float({ noDefaultInfinity: true, min: Math.fround(-1e9), max: Math.fround(1e9) }).map((v) => (Math.abs(v) < 1e-30 ? 0 : v)),
      fc.integer({ min: -(2 ** 24) + 1, max: 2 ** 24 - 1 }),
      fc.integer({ min: 0, max: 1000 }).map((n) => Math.fround(n / 1000)),
      fc.constantFrom(Number.NaN, 0, -0, 1, 44),
    );
    const snapshots = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 }))
      .chain(([times, size]) => fc.array(fc.array(number, { minLength: size, maxLength: size }), { minLength: times, maxLength: times }));
    fc.assert(
      fc.property(snapshots, (values) => {
        const set = setOf(values);
        // Hints need not be true, and may lean on each other in a ring.
        const hints = set.size < 4 ? [] : [hint(0, 1, [2, 3]), hint(1, null, [0, 2])];
        expectAlike(roundTrip(set, hints), set);
      }),
      { numRuns: 1000 },
    );
  });

  it('keep codes, seconds and shares exactly', () => {
    const set = setOf(
      Array.from({ length: 96 }, (_, t) => [t % 45, 900 * (t + 1), Math.fround((t * 7) % 1000) / 1000, t < 40 ? Number.NaN : 3]),
    );
    const shares = set.values.map((value, i) => (i % 4 === 2 ? Math.fround(value) : value));
    expect(roundTrip({ ...set, values: shares }).values).toEqual(shares);
  });

  it('know a column by another column, the clock, or a sum, and still hold every number', () => {
    const { set, hints } = dayOfPark(40, 24);
    expectAlike(decodeSnapshots(encodeSnapshots(set, hints)), set);
    expectAlike(decodeSnapshots(encodeSnapshots(set)), set);
  });

  it('are small: a day of 200 assets in a sixth of what compression alone makes of it', () => {
    const { set, hints } = dayOfPark(200, 96);
    const packed = gzipSync(encodeSnapshots(set, hints)).length;
    expect(packed).toBeLessThan(gzipSync(new Uint8Array(set.values.buffer)).length / 6);
    expect(packed).toBeLessThan(60_000);
  });

  it('can be read one alone', () => {
    const { set, hints } = dayOfPark(40, 12);
    const bytes = encodeSnapshots(set, hints);
    const all = decodeSnapshots(bytes);
    for (const [t, time] of set.times.entries()) {
      const one = decodeSnapshotAt(bytes, time + 1);
      expect([...one.times]).toEqual([time]);
      expect(one.values).toEqual(all.values.subarray(t * set.size, (t + 1) * set.size));
    }
    expect(decodeSnapshotAt(bytes, midnight - 1).times.length).toBe(0);
  });

  it('may be none', () => {
    const none = setOf([], { size: 7 });
    expectAlike(roundTrip(none), none);
  });

  it('are the same bytes for the same numbers', () => {
    const { set, hints } = dayOfPark(30, 8);
    expect(encodeSnapshots(set, hints)).toEqual(encodeSnapshots({ ...set, values: Float32Array.from(set.values) }, hints));
  });

  it('are refused when the bytes are foreign, cut or broken, and never hang or fill the memory', () => {
    const good = encodeSnapshots(dayOfPark(20, 6).set);
    expect(() => decodeSnapshots(new Uint8Array(0))).toThrow('not snapshots');
    expect(() => decodeSnapshots(new TextEncoder().encode('<!doctype html>'.repeat(20)))).toThrow('not snapshots');
    expect(() => decodeSnapshots(good.subarray(0, good.length - 1))).toThrow('not snapshots');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => decodeSnapshots(bytes)).toThrow();
      }),
      { numRuns: 500 },
    );
    // Broken inside: some number, or a refusal; nothing else.
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const broken = Uint8Array.from(good);
        broken[at] = byte;
        try {
          decodeSnapshots(broken);
        } catch (error) {
          expect(String(error)).toMatch(/not snapshots|RangeError/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('slots by name', () => {
  const park = samplePark();
  const layout = layoutOf(park, 'full');

  it('have a name each, and a fingerprint that changes with any of them', () => {
    const names = slotNames(layout);
    expect(new Set(names).size).toBe(layout.size);
    expect(names).toContain('asset/hall/electricity.in/power');
    expect(names).toContain('line/feeder/power');
    expect(layoutSignature(layout)).toMatch(/^[0-9a-f]{16}$/);
    expect(layoutSignature(layoutOf(samplePark(), 'full'))).toBe(layoutSignature(layout));
    expect(layoutSignature(layoutOf({ ...park, lines: park.lines.slice(1) }, 'full'))).not.toBe(layoutSignature(layout));
    expect(signatureOf(['a', 'b'])).not.toBe(signatureOf(['b', 'a']));
  });

  it('lead snapshots of an older park into the slots of today', () => {
    const older = layoutOf({ ...park, assets: park.assets.filter(({ id }) => id !== 'office').reverse() }, 'full');
    const names = slotNames(older);
    const set = setOf([names.map((_, i) => i)], { signature: layoutSignature(older) });
    const today = remapSnapshots(set, names, layout);
    expect([today.signature, today.size]).toEqual([layoutSignature(layout), layout.size]);
    for (const [slot, name] of slotNames(layout).entries()) {
      const before = names.indexOf(name);
      expect(today.values[slot]).toBe(before < 0 ? Number.NaN : before);
    }
    expect(remapSnapshots(today, [], layout)).toBe(today);
  });

  it('join sets of several days, thinned out, with seconds from the first one on', () => {
    const day = (d: number): SnapshotSet => {
      const base = midnight + d * 86_400_000;
      const values = new Float32Array(96 * layout.size).fill(d);
      const sampled = layout.assets.get('hall')?.ports['electricity.in']?.sampled as number;
      for (let t = 0; t < 96; t++) values[t * layout.size + sampled] = 900 * (t + 1);
      const times = Float64Array.from({ length: 96 }, (_, t) => base + t * interval_ms);
      return { signature: layoutSignature(layout), base, interval_ms, times, size: layout.size, values };
    };
    const joined = joinSnapshots([day(0), day(1)], layout, midnight + 6 * interval_ms, midnight + 100 * interval_ms, 4);
    expect([...joined.times].map((time) => (time - midnight) / interval_ms)).toEqual(Array.from({ length: 24 }, (_, i) => 6 + 4 * i));
    const sampled = layout.assets.get('hall')?.ports['electricity.in']?.sampled as number;
    const last = joined.values.subarray(23 * layout.size);
    expect([last[sampled], last[0]]).toEqual([99 * 900, 1]);
    expect(joined.values[sampled]).toBe(7 * 900);
  });
});
