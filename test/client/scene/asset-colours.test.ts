import { describe, expect, test } from 'vitest';
import { metricOf } from '../../../client/live/metric.ts';
import { bits, createPaintMemory, paintAssets, pattern } from '../../../client/scene/asset-colours.ts';
import { colourOf, hexToRgb, missingHex, scales } from '../../../models/colour.ts';
import type { AssetKind } from '../../../models/kinds/kinds.ts';
import { shownOf } from '../../../models/kinds/meaning.ts';
import { packQuality } from '../../../models/quality.ts';
import type { PortId } from '../../../models/units.ts';
import { layoutOf } from '../../../models/wire/layout.ts';

const shown = (id: string, kind: AssetKind, ports: PortId[]) => ({ id, kind, ports, ...shownOf({ kind, ports }) });
const halls = ['a', 'b', 'c', 'd'].map((id) => shown(id, 'building', ['electricity.in']));
const park = { assets: [...halls, shown('plot', 'plot', [])], lines: [], unmetered: [] };
const layout = layoutOf(park, 'full');
const ids = park.assets.map((a) => a.id);

function paint(
  fill: (id: string) => { intensity: number; quality: number; estimated: number },
  selected: string | null = null,
  lit: ReadonlySet<string> | null = null,
) {
  const values = new Float32Array(layout.size).fill(Number.NaN);
  for (const [id, slots] of layout.assets) {
    const v = fill(id);
    values[slots.intensity] = v.intensity;
    values[slots.quality] = v.quality;
    values[slots.estimatedShare] = v.estimated;
  }
  const view = metricOf(park, layout, 'intensity', values);
  return paintAssets(new Uint8Array(4 * ids.length), ids, layout, view, values, { selected, hovered: null, lit });
}
const good = packQuality({ origin: 'measured', validity: 'good', freshness: 'fresh' });
const at = (bytes: Uint8Array, id: string) => [...bytes.slice(4 * ids.indexOf(id), 4 * ids.indexOf(id) + 4)];

describe('colours of assets', () => {
  test('bytes are exactly those of the scale', () => {
    for (const value of [0, 37, 150, 222, 555, 1200]) {
      const bytes = paint(() => ({ intensity: value, quality: good, estimated: 0 }));
      expect(at(bytes, 'a')).toEqual([...(colourOf(scales.intensity, value) ?? []), 0]);
    }
  });

  test('what is missing is grey with dots and never zero', () => {
    const bytes = paint(() => ({ intensity: Number.NaN, quality: good, estimated: 0 }));
    expect(at(bytes, 'a')).toEqual([...hexToRgb(missingHex), pattern.dots]);
  });

  test('what its meters say is at rest is idle: quiet with its own mark, and not missing', () => {
    const values = new Float32Array(layout.size).fill(Number.NaN);
    values[layout.assets.get('b')?.idle ?? -1] = 1;
    values[layout.assets.get('c')?.idle ?? -1] = 1;
    // What it would take is known: nothing flows all the same.
    values[layout.assets.get('c')?.intensity ?? -1] = 400;
    const view = metricOf(park, layout, 'intensity', values);
    const bytes = paintAssets(new Uint8Array(4 * ids.length), ids, layout, view, values, { selected: null, hovered: null });
    for (const id of ['b', 'c']) expect(at(bytes, id)[3]).toBe(bits.quiet | bits.idle);
    expect(at(bytes, 'a')[3]).toBe(pattern.dots);
  });

  test('estimated, modelled and stale have their patterns, simulated has none', () => {
    const quality = {
      a: packQuality({ origin: 'modelled', validity: 'good', freshness: 'fresh' }),
      b: packQuality({ origin: 'measured', validity: 'good', freshness: 'stale' }),
      c: packQuality({ origin: 'simulated', validity: 'good', freshness: 'fresh' }),
      d: good,
    } as Record<string, number>;
    const bytes = paint((id) => ({ intensity: 100, quality: quality[id] ?? good, estimated: id === 'd' ? 0.4 : 0 }));
    expect(['a', 'b', 'c', 'd'].map((id) => at(bytes, id)[3])).toEqual([pattern.hatch, pattern.wideHatch, pattern.none, pattern.hatch]);
  });

  test('vacant land is quiet, not missing, and the selected one is marked', () => {
    const bytes = paint(() => ({ intensity: 100, quality: good, estimated: 0 }), 'b');
    expect((at(bytes, 'b')[3] ?? 0) & bits.selected).toBe(bits.selected);
    const plot = paint((id) => ({ intensity: id === 'plot' ? Number.NaN : 100, quality: good, estimated: 0 }));
    expect(at(plot, 'plot')[3]).toBe(bits.quiet);
  });

  test('while some are singled out all others are marked as stepping back, and every colour stays as it was', () => {
    const all = paint(() => ({ intensity: 100, quality: good, estimated: 0 }));
    const some = paint(() => ({ intensity: 100, quality: good, estimated: 0 }), null, new Set(['b']));
    expect(ids.map((id) => ((at(some, id)[3] ?? 0) & bits.ghosted) !== 0)).toEqual([true, false, true, true, true]);
    for (const id of ids) expect(at(some, id).slice(0, 3)).toEqual(at(all, id).slice(0, 3));
  });
});

describe('10,000 assets, every second', () => {
  const many = [...Array(10_000).keys()].map((i) => shown(`m${i}`, 'building', ['electricity.in']));
  const manyIds = many.map((a) => a.id);
  const wide = layoutOf({ assets: many, lines: [], unmetered: [] }, 'full');
  const slots = Int32Array.from(manyIds, (id) => wide.assets.get(id)?.intensity ?? -1);
  const values = new Float32Array(wide.size);
  const highlight = { selected: null, hovered: null };
  const change = (round: number) => {
    for (let i = 0; i < 1000; i++) values[slots[(i * 10 + round) % 10_000] as number] = (i * 37 + round * 11) % 900;
  };

  test('what did not change is not worked out again, and the bytes are the same as if everything were', () => {
    const memory = createPaintMemory(manyIds.length);
    const kept = new Uint8Array(40_000);
    for (let round = 0; round < 12; round++) {
      change(round);
      // Unknown for a while, and back.
      values[slots[round] as number] = round % 2 === 0 ? Number.NaN : 300;
      const view = metricOf({ assets: many }, wide, 'intensity', values);
      paintAssets(kept, manyIds, wide, view, values, highlight, memory);
      const fresh = paintAssets(new Uint8Array(40_000), manyIds, wide, view, values, highlight);
      expect(Buffer.compare(kept, fresh)).toBe(0);
    }
  });

  test('1,000 of them recoloured make no garbage', () => {
    const memory = createPaintMemory(manyIds.length);
    const out = new Uint8Array(40_000);
    const park = { assets: many };
    const run = (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        change(round);
        paintAssets(out, manyIds, wide, metricOf(park, wide, 'intensity', values), values, highlight, memory);
      }
    };
    run(200);
    // A collection in between shows as less; a single small object for each asset and round would be 6 MB or more every time.
    const grown = Array.from({ length: 9 }, () => {
      const before = process.memoryUsage().heapUsed;
      run(40);
      return process.memoryUsage().heapUsed - before;
    }).filter((bytes) => bytes >= 0);
    expect(grown.length).toBeGreaterThan(3);
    expect(Math.max(...grown)).toBeLessThan(2_000_000);
  });
});
