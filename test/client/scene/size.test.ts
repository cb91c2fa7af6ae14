import { InstancedMesh, Matrix4 } from 'three';
import { describe, expect, test } from 'vitest';
import { build } from '../../../client/scene/build/build.ts';
import { boxOf, farBlockOf } from '../../../client/scene/build/far.ts';
import { blockOf, inBlocks } from '../../../client/scene/build/model.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { chooseNear, createNearChoice } from '../../../client/scene/near-choice.ts';
import { fieldOf, fillNear } from '../../../client/scene/near-instances.ts';
import { part } from '../../../client/scene/shape/mesh.ts';
import { assetKinds } from '../../../models/kinds/kinds.ts';
import { parkOf, square } from './park-view.ts';

describe('a large park', () => {
  const assets = [...Array(2000).keys()].map((i) =>
    square(`a${i}`, (i % 50) * 60, Math.floor(i / 50) * 60, 24, {
      kind: assetKinds[i % 7 === 0 ? i % assetKinds.length : 0] ?? 'building',
    }),
  );
  const park = parkOf(assets);

  test('is built as seen from afar, with every asset that is coloured, a fifth of the triangles or less', () => {
    const { built, near } = build(park);
    expect(built.boxes).toHaveLength(6 * built.model.length);
    const sites = sitesOf(park);
    const coloured = new Set(sites.filter((s) => s.asset.kind !== 'plot').map((s) => s.index));
    const seen = new Set(built.model.flatMap((m) => [...m.asset].filter((_, v) => m.paint[4 * v + 3] === part.metric)));
    expect([...coloured].filter((i) => !seen.has(i) && assets[i]?.kind !== 'wind')).toEqual([]);
    const far = built.model.reduce((n, m) => n + m.index.length, 0);
    const whole = built.model.reduce((n, _, block) => n + near(block).model.index.length, 0);
    expect(far).toBeLessThan(whole / 5);
  });

  test('gives the whole of a block when somebody comes near: the same as a small park would have', () => {
    const { near } = build(park);
    const [first] = inBlocks(sitesOf(park));
    const bytes = (m: object) => Object.values(m).map((a: Float32Array) => Buffer.from(a.buffer).toString('base64'));
    expect(bytes(near(0).model).join() === bytes(blockOf(first ?? [])).join()).toBe(true);
  });

  test('has its ground shaded later, and no more than 60 draw calls for 10,000 assets in blocks', () => {
    const { built, mask } = build(park);
    expect(built.mask).toBeNull();
    expect(mask().data.findIndex((byte, i) => i % 4 === 0 && byte > 100)).toBeGreaterThan(-1);
    // Sky, ground, lines, edges, trees, cars, outlines and the like need sixteen at most.
    const many = [...Array(10_000).keys()].map((i) => square(`b${i}`, (i % 100) * 60, Math.floor(i / 100) * 60, 24));
    expect(inBlocks(sitesOf(parkOf(many))).length).toBeLessThanOrEqual(44);
  });
});

test('a small park has everything at once', () => {
  const { built } = build(parkOf([square('a', 0, 0, 20), square('b', 60, 0, 20)]));
  expect(built.boxes).toBeNull();
  expect(built.mask).not.toBeNull();
  expect(built.edges.length).toBeGreaterThan(0);
});

test('every far form lies within the box of its block and is closed above', () => {
  for (const kind of assetKinds) {
    const sites = sitesOf(parkOf([square('x', 10, 20, 30, { kind, height_m: 9 })]));
    const { position } = farBlockOf(sites);
    const [x0, , z0, x1, y1, z1] = boxOf(sites);
    const reach = kind === 'wind' ? 200 : 2;
    for (let i = 0; i < position.length; i += 3) {
      expect(position[i]).toBeGreaterThan(x0 - reach);
      expect(position[i]).toBeLessThan(x1 + reach);
      expect(position[i + 1]).toBeLessThan(y1 + reach);
      expect(position[i + 2]).toBeGreaterThan(z0 - reach);
      expect(position[i + 2]).toBeLessThan(z1 + reach);
    }
  }
});

describe('which blocks are near', () => {
  // A row of ten blocks, 100 m each.
  const boxes = Float32Array.from([...Array(10).keys()].flatMap((i) => [100 * i, 0, 0, 100 * i + 100, 20, 100]));
  const listed = (near: Uint8Array) => [...near.keys()].filter((i) => near[i] === 1);

  test('those within reach of the eye, and only a change is a change', () => {
    const choice = createNearChoice(10);
    const reach = { metres: 140, most: 9 };
    expect(chooseNear(choice, boxes, 450, 10, 50, reach)).toBe(true);
    expect(listed(choice.near)).toEqual([3, 4, 5]);
    expect(chooseNear(choice, boxes, 452, 10, 50, reach)).toBe(false);
    expect(chooseNear(choice, boxes, 450, 5000, 50, reach)).toBe(true);
    expect(listed(choice.near)).toEqual([]);
  });

  test('a block that is near stays a little longer', () => {
    const choice = createNearChoice(10);
    const reach = { metres: 100, most: 9 };
    chooseNear(choice, boxes, 50, 10, 50, reach);
    expect(listed(choice.near)).toEqual([0, 1]);
    chooseNear(choice, boxes, 310, 10, 50, reach);
    expect(listed(choice.near), '110 m from block 1').toEqual([1, 2, 3, 4]);
    // 110 m from block 2: outside of its reach, inside of its slack.
    chooseNear(choice, boxes, 410, 10, 50, reach);
    expect(listed(choice.near)).toEqual([2, 3, 4, 5]);
  });

  test('never more than may be drawn: the farthest give way', () => {
    const choice = createNearChoice(10);
    chooseNear(choice, boxes, 520, 10, 50, { metres: 5000, most: 3 });
    expect(listed(choice.near)).toEqual([4, 5, 6]);
  });
});

test('of many small things those within reach are drawn, with their own places and colours', () => {
  const all = new InstancedMesh(undefined, undefined, 100);
  for (let i = 0; i < 100; i++) all.setMatrixAt(i, new Matrix4().makeTranslation(10 * i, 0, 0));
  const field = fieldOf(all);
  const mesh = new InstancedMesh(undefined, undefined, 8);
  fillNear(mesh, field, 500, 0, 25);
  expect(mesh.count).toBe(5);
  const drawn = new Matrix4();
  mesh.getMatrixAt(0, drawn);
  expect(drawn.elements[12]).toBe(480);
  fillNear(mesh, field, 500, 0, 1000);
  expect(mesh.count, 'as many as there is room for').toBe(8);
  fillNear(mesh, field, -5000, 0, 100);
  expect(mesh.visible).toBe(false);
});
