/** Streets between the blocks that are built, lanes through them, meadows where nothing is built yet, and the park's boundary. */
import type { Draft } from './draft.ts';
import { circle, rectangle } from './footprints.ts';
import { districtBlocks, laneWidth, margin, pitch, type StreetBlock, type Uv } from './street-grid.ts';

export function layStreets(draft: Draft, blocks: readonly StreetBlock[]): void {
  const columns = blocks.map((b) => b.column);
  const rows = blocks.map((b) => b.row);
  const [c0, c1, r0, r1] = [Math.min(...columns), Math.max(...columns) + 1, Math.min(...rows), Math.max(...rows) + 1];
  const box = [c0 * pitch.u, r0 * pitch.v, c1 * pitch.u, r1 * pitch.v] as const;
  const road = (line: Uv[], avenue: boolean) =>
    draft.context.push({
      kind: 'road',
      properties: avenue ? { class: 'avenue', width_m: 20, median_m: 3 } : { class: 'street', width_m: 13 },
      geometry: { type: 'LineString', line },
    });
  const reach = 26;
  for (let r = r0; r <= r1; r++)
    road(
      [
        [box[0] - reach, r * pitch.v],
        [box[2] + reach, r * pitch.v],
      ],
      r % districtBlocks.v === 0,
    );
  for (let c = c0; c <= c1; c++)
    road(
      [
        [c * pitch.u, box[1] - reach],
        [c * pitch.u, box[3] + reach],
      ],
      c % districtBlocks.u === 0,
    );
  for (let r = r0; r < r1; r++) {
    const here = blocks.filter((b) => b.row === r).map((b) => b.column);
    if (here.length === 0) continue;
    const v = (r + 0.5) * pitch.v;
    draft.context.push({
      kind: 'road',
      properties: { class: 'access', width_m: laneWidth },
      geometry: {
        type: 'LineString',
        line: [
          [Math.min(...here) * pitch.u + 6, v],
          [(Math.max(...here) + 1) * pitch.u - 6, v],
        ],
      },
    });
  }
  const built = new Set(blocks.map((b) => `${b.column} ${b.row}`));
  for (let c = c0; c < c1; c++) {
    for (let r = r0; r < r1; r++) {
      if (built.has(`${c} ${r}`)) continue;
      const at = margin - 3;
      const field: [number, number, number, number] = [c * pitch.u + at, r * pitch.v + at, (c + 1) * pitch.u - at, (r + 1) * pitch.v - at];
      draft.context.push({ kind: 'green', properties: { surface: 'meadow' }, geometry: { type: 'Polygon', rings: [rectangle(field)] } });
    }
  }
  const edge = 34;
  draft.context.push({
    kind: 'boundary',
    properties: {},
    geometry: { type: 'Polygon', rings: [rectangle([box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge])] },
  });
  // Parks at least as wide as a district have a lake outside their southern edge.
  if (c1 - c0 < districtBlocks.u) return;
  const [u, v, long] = [(box[0] + box[2]) / 2, box[1] - 190, (box[2] - box[0]) * 0.34];
  draft.context.push({
    kind: 'water',
    properties: { name: { en: 'Lake', zh: '湖' } },
    geometry: {
      type: 'Polygon',
      rings: [circle([0, 0], 1, 48).map(([x, y]): Uv => [u + long * x, v + y * (95 + 22 * Math.sin(5 * x) + 10 * Math.cos(9 * x))])],
    },
  });
}
