import { describe, expect, test } from 'vitest';
import { metricOf } from '../../../client/live/metric.ts';
import { bits, paintAssets, pattern } from '../../../client/scene/asset-colours.ts';
import { colourOf, hexToRgb, missingHex, scales } from '../../../models/colour.ts';
import { layoutOf } from '../../../models/protocol.ts';
import { packQuality } from '../../../models/reading.ts';
import type { PortId } from '../../../models/units.ts';

const assets = ['a', 'b', 'c', 'd'].map((id) => ({ id, kind: 'building' as const, ports: ['electricity.in'] as PortId[] }));
const park = { assets: [...assets, { id: 'plot', kind: 'plot' as const, ports: [] as PortId[] }], lines: [], unmetered: [] };
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
    const power = layout.assets.get('b')?.ports['electricity.in']?.power ?? -1;
    values[power] = 0;
    const view = metricOf(park, layout, 'intensity', values);
    const bytes = paintAssets(new Uint8Array(4 * ids.length), ids, layout, view, values, { selected: null, hovered: null });
    expect(at(bytes, 'b')[3]).toBe(bits.quiet | bits.idle);
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
