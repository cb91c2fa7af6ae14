import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { eventsIn } from '../../../models/park/events.ts';
import { sampleTexts, sampleYaml } from '../../sample-park.ts';

const built = (...entries: string[]) => {
  const yaml = `${sampleYaml}\nevents:\n${entries.map((entry) => `  - ${entry}`).join('\n')}\n`;
  const { park, problems } = buildPark({ ...sampleTexts(), yaml });
  return { events: park?.events ?? [], problems: problems.filter(({ severity }) => severity === 'error') };
};
const at = (text: string) => Date.parse(text);

describe('events of a park', () => {
  test('are local days, spans of days, or moments with their offset, in order of time', () => {
    const { events } = built(
      '{id: c, title: Outage, asset: hall, from: "2026-10-08T23:30-07:00", to: "2026-10-09T15:00+08:00"}',
      '{id: b, title: {en: Holiday, zh: 假期}, body: All rest, from: 2026-10-01, to: 2026-10-07}',
      '{id: a, title: Audit, from: 2026-09-30}',
      '{id: d, title: Trip, from: 2026-10-10T08:30:15Z}',
    );
    expect(events).toEqual([
      { id: 'a', title: { en: 'Audit' }, from: at('2026-09-30T00:00+08:00'), to: at('2026-10-01T00:00+08:00') },
      {
        id: 'b',
        title: { en: 'Holiday', zh: '假期' },
        body: { en: 'All rest' },
        from: at('2026-10-01T00:00+08:00'),
        to: at('2026-10-08T00:00+08:00'),
      },
      { id: 'c', title: { en: 'Outage' }, asset: 'hall', from: at('2026-10-09T06:30Z'), to: at('2026-10-09T07:00Z') },
      { id: 'd', title: { en: 'Trip' }, from: at('2026-10-10T08:30:15Z'), to: at('2026-10-10T08:30:15Z') },
    ]);
  });

  test.each([
    ['{id: a, title: T, from: 2026-02-30}', 'from', /no time/],
    ['{id: a, title: T, from: "2026-02-03T10:00"}', 'from', /no time/],
    ['{id: a, title: T, from: 0001-01-01}', 'from', /not of the years 1900 to 2999/],
    ['{id: a, title: T, from: 2026-01-01, to: 9999-12-31}', 'to', /not of the years/],
    ['{id: a, title: T, from: yesterday}', 'from', /no time/],
    ['{id: a, title: T, from: 2026-02-03, to: 2026-02-01}', 'to', /ends before it begins/],
    ['{id: a, title: T, asset: nowhere, from: 2026-02-03}', 'asset', /no asset "nowhere"/],
  ])('%s is refused', (entry, field, says) => {
    const { problems } = built(entry);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'park.yaml', feature: 'a', field });
    expect(problems[0]?.message).toMatch(says);
  });

  test('of a range are those that touch it, a moment at its beginning too', () => {
    const event = (id: string, from: number, to: number) => ({ id, title: { en: id }, from, to });
    const all = [event('before', 0, 10), event('into', 5, 11), event('moment', 10, 10), event('over', 5, 25), event('after', 20, 30)];
    expect(eventsIn(all, 10, 20).map(({ id }) => id)).toEqual(['into', 'moment', 'over']);
  });
});
