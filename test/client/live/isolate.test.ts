import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { linkedIn, writeLink } from '../../../client/live/address.ts';
import { isolations, useChoices } from '../../../client/live/choices.ts';
import { areaClass, areaClasses, groupsOf, isolate, litBy, onlyText, readOnly } from '../../../client/live/isolate.ts';
import { sampleView } from '../sample-view.ts';

const park = sampleView();
const all = isolations.flatMap((by) => groupsOf(park, by));

describe('singling out a part of the park', () => {
  beforeEach(() => useChoices.setState({ ...useChoices.getInitialState(), park }, true));

  test('every group has the assets it counts, and the kinds together are the park', () => {
    for (const group of all) {
      const lit = litBy(park, group);
      expect(park.assets.filter((a) => lit?.has(a.id))).toHaveLength(group.count);
      expect(group.count).toBeGreaterThan(0);
    }
    expect(groupsOf(park, 'kind').reduce((sum, g) => sum + g.count, 0)).toBe(park.assets.length);
  });

  test('a carrier keeps all its lines; a kind only those between two that stay', () => {
    for (const group of all) {
      const lit = litBy(park, group);
      for (const line of park.lines) {
        const stays = group.by === 'carrier' ? line.carrier === group.value : lit?.has(line.from) && lit.has(line.to);
        expect(lit?.has(line.id)).toBe(stays);
      }
    }
  });

  test('classes of floor area have no gaps, and what has no floors is in none', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), (m2) => {
        const [low, high] = (areaClass(m2) ?? '').split('-').map((t) => (t === '' ? Number.POSITIVE_INFINITY : Number(t)));
        expect(m2).toBeGreaterThanOrEqual(low as number);
        expect(m2).toBeLessThan(high as number);
      }),
    );
    expect([0, Number.NaN].map(areaClass)).toEqual([null, null]);
    expect(areaClasses).toHaveLength(4);
  });

  test('an address keeps it and reads the same back; what the park does not have is nothing', () => {
    for (const group of all) {
      const { by, value } = group;
      isolate({ by, value });
      const search = writeLink('', useChoices.getState(), 'en');
      expect(linkedIn(park, search)).toMatchObject({ only: { by, value }, lit: litBy(park, group) });
      expect(readOnly(park, onlyText(group))).toEqual({ by, value });
    }
    for (const text of ['kind:castle', 'colour:red', 'kind', '', null]) expect(readOnly(park, text)).toBeNull();
  });

  test('ends with everything as before', () => {
    isolate({ by: 'kind', value: 'building' });
    expect(useChoices.getState().lit).not.toBeNull();
    isolate(null);
    expect(useChoices.getState()).toMatchObject({ only: null, lit: null });
  });
});
