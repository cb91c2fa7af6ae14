import { expect, test } from 'vitest';
import { followPointer, pointerPattern, pointerSteps } from '../../../../models/park/sources/json-pointer.ts';

/** The example of RFC 6901. */
const value = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, nested: { 'em1:1': { act_power: 5080.3 } } };

test.each([
  ['', value],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/m~0n', 8],
  ['/nested/em1:1/act_power', 5080.3],
  ['/foo/2', undefined],
  ['/foo/length', undefined],
  ['/foo/00', undefined],
  ['/constructor', undefined],
  ['/nested/toString', undefined],
  ['/a~1b/deeper', undefined],
])('the pointer "%s" leads to %o', (pointer, expected) => {
  expect(pointerPattern.test(pointer)).toBe(true);
  expect(followPointer(value, pointerSteps(pointer))).toEqual(expected);
});

test.each(['foo', '/a~', '/a~2b', ' /a'])('"%s" is no pointer', (pointer) => {
  expect(pointerPattern.test(pointer)).toBe(false);
});
