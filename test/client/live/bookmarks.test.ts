import { beforeEach, describe, expect, test } from 'vitest';
import {
  addBookmark,
  loadBookmarks,
  readBookmarks,
  removeBookmark,
  renameBookmark,
  restoreBookmark,
  useBookmarks,
} from '../../../client/live/bookmarks.ts';

const names = () => useBookmarks.getState().list.map((one) => one.name);

describe('bookmarks', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    Object.assign(globalThis, {
      localStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (k: string, v: string) => kept.set(k, v) },
    });
    loadBookmarks('demo');
    for (const [id, name] of [
      ['1', 'North gate'],
      ['2', ' Power house '],
      ['3', '  '],
    ] as const)
      addBookmark(id, name, `?camera=${id}_0_0_0_30_100`);
  });

  test('are kept by park, in order, with a name that is never empty', () => {
    expect(names()).toEqual(['North gate', 'Power house', '?camera=3_0_0_0_30_100']);
    loadBookmarks('other');
    expect(names()).toEqual([]);
    loadBookmarks('demo');
    expect(names()).toHaveLength(3);
  });

  test('take another name, and keep theirs when it is empty', () => {
    renameBookmark('1', 'South gate');
    renameBookmark('2', ' ');
    expect(names().slice(0, 2)).toEqual(['South gate', 'Power house']);
  });

  test('that were deleted come back where they stood', () => {
    removeBookmark('2');
    expect(names()).not.toContain('Power house');
    restoreBookmark();
    expect(names()[1]).toBe('Power house');
    restoreBookmark();
    expect(names()).toHaveLength(3);
  });

  test.each([null, '', 'x', '{}', '[1,null,{"id":1}]', '[{"id":"1","name":"n","search":"//elsewhere"}]'])(
    'of a broken store (%s) are none',
    (text) => {
      expect(readBookmarks(text)).toEqual([]);
    },
  );
});
