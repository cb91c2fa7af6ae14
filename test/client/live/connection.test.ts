import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { bytesOf, clearMirror, takeSnapshot, takeUpdate } from '../../../client/live/connection.ts';
import { mirror } from '../../../client/live/mirror.ts';
import { changedSlots, decodeUpdate, encodeUpdate } from '../../../models/wire/codec.ts';
import { sampleLayout, sampleView, snapshotOf } from '../sample-view.ts';

const view = sampleView();
const layout = sampleLayout(view);
const blank = () => new Float32Array(layout.size).fill(Number.NaN);

function updateOf(before: Float32Array, after: Float32Array, seq: number, epoch = 1): Uint8Array {
  return encodeUpdate({ epoch, seq, time: 1_000_000 + 1000 * seq, ...changedSlots(before, after) });
}

beforeEach(() => clearMirror());

describe('the mirror', () => {
  test('shows nothing before the first snapshot and ignores updates until then', () => {
    expect(takeUpdate(updateOf(blank(), blank().fill(1), 1), 0)).toBe('gap');
    expect(mirror.layout).toBeNull();
  });

  test('takes the next update, tells of a gap, forgets what is old', () => {
    expect(takeSnapshot(view, snapshotOf(view, blank()), 5)).toBe(true);
    const next = blank();
    next[3] = 42;
    expect(takeUpdate(updateOf(blank(), next, 1), 6)).toBe('taken');
    expect(mirror.values[3]).toBe(42);
    expect(mirror.time).toBe(1_001_000);
    expect(mirror.heard).toBe(6);
    expect(takeUpdate(updateOf(blank(), next, 1), 7)).toBe('old');
    expect(takeUpdate(updateOf(next, blank().fill(0), 3), 8)).toBe('gap');
    expect(mirror.values[3]).toBe(42);
  });

  test('changes nothing between a gap and the snapshot that mends it, so that numbers and time belong together', () => {
    takeSnapshot(view, snapshotOf(view, blank()), 0);
    const { changes } = mirror;
    takeUpdate(updateOf(blank(), blank().fill(2), 2), 1);
    takeUpdate(updateOf(blank(), blank().fill(3), 3), 2);
    expect(mirror.changes).toBe(changes);
    expect(mirror.time).toBe(1_000_000);
  });

  test('of another epoch is a gap: a restarted twin starts over', () => {
    takeSnapshot(view, snapshotOf(view, blank()), 0);
    expect(takeUpdate(updateOf(blank(), blank().fill(1), 1, 2), 1)).toBe('gap');
  });

  test('refuses a snapshot of another version of the park, or of another park', () => {
    expect(takeSnapshot(view, { ...snapshotOf(view, blank()), values: new Uint8Array(8) }, 0)).toBe(false);
    expect(takeSnapshot(view, snapshotOf(view, blank(), { park: 'elsewhere' }), 0)).toBe(false);
    expect(mirror.layout).toBeNull();
  });

  test('refuses a snapshot of another revision although its length fits, and keeps what it has', () => {
    takeSnapshot(view, snapshotOf(view, blank().fill(3)), 0);
    expect(takeSnapshot(view, snapshotOf(view, blank().fill(4), { revision: 'second', epoch: 2 }), 1)).toBe(false);
    expect([mirror.values[0], mirror.epoch, mirror.heard]).toEqual([3, 1, 0]);
  });

  test('keeps its layout object while the park and the audience stay the same', () => {
    takeSnapshot(view, snapshotOf(view, blank()), 0);
    const { layout } = mirror;
    takeSnapshot(view, snapshotOf(view, blank(), { seq: 9 }), 0);
    expect(mirror.layout).toBe(layout);
  });

  test('refuses bytes that are not an update', () => {
    takeSnapshot(view, snapshotOf(view, blank()), 0);
    expect(() => takeUpdate(new Uint8Array(5), 0)).toThrow('not an update');
    expect(() => takeUpdate('nonsense', 0)).toThrow('not bytes');
  });

  test('reads bytes as browsers and as Node give them, wherever they lie', () => {
    const sent = Uint8Array.of(1, 2, 3);
    for (const bytes of [sent, sent.buffer, Buffer.from(sent)])
      expect([...new Uint8Array(bytesOf(bytes) as ArrayBuffer)]).toEqual([1, 2, 3]);
    const pool = Buffer.alloc(200);
    const update = Buffer.from(updateOf(blank(), blank().fill(7, 0, 2), 9));
    update.copy(pool, 3);
    expect(decodeUpdate(pool.subarray(3, 3 + update.length))).toMatchObject({ seq: 9, values: Float32Array.of(7, 7) });
  });

  test('ends in the state of the twin whichever updates were lost, doubled or swapped', () => {
    const moves = fc.array(
      fc.record({ slot: fc.nat(layout.size - 1), value: fc.float({ noNaN: false }), fate: fc.constantFrom('arrives', 'lost', 'doubled') }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(moves, (moves) => {
        clearMirror();
        let twin = blank();
        takeSnapshot(view, snapshotOf(view, twin), 0);
        moves.forEach(({ slot, value, fate }, i) => {
          const after = twin.slice();
          after[slot] = value;
          const bytes = updateOf(twin, after, i + 1);
          twin = after;
          if (fate === 'lost') return;
          if (takeUpdate(bytes, i) === 'gap') takeSnapshot(view, snapshotOf(view, twin, { seq: i + 1 }), i);
          if (fate === 'doubled') takeUpdate(bytes, i);
        });
        const seq = moves.length + 1;
        if (takeUpdate(updateOf(twin, twin, seq), 0) === 'gap') takeSnapshot(view, snapshotOf(view, twin, { seq }), 0);
        expect(mirror.seq).toBe(seq);
        expect([...mirror.values]).toEqual([...twin]);
      }),
      { numRuns: 200 },
    );
  });
});
