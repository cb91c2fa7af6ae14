import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedSlots, decodeUpdate, encodeUpdate } from '../../../models/wire/codec.ts';
import { type LayoutPark, layoutOf, readShares } from '../../../models/wire/layout.ts';

const park: LayoutPark = {
  assets: [
    { id: 'grid', kind: 'gridConnection', ports: ['electricity.out', 'electricity.in'] },
    { id: 'hall', kind: 'building', ports: ['electricity.in', 'heat.in'] },
    { id: 'battery', kind: 'battery', ports: ['electricity.in', 'electricity.out'], storage: { carrier: 'electricity' } },
  ],
  lines: [{ id: 'feeder', from: 'grid', to: 'hall' }],
  unmetered: [{ asset: 'grid', carrier: 'electricity' }],
};

describe('the slot layout', () => {
  test('gives every value a slot of its own, without gaps', () => {
    const layout = layoutOf(park, 'full');
    const used: number[] = [...Object.values(layout.totals)];
    const span = (start: number, n: number) => used.push(...Array.from({ length: n }, (_, k) => start + k));
    span(layout.parkShares, 9);
    for (const asset of layout.assets.values()) {
      span(asset.shares, 9);
      used.push(asset.intensity, asset.idle, asset.quality, asset.estimatedShare, asset.attributed, asset.stack, asset.level);
      for (const port of Object.values(asset.ports)) used.push(port.power, port.quality, port.sampled, port.intensity);
    }
    for (const line of layout.lines.values()) used.push(line.power, line.intensity, line.modelled);
    for (const rest of layout.unmetered.values()) used.push(rest.power, rest.conflict);
    const slots = used.filter((slot) => slot >= 0).sort((a, b) => a - b);
    expect(slots).toEqual(Array.from({ length: layout.size }, (_, i) => i));
  });

  test('has no slot for an asset\u2019s power, emissions or level, or a line\u2019s power, when the audience is the public', () => {
    const layout = layoutOf(park, 'public');
    for (const asset of layout.assets.values()) {
      expect([asset.attributed, asset.stack, asset.level]).toEqual([-1, -1, -1]);
      for (const port of Object.values(asset.ports)) expect(port.power).toBe(-1);
      expect(asset.intensity).toBeGreaterThanOrEqual(0);
    }
    for (const line of layout.lines.values()) expect(line.power).toBe(-1);
    for (const rest of layout.unmetered.values()) expect(rest.power).toBe(-1);
  });
});

const float = fc.float({ noDefaultInfinity: false });

describe('an update', () => {
  test('decodes to what was encoded, unknown included, at 8 bytes a value and 24 for its header', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e6), float)), fc.nat(1e9), (pairs, seq) => {
        const update = {
          epoch: 1.7e12,
          seq,
          time: 1.7e12 + 5,
          slots: Uint32Array.from(pairs, (p) => p[0]),
          values: Float32Array.from(pairs, (p) => p[1]),
        };
        const bytes = encodeUpdate(update);
        expect(bytes.byteLength).toBe(24 + 8 * pairs.length);
        expect(decodeUpdate(bytes)).toEqual(update);
        const inside = new Uint8Array(bytes.byteLength + 3);
        inside.set(bytes, 3);
        expect(decodeUpdate(inside.subarray(3))).toEqual(update);
      }),
    );
  });

  test('applied to the state before gives the state after, to the bit', () => {
    const state = fc.array(float, { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(state, state, (a, b) => {
        const before = Float32Array.from(a);
        const after = Float32Array.from(b);
        const { slots, values } = changedSlots(before, after);
        slots.forEach((slot, i) => {
          before[slot] = values[i] ?? Number.NaN;
        });
        expect(Object.is(before, before) && before.every((v, i) => Object.is(v, after[i]))).toBe(true);
      }),
    );
  });

  test('refuses bytes that are not an update instead of misreading them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const { slots, values } = decodeUpdate(bytes);
          expect(slots.length).toBe(values.length);
        } catch (error) {
          expect(String(error)).toMatch(/not an update/);
        }
      }),
    );
  });
});

test('shares are read without the unknown and the zero', () => {
  const values = Float32Array.from([0, 0.5, Number.NaN, 0.5, 0, 0, 0, 0, 0, 0]);
  expect(readShares(values, 0)).toEqual({ solar: 0.5, gas: 0.5 });
});
