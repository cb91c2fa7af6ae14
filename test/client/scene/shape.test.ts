import { describe, expect, test } from 'vitest';
import { build } from '../../../client/scene/build/build.ts';
import { modelOf } from '../../../client/scene/build/model.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { Mesh, part } from '../../../client/scene/shape/mesh.ts';
import { cleanArea, frameOf, inset, signedArea } from '../../../client/scene/shape/ring.ts';
import { gableStrips, sawtoothStrips, slopingBody } from '../../../client/scene/shape/roofs.ts';
import { matter } from '../../../client/scene/shape/solids.ts';
import { assetKinds } from '../../../models/kinds/kinds.ts';
import { parkOf, square } from './park-view.ts';

const L: [number, number][] = [
  [0, 0],
  [60, 0],
  [60, 20],
  [20, 20],
  [20, 50],
  [0, 50],
];

/** Plan area of all upward faces of a part, from the finished mesh. */
function planArea(mesh: Mesh, kind: number): number {
  const { position, paint, index } = mesh.finish();
  let sum = 0;
  for (let i = 0; i < index.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => index[i + k] as number) as [number, number, number];
    if (paint[4 * a + 3] !== kind) continue;
    const [x, z] = [(v: number) => position[3 * v] as number, (v: number) => position[3 * v + 2] as number];
    sum += ((x(b) - x(a)) * (z(c) - z(a)) - (x(c) - x(a)) * (z(b) - z(a))) / -2;
  }
  return sum;
}

describe('footprints', () => {
  test('rings are cleaned, closed ones opened, and wound so that the solid is on the left', () => {
    const area = cleanArea([[...L, L[0] as [number, number]].reverse()]);
    expect(area?.[0]).toHaveLength(6);
    expect(signedArea(area?.[0] ?? [])).toBeCloseTo(60 * 20 + 20 * 30, 6);
  });

  test('a ring without area is nothing', () => {
    expect(
      cleanArea([
        [
          [0, 0],
          [10, 0],
          [0, 0],
        ],
      ]),
    ).toBeNull();
    expect(
      cleanArea([
        [
          [Number.NaN, 0],
          [10, 0],
          [10, 10],
        ],
      ]),
    ).toBeNull();
  });

  test('an inset of a convex outline keeps its distance on every side', () => {
    const ring: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 6],
      [0, 6],
    ];
    expect(signedArea(inset(ring, 1))).toBeCloseTo(8 * 4, 6);
    expect(signedArea(inset(ring, -1))).toBeCloseTo(12 * 8, 6);
  });

  test('the frame of a turned rectangle is the rectangle', () => {
    const t = 0.4;
    const ring = [
      [0, 0],
      [30, 0],
      [30, 10],
      [0, 10],
    ].map(
      ([x, y]) =>
        [(x as number) * Math.cos(t) - (y as number) * Math.sin(t), (x as number) * Math.sin(t) + (y as number) * Math.cos(t)] as [
          number,
          number,
        ],
    );
    const frame = frameOf(ring);
    expect([frame.length, frame.width].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([30, 10]);
  });
});

describe('roofs', () => {
  test.each(['gable', 'sawtooth'] as const)('a %s roof covers an L exactly, whatever its strips', (kind) => {
    const area = cleanArea([L]) ?? [];
    const frame = frameOf(L);
    const made = kind === 'gable' ? gableStrips(frame, 0.2) : sawtoothStrips(frame, 8);
    const mesh = new Mesh();
    slopingBody(mesh, area, 0, 6, made.axis, made.strips, matter(0xffffff));
    expect(planArea(mesh, part.metric)).toBeCloseTo(60 * 20 + 20 * 30, 1);
  });
});

describe('the model', () => {
  test('every kind of asset has a shape, on a polygon and on a bare point, without a coordinate that is not a number', {
    timeout: 30_000,
  }, () => {
    for (const kind of assetKinds) {
      const polygon = square('p', 0, 0, 30, { kind });
      const point = square('q', 100, 0, 30, { kind, geometry: { type: 'Point', coordinates: [0.001, 0] } });
      for (const asset of [polygon, point]) {
        const [block] = modelOf(sitesOf(parkOf([asset])));
        expect(block?.index.length, kind).toBeGreaterThan(0);
        expect(block?.position.every(Number.isFinite), kind).toBe(true);
        expect(Math.max(...(block?.index ?? []))).toBeLessThan((block?.position.length ?? 0) / 3);
      }
    }
  });

  test('what is measured shows the colour of its value, and vacant land does not', () => {
    const kinds = assetKinds.filter((kind) => {
      const [block] = modelOf(sitesOf(parkOf([square('p', 0, 0, 30, { kind })])));
      return block?.paint.some((v, i) => i % 4 === 3 && v === part.metric);
    });
    expect(assetKinds.filter((k) => !kinds.includes(k))).toEqual(['plot']);
  });

  test('roof PV stands on its host, and not in the air when it is drawn elsewhere', () => {
    const sites = sitesOf(
      parkOf([
        square('hall', 0, 0, 60),
        square('on', 10, 10, 20, { kind: 'pv', at: 'hall' }),
        square('off', 200, 0, 20, { kind: 'pv', at: 'hall' }),
      ]),
    );
    expect(sites.map((s) => s.base)).toEqual([0, 10, 0]);
  });

  test('a large park becomes few blocks, each with its own assets', () => {
    const assets = [...Array(900).keys()].map((i) => square(`a${i}`, (i % 30) * 50, Math.floor(i / 30) * 50, 20));
    const blocks = modelOf(sitesOf(parkOf(assets)));
    expect(blocks).toHaveLength(4);
    const seen = blocks.flatMap((b) => [...new Set(b.asset)]);
    expect(new Set(seen).size).toBe(900);
    expect(seen).toHaveLength(900);
  });

  test('the ground darkens around what stands and nowhere else', { timeout: 30_000 }, () => {
    const { mask } = build(parkOf([square('a', -20, -20, 40), square('b', 200, 200, 10)])).built;
    if (!mask) throw new Error('a small park has its mask at once');
    const at = (x: number, y: number) => {
      const i = Math.floor(((x - mask.box[0]) / mask.box[2]) * mask.size);
      const j = Math.floor(((-y - mask.box[1]) / mask.box[3]) * mask.size);
      return mask.data[4 * (j * mask.size + i)] as number;
    };
    expect(at(0, 0)).toBeGreaterThan(150);
    expect(at(22, 0)).toBeGreaterThan(at(30, 0));
    expect(at(100, 0)).toBe(0);
  });
});

test.each(['tank', 'coolingTower'] as const)('every outline of a farm of %ss is drawn, not only the first', (kind) => {
  const outlines = [0, 40, 80].map((x) => square(`t${x}`, x, 0, 12).geometry);
  const coordinates = outlines.flatMap((g) => (g.type === 'Polygon' ? [g.coordinates] : []));
  const farm = square('farm', 0, 0, 12, { kind, geometry: { type: 'MultiPolygon', coordinates }, height_m: 9 });
  const tall = modelOf(sitesOf(parkOf([farm]))).flatMap(({ position }) => {
    const xs: number[] = [];
    for (let i = 0; i < position.length; i += 3) if ((position[i + 1] as number) > 5) xs.push(position[i] as number);
    return xs;
  });
  for (const x of [6, 46, 86]) expect(tall.some((one) => Math.abs(one - x) < 7)).toBe(true);
});
