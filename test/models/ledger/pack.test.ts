import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, SummedBlock } from '../../../models/ledger/block.ts';
import { packBlock, packSums, unpackBlock, unpackSums } from '../../../models/ledger/pack.ts';
import { packRecords, unpackRecords } from '../../../models/ledger/pack-records.ts';
import { type PointRecords, sameRecords } from '../../../models/ledger/records.ts';

const whole = fc.oneof(
  fc.constant(Number.NaN),
  fc.constant(0),
  fc.integer({ min: -300, max: 300 }),
  fc.integer(),
  fc.maxSafeInteger().filter((n) => Math.abs(n) < 2 ** 52),
  fc.constantFrom(2 ** 52 - 1, -(2 ** 52) + 1),
);
const column = (n: number) =>
  fc
    .oneof(
      fc.array(whole, { minLength: n, maxLength: n }),
      whole.map((value) => Array<number>(n).fill(value)),
    )
    .map((values) => Float64Array.from(values));

const blocks: fc.Arbitrary<Block> = fc.integer({ min: 0, max: 110 }).chain((n) =>
  fc.record({
    times: fc.nat(2 ** 40).map((first) => Float64Array.from({ length: n }, (_, i) => 1000 * first + i * 900_000)),
    columns: fc
      .uniqueArray(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 6 })
      .chain((names) =>
        fc.tuple(...names.map((name) => column(n).map((values) => [name, values] as const))).map((pairs) => new Map(pairs)),
      ),
  }),
);

test('a block comes back as it was', () => {
  fc.assert(
    fc.property(blocks, (block) => {
      expect(unpackBlock(packBlock(block))).toEqual(block);
    }),
  );
});

test('sums come back as they were', () => {
  fc.assert(
    fc.property(blocks, fc.string({ maxLength: 12 }), ({ times, columns }, name) => {
      const ones = times.map(() => 96);
      const sums: SummedBlock = { periods: Array.from(times, () => name), times, columns, known: columns, intervals: ones, expected: ones };
      expect(unpackSums(packSums(sums))).toEqual(sums);
    }),
  );
});

test('the same figures are the same bytes, and half of them are no block', () => {
  fc.assert(
    fc.property(blocks, (block) => {
      const bytes = packBlock(block);
      expect(packBlock({ times: block.times.slice(), columns: new Map(block.columns) })).toEqual(bytes);
      expect(() => unpackBlock(bytes.subarray(0, bytes.length >> 1))).toThrow();
    }),
  );
});

test('foreign bytes are refused, never misread or endless', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(0xb1, 0xc1, 0xa1), (bytes, mark) => {
      for (const read of [unpackBlock, unpackSums, unpackRecords]) {
        try {
          read(Uint8Array.from([mark, ...bytes]));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([0.5, Number.POSITIVE_INFINITY, 2 ** 52])('%d is no whole number of the ledger', (value) => {
  expect(() => packBlock({ times: Float64Array.of(0), columns: new Map([['a', Float64Array.of(value)]]) })).toThrow(RangeError);
});

test('a day of an idle asset takes few bytes', () => {
  const times = Float64Array.from({ length: 96 }, (_, i) => i * 900_000);
  const columns = new Map(['electricity.in.Wh', 'energy.Wh', 'carbon.mg'].map((name) => [name, new Float64Array(96)]));
  expect(packBlock({ times, columns }).length).toBeLessThan(80);
});

test('records come back to the last bit', () => {
  const float = fc.float({ noDefaultInfinity: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(float, float, float, fc.nat(255)), { maxLength: 100 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      (entries, from) => {
        const records: PointRecords = {
          from: from * 1000,
          interval_ms: 900_000,
          value: Float32Array.from(entries, (e) => e[0]),
          sigma: Float32Array.from(entries, (e) => e[1]),
          age_s: Float32Array.from(entries, (e) => e[2]),
          code: Uint8Array.from(entries, (e) => e[3]),
        };
        expect(sameRecords(unpackRecords(packRecords(records)), records)).toBe(true);
      },
    ),
  );
});
