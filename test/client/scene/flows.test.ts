import { describe, expect, test } from 'vitest';
import { writeFlows } from '../../../client/scene/flow-values.ts';
import { gap_m } from '../../../client/scene/shaders/flow.ts';
import { flowSegments } from '../../../client/scene/shape/flows.ts';
import type { ParkView } from '../../../models/api/park-view.ts';
import { colourOf, hexToRgb, missingHex, scales } from '../../../models/colour.ts';
import { scaleOf } from '../../../models/kinds/meaning.ts';
import { layoutOf } from '../../../models/wire/layout.ts';

const course = {
  type: 'LineString' as const,
  coordinates: [
    [0, 0],
    [30, 0],
    [30, 40],
  ],
};
const line = (id: string, more: Partial<ParkView['lines'][number]> = {}): ParkView['lines'][number] => ({
  id,
  feature: 'line',
  carrier: 'electricity',
  scale: scaleOf(more.carrier ?? 'electricity'),
  from: 'a',
  to: 'b',
  loss: 0,
  length_m: 70,
  open: false,
  implied: false,
  geometry: course,
  ...more,
});
const lines = [line('run'), line('back'), line('open', { open: true }), line('dark'), line('heat', { carrier: 'heat' })];
const layout = layoutOf({ assets: [], lines, unmetered: [] }, 'full');

function written(shown = {}) {
  const values = new Float32Array(layout.size).fill(Number.NaN);
  const set = (id: string, power: number, intensity: number) => {
    const slots = layout.lines.get(id);
    values[slots?.power ?? -1] = power;
    values[slots?.intensity ?? -1] = intensity;
  };
  set('run', 1000, 300);
  set('back', -10, 300);
  set('open', 0, Number.NaN);
  set('heat', 500, 100);
  const out = new Float32Array(8 * lines.length);
  const running = writeFlows(out, 0, lines, layout, values, shown, null);
  return { out, values, running, speeds: lines.map((_, i) => out[8 * i + 6] as number) };
}
const rgb = (out: Float32Array, i: number) => [...out.slice(8 * i, 8 * i + 3)].map((v) => Math.round(v * 255));

describe('lines', () => {
  test('follow their course, with the distance walked so far', () => {
    const s = flowSegments([line('x'), line('unknown', { geometry: null, implied: true })], (lon, lat) => [lon, lat]);
    expect(s.count).toBe(2);
    expect([...s.ends]).toEqual([0, -0, 30, -0, 30, -0, 30, -40]);
    expect([...s.place]).toEqual([0, 0, 0, 30]);
  });

  test('have the exact colour of what flows, heat on its own scale', () => {
    const { out } = written();
    expect(rgb(out, 0)).toEqual([...(colourOf(scales.intensity, 300) ?? [])]);
    expect(rgb(out, 4)).toEqual([...(colourOf(scales.heatIntensity, 100) ?? [])]);
  });

  test('pulses run the way the power goes, and stand where none is or none is known', () => {
    const { speeds } = written();
    expect(speeds[0]).toBeGreaterThan(0);
    expect(speeds[1]).toBeLessThan(0);
    expect([speeds[2], speeds[3]]).toEqual([0, 0]);
  });

  test('an open point and an unknown line are grey', () => {
    const { out } = written();
    for (const i of [2, 3]) expect(rgb(out, i)).toEqual([...hexToRgb(missingHex)]);
  });

  test('a carrier that is not shown has no width', () => {
    const { out } = written({ heat: false });
    expect(out[8 * 4 + 4]).toBe(0);
    expect(out[4]).toBeGreaterThan(0);
  });

  test('pulses go on from where they are when the power changes', () => {
    const { out, values } = written();
    const speed = out[6] as number;
    expect(writeFlows(out, 10, lines, layout, values, {}, null)).toBe(3);
    expect(out[5]).toBeCloseTo((10 * speed) % gap_m, 3);
    // Backwards they stay between zero and the gap as well.
    expect(out[8 + 5]).toBeGreaterThanOrEqual(0);
    expect(out[8 + 5]).toBeLessThan(gap_m);
  });

  test('a park whose lines are hidden or at rest has nothing that runs', () => {
    expect(written().running).toBe(3);
    expect(written({ electricity: false, heat: false }).running).toBe(0);
  });
});
