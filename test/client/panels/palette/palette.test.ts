import { describe, expect, test } from 'vitest';
import { allActions } from '../../../../client/panels/actions/actions.ts';
import { type Entry, entriesOf, find } from '../../../../client/panels/palette/entries.ts';
import { fitOf, plain, wordsOf } from '../../../../client/panels/palette/fuzzy.ts';
import { momentsIn } from '../../../../client/panels/palette/moments.ts';
import { zoneOffset } from '../../../../models/time/local-time.ts';
import { sampleView } from '../../sample-view.ts';

const score = (text: string, query: string) => fitOf(plain(text), wordsOf(query))?.score ?? null;

describe('what is typed', () => {
  test('fits as a part, with its signs in order, without accents, in either script', () => {
    for (const [text, query] of [
      ['Cold store 2', 'cldst'],
      ['Cold store 2', 'store cold'],
      ['Café Zürich', 'cafe zurich'],
      ['冷冻站', '冷站'],
      ['光伏屋顶（三号厂房）', '三号厂房'],
    ] as const) {
      expect(score(text, query), `${query} in ${text}`).not.toBeNull();
    }
  });

  test('does not fit where a word is missing or its signs lie far apart', () => {
    expect(score('Cold store 2', 'cold hall')).toBeNull();
    expect(score('Substation of the western industrial road', 'sod')).toBeNull();
    expect(score('冷冻站', '站冷')).toBeNull();
  });

  test('fits a whole name better than the start of one, that better than the middle of a word', () => {
    const scores = [score('hall', 'hall'), score('hall 3', 'hall'), score('main hall', 'hall'), score('marshall', 'hall')];
    expect(scores).toEqual([...scores].sort((a, b) => Number(b) - Number(a)));
    expect(new Set(scores).size).toBe(4);
  });

  test('is set off where it stands', () => {
    expect(fitOf('cold store', ['store', 'col'])?.ranges).toEqual([
      [0, 3],
      [5, 10],
    ]);
    expect(fitOf(plain('Éclair'), ['ec'])?.ranges).toEqual([[0, 2]]);
  });
});

describe('what is found', () => {
  const view = sampleView();
  const park = {
    ...view,
    assets: view.assets.map((asset) => (asset.id === 'hall' ? { ...asset, tenant: 'north' } : asset)),
    metadata: { ...view.metadata, tenants: [{ id: 'north', name: { en: 'Northlight Foods', zh: '北光食品' } }] },
  };
  const entries = entriesOf(park as never, allActions, {
    marks: () => undefined,
    text: (text) => text.en,
    kind: (kind) => kind,
    carrier: (carrier) => carrier,
    action: (id) => (id === 'report' ? 'Report of a period' : id),
    actionEverywhere: (id) => (id === 'report' ? ['某一时期的报告'] : []),
    actionGroup: () => 'group',
    group: ({ by, value }) => ({ name: by === 'tenant' ? 'Northlight Foods' : `all ${value}`, detail: 'Show only these' }),
  });
  const keys = (query: string, recent: string[] = []) => find(entries, query, recent).map(({ entry }) => entry.key);

  test('has an asset by its name, its kind, its id and its tenant in any language', () => {
    for (const query of ['hall', 'northlight', '北光', 'north building']) expect(keys(query), query).toContain('asset:hall');
    expect(keys('hall')[0]).toBe('asset:hall');
    // The tenant itself comes before what it rents.
    expect(keys('northlight').slice(0, 2)).toEqual(['only:tenant:north', 'asset:hall']);
  });

  test('has no action that is of use as a key only', () => {
    expect(keys('next')).toEqual([]);
  });

  test('has an action by its words in the language shown and in the other', () => {
    expect(keys('report')[0]).toBe('action:report');
    expect(keys('报告')[0]).toBe('action:report');
  });

  test('begins with what was found last, then everything that can be done, until something is typed', () => {
    const shown = keys('', ['asset:hall', 'action:report', 'asset:gone']);
    expect(shown.slice(0, 2)).toEqual(['asset:hall', 'action:report']);
    expect(shown.slice(2).every((key) => key.startsWith('action:'))).toBe(true);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test('puts the moment that was typed first', () => {
    const moment: Entry = { key: 'moment:1', kind: 'moment', name: 'Mon 12 Oct', detail: '', names: [], moment: 1 };
    expect(find([...entries, moment], '10-12 hall', [])[0]?.entry).toBe(moment);
  });

  test('of ten thousand assets comes while one types', () => {
    const [one] = entries.filter(({ kind }) => kind === 'asset');
    const many = Array.from({ length: 10_000 }, (_, i): Entry => {
      const name = `hall number ${i}`;
      return { ...(one as Entry), key: `asset:${i}`, name, names: [name, `asset-${i} factory tenant of the north`] };
    });
    find(many, 'hall 99', []);
    const start = performance.now();
    expect(find(many, 'hll nmbr 9999', [])[0]?.entry.key).toBe('asset:9999');
    expect(performance.now() - start).toBeLessThan(800);
  });
});

describe('a moment', () => {
  const offset = zoneOffset('Asia/Shanghai');
  const calendar = {
    now: Date.parse('2026-06-21T12:00+08:00'),
    from: Date.parse('2025-06-01T00:00+08:00'),
    until: Date.parse('2026-06-21T12:00+08:00'),
    offset,
  };
  const told = (query: string) => momentsIn(query, calendar).map((time) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 16));

  test.each([
    ['yesterday', '2026-06-20T12:00'],
    ['Yesterday 14:30', '2026-06-20T14:30'],
    ['昨天 8点', '2026-06-20T08:00'],
    ['8点半', '2026-06-21T08:30'],
    ['11:00', '2026-06-21T11:00'],
    ['13:00', '2026-06-20T13:00'],
    ['2026-03-01', '2026-03-01T12:00'],
    ['2026-03-01 06:15', '2026-03-01T06:15'],
    ['10-12 6:30', '2025-10-12T06:30'],
    ['10月12日', '2025-10-12T12:00'],
  ])('%s is %s', (query, time) => {
    expect(told(query)).toEqual([time]);
  });

  test.each(['tomorrow', 'hall 3', '2026-13-01', '2026-02-30', '25:00', '2030-01-01', '2020-01-01', ''])('%s is none', (query) => {
    expect(told(query)).toEqual([]);
  });
});
