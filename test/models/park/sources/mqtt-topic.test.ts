import { describe, expect, it } from 'vitest';
import { filterFault, topicMatcher } from '../../../../models/park/sources/mqtt-topic.ts';

describe('a topic filter', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/+/c', 'a/b/c', true],
    ['a/+/c', 'a/b/b/c', false],
    ['a/+', 'a/', true],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'b/a', false],
    ['+/b/#', 'a/b/c/d', true],
    ['a/#', `a${'/x'.repeat(200)}`, false],
  ])('%s means %s: %s', (filter, topic, means) => {
    expect(topicMatcher(filter)(topic)).toBe(means);
  });

  it.each([
    ['', 'empty'],
    ['a\0b', 'NUL'],
    ['x'.repeat(65_536), 'at most'],
    ['$SYS/broker/load', "broker's own"],
    [`a${'/x'.repeat(200)}`, 'levels'],
    ['a/b#', 'whole levels'],
    ['a+/b', 'whole levels'],
    ['#/a', 'at the end'],
    ['#', 'every message'],
    ['+/+/#', 'every message'],
  ])('is refused: %s', (filter, why) => {
    expect(filterFault(filter)).toContain(why);
  });

  it('is taken where it names something', () => {
    expect(['a', 'a/b', '/a', 'a//b', 'a/+/b', '+/a', 'a/#'].map(filterFault)).toEqual(Array.from({ length: 7 }, () => null));
  });
});
