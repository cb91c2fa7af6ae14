import { beforeEach, describe, expect, test } from 'vitest';
import { linkedIn, writeLink } from '../../../client/live/address.ts';
import { useChoices } from '../../../client/live/choices.ts';
import { clearMirror } from '../../../client/live/connection.ts';
import { followMarks, isolate, litBy, onlyText, readOnly } from '../../../client/live/isolate.ts';
import { markOf, marksNow } from '../../../client/live/marks-now.ts';
import { metricOf } from '../../../client/live/metric.ts';
import { live, liveChanged, mirror } from '../../../client/live/mirror.ts';
import { searchOf } from '../../../client/locales/mark-names.ts';
import { entriesOf, find } from '../../../client/panels/palette/entries.ts';
import { bits, paintAssets, pattern } from '../../../client/scene/asset-colours.ts';
import { toDocument, viewOf } from '../../../models/api/park-view.ts';
import type { AssetState } from '../../../models/api/state.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { type CountedMark, carries, countedMarks, type MarkSet } from '../../../models/telemetry/marks.ts';
import { apply, createState, step } from '../../../models/telemetry/state.ts';
import { fillSlots } from '../../../models/wire/fill-slots.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import { stateDocument } from '../../../models/wire/state-document.ts';
import { asset, tinyPark } from '../../models/tiny-park.ts';

const T = Date.UTC(2026, 5, 1, 4);
const hour = 3_600_000;

/** The tiny park with a ring main (no ports, in the network) and a vacant plot (in none). */
const tiny = tinyPark();
const [line] = tiny.lines;
if (!line) throw new Error('the tiny park has no line');
const park = tinyPark({
  assets: [...tiny.assets, asset('ring', 'substation', []), asset('meadow', 'plot', [])],
  lines: [...tiny.lines, { ...line, id: 'to-ring', from: line.to, to: 'ring' }],
});
const compiled = compile(park);
const view = viewOf(JSON.parse(JSON.stringify(toDocument(park, { mode: 'simulated', audience: 'full', warnings: [], revision: 'first' }))));
const layout = layoutOf(view, 'full');

/** What was said last of each, by how many ms ago; whoever is left out never said anything. */
function show(ages: Record<string, [age_ms: number, value: number]>) {
  const state = createState(compiled);
  const readings = Object.entries(ages).map(([point, [age, value]]) => ({ point, time: T - age, value, quality: 'good' as const }));
  apply(state, readings);
  const values = new Float32Array(layout.size).fill(Number.NaN);
  fillSlots(layout, compiled, step(state, T), T - hour, values);
  Object.assign(live, { values, time: T, base: T - hour });
  Object.assign(mirror, { layout, layoutPark: view });
  liveChanged();
  return stateDocument(layout, values, { park: 'tiny', time: T, base: T - hour, seq: 1, epoch: 1, preliminary: true });
}

/** As whoever reads the interface alone would work it out, from METHODS 8. */
function heldOf(state: AssetState, isIdle: boolean, ports: number): CountedMark[] {
  if (state.freshness === null) return [];
  const known = state.intensity_gPerKwh !== null;
  const missing = state.freshness === 'missing' || (!known && !isIdle && ports > 0);
  const guess = state.origin === 'estimated' || state.origin === 'modelled' || state.validity === 'bad' || state.freshness === 'missing';
  const estimated = known && (guess || (state.estimatedShare ?? 0) > 0.1);
  const held: CountedMark[] = [
    ...(isIdle ? (['idle'] as const) : []),
    ...(estimated ? (['estimated'] as const) : []),
    ...(state.freshness === 'stale' ? (['stale'] as const) : []),
    ...(missing ? (['missing'] as const) : []),
  ];
  return held.length > 0 ? held : ['plain'];
}

const fresh = { grid_kw: [1000, 110], hall_kw: [1000, 130], roof_kw: [1000, 60], battery_kw: [0, -20] } as Record<string, [number, number]>;
/** The hall's meter has been silent for three hours, the roof's says nothing for a minute. */
const troubled = { ...fresh, hall_kw: [3 * hour, 130], roof_kw: [60_000, 60] } as typeof fresh;

describe('marks and counts', () => {
  beforeEach(() => {
    clearMirror();
    useChoices.setState({ ...useChoices.getInitialState(), park: view }, true);
  });

  test.each([
    ['all is well', fresh],
    ['a meter is silent and another late', troubled],
    ['only the grid speaks', { grid_kw: [1000, 110] } as typeof fresh],
    ['nobody speaks', {}],
  ])('the legend counts what the interface says when %s', (_when, said) => {
    const { assets } = show(said);
    const told = Object.entries(assets).map(([id, state]) => {
      const powers = Object.values(state.ports ?? {});
      return heldOf(state, powers.length > 0 && powers.every((kW) => kW === 0), layout.assets.get(id) ? powers.length : 0);
    });
    for (const mark of countedMarks) {
      expect(marksNow()?.counts[mark], mark).toBe(told.filter((held) => held.includes(mark)).length);
    }
  });

  test('a silent meter that a number stands in spite of counts as missing and as estimated, a ring main by its own quality', () => {
    const { assets } = show(troubled);
    expect(assets['hall']?.freshness).toBe('missing');
    expect(marksNow()?.counts).toMatchObject({ missing: 2, stale: 2 });
    const holds = (id: string) => countedMarks.filter((mark) => carries(marksNow()?.of.get(id) ?? 0, mark));
    expect(holds('hall')).toEqual(['estimated', 'missing']);
    expect(holds('roof')).toEqual(['stale']);
    expect(assets['ring']?.freshness).toBe('stale');
    expect(holds('ring')).toContain('stale');
  });

  test('vacant land stands in no network: the interface gives it no origin, validity or freshness, and nobody counts it', () => {
    const { assets } = show(fresh);
    expect(assets['meadow']).toMatchObject({ origin: null, validity: null, freshness: null, intensity_gPerKwh: null });
    expect(countedMarks.filter((mark) => carries(marksNow()?.of.get('meadow') ?? 0, mark))).toEqual([]);
    expect(markOf(metricOf(view, layout, 'intensity'), layout, 'meadow')).toBe('unmetered');
  });

  test('what is drawn is one of the marks that hold, and the scene and the plan draw the same', () => {
    const drawnAs = { plain: 0, estimated: pattern.hatch, stale: pattern.wideHatch, missing: pattern.dots };
    for (const said of [fresh, troubled, { grid_kw: [1000, 110] } as typeof fresh, {}]) {
      show(said);
      const metric = metricOf(view, layout, 'intensity');
      const ids = view.assets.map(({ id }) => id);
      const bytes = paintAssets(new Uint8Array(4 * ids.length), ids, layout, metric, mirror.values, { selected: null, hovered: null });
      for (const [i, id] of ids.entries()) {
        const drawn = markOf(metric, layout, id);
        const alpha = bytes[4 * i + 3] ?? 0;
        if (drawn === 'unmetered' || drawn === 'idle') expect(alpha & bits.quiet, id).toBe(bits.quiet);
        else {
          expect(alpha, id).toBe(drawnAs[drawn]);
          expect(carries(marksNow()?.of.get(id) as MarkSet, drawn), id).toBe(true);
        }
      }
    }
  });

  test('a click on a row of the legend shows which, the address keeps it, and those that are lit follow the marks', () => {
    show(troubled);
    isolate({ by: 'mark', value: 'missing' });
    const lit = () => view.assets.filter(({ id }) => useChoices.getState().lit?.has(id)).map(({ id }) => id);
    expect(lit()).toHaveLength(marksNow()?.counts.missing ?? -1);
    expect(lit()).toContain('hall');
    const search = writeLink('', useChoices.getState(), null);
    expect(search).toBe('?only=mark%3Amissing');
    expect(linkedIn(view, search)).toMatchObject({
      only: { by: 'mark', value: 'missing' },
      lit: litBy(view, { by: 'mark', value: 'missing' }),
    });
    const end = followMarks(view);
    show(fresh);
    expect(lit()).not.toContain('hall');
    expect(lit()).toHaveLength(marksNow()?.counts.missing ?? -1);
    end();
  });

  test('a mark that nothing carries yet may stand in an address; one that there is not may not', () => {
    expect(readOnly(view, onlyText({ by: 'mark', value: 'stale' }))).toEqual({ by: 'mark', value: 'stale' });
    expect(readOnly(view, 'mark:shiny')).toBeNull();
    // Before the first values all stay.
    expect(litBy(view, { by: 'mark', value: 'stale' })).toBeNull();
  });

  test.each([
    ['missing', 'missing'],
    ['缺失', 'missing'],
    ['stale', 'stale'],
    ['陈旧', 'stale'],
    ['Estimated', 'estimated'],
    ['估算', 'estimated'],
    ['metered', 'plain'],
  ] as const)('typing "%s" finds exactly those that the legend counts, in the palette and in the table', (typed, mark) => {
    show(troubled);
    expect(searchOf(typed)).toEqual({ marks: [mark], words: [] });
    const say = {
      marks: (id: string) => marksNow()?.of.get(id),
      text: (text: { en: string }) => text.en,
      kind: (kind: string) => kind,
      carrier: (carrier: string) => carrier,
      action: (id: string) => id,
      actionEverywhere: () => [],
      actionGroup: () => '',
      group: ({ value }: { value: string }) => ({ name: value, detail: '' }),
    };
    const found = find(entriesOf(view, [], say), typed, []).map(({ entry }) => entry);
    const expected = view.assets.filter(({ id }) => carries(marksNow()?.of.get(id) ?? 0, mark)).map(({ id }) => id);
    expect(found.flatMap(({ kind, asset: id }) => (kind === 'asset' && id ? [id] : [])).sort()).toEqual(expected.sort());
    expect(found.map(({ key }) => key)).toContain(`only:mark:${mark}`);
    expect(found.filter(({ kind }) => kind === 'line')).toEqual([]);
  });
});
