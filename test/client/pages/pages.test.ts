import { describe, expect, test } from 'vitest';
import { type Linked, linkedIn, readLink, writeLink } from '../../../client/live/address.ts';
import { routeOf } from '../../../client/pages/route.ts';
import { neighbour } from '../../../client/panels/actions/step-along.ts';
import { sampleView } from '../sample-view.ts';

/** What a page shows that nobody has touched. */
const first: Linked = {
  moment: 'live',
  selected: null,
  follow: null,
  metric: 'intensity',
  plan: false,
  underground: false,
  only: null,
  camera: null,
};

describe('an address', () => {
  test.each([
    ['/', { page: 'parks' }],
    ['/parks/demo', { page: 'operate', park: 'demo' }],
    ['/parks/demo/', { page: 'operate', park: 'demo' }],
    ['/parks/demo/kiosk', { page: 'kiosk', park: 'demo' }],
    ['/parks/demo/tour', { page: 'tour', park: 'demo' }],
    ['/parks/demo/nothing', { page: 'none' }],
    ['/elsewhere', { page: 'none' }],
    ['/parks/%E0%A4%A', { page: 'none' }],
  ])('%s is its page', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });

  test('says what is selected and shown, and reads back the same', () => {
    const view = {
      ...first,
      moment: Date.parse('2026-10-12T14:15+08:00'),
      selected: 'hall',
      follow: 'up',
      metric: 'power',
      plan: true,
    } as const;
    const search = writeLink('?theme=x', view, 'zh');
    expect(search).toBe('?theme=x&moment=2026-10-12T06%3A15Z&select=hall&follow=up&metric=power&view=plan&lang=zh');
    expect(readLink(search)).toEqual({ moment: view.moment, selected: 'hall', follow: 'up', metric: 'power', plan: true });
  });

  test('leaves out what is as always, and forgets what is no longer selected', () => {
    expect(writeLink('?select=hall&metric=power&moment=2026-10-12T06:15Z', first, 'en')).toBe('?lang=en');
  });

  test.each([
    ['2026-10-12T14:15%2B08:00', Date.UTC(2026, 9, 12, 6, 15)],
    ['2026-10-12T06:15:30Z', Date.UTC(2026, 9, 12, 6, 15, 30)],
    ['2026-10-12T14:15', undefined],
    ['2026-13-45T14:15Z', undefined],
    ['yesterday', undefined],
  ])('with the moment %s goes to %s: a time without an offset could be meant in two zones', (text, moment) => {
    expect(readLink(`?moment=${text}`).moment).toBe(moment);
  });

  test('with a metric or asset that does not exist changes nothing', () => {
    expect(readLink('?metric=colour')).toEqual({});
    expect(linkedIn(sampleView(), '?select=nobody')).toEqual({});
    expect(linkedIn(sampleView(), '?select=hall')).toMatchObject({ selected: 'hall', flight: { to: 'hall' } });
    expect(linkedIn(sampleView(), '?follow=up')).toEqual({});
    expect(linkedIn(sampleView(), '?select=hall&follow=sideways')).not.toHaveProperty('follow');
  });
});

test('the next asset comes after the selected one, around the ends', () => {
  const ids = ['a', 'b', 'c'];
  expect(neighbour(ids, null, 1)).toBe('a');
  expect(neighbour(ids, null, -1)).toBe('c');
  expect(neighbour(ids, 'c', 1)).toBe('a');
  expect(neighbour(ids, 'a', -1)).toBe('c');
  expect(neighbour([], null, 1)).toBeNull();
});
