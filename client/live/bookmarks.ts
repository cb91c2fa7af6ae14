/** Views that a person keeps on this device: a name and the query string that shows it again. */
import { create } from 'zustand';

export interface Bookmark {
  id: string;
  name: string;
  /** As in an address: `?select=…&camera=…`. */
  search: string;
}

interface Bookmarks {
  park: string | null;
  list: readonly Bookmark[];
  /** The bookmark deleted last and its index, so that it can be restored. */
  gone: { bookmark: Bookmark; at: number } | null;
}

export const useBookmarks = create<Bookmarks>(() => ({ park: null, list: [], gone: null }));

const keyOf = (park: string) => `ecopark.bookmarks.${park}`;
const longest = 80;

function isBookmark(one: unknown): one is Bookmark {
  if (typeof one !== 'object' || one === null) return false;
  const { id, name, search } = one as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' && typeof search === 'string' && (search === '' || search.startsWith('?'));
}

/** Bookmarks that were kept for a park; entries that cannot be read are left out. */
export function readBookmarks(text: string | null): Bookmark[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isBookmark) : [];
  } catch {
    return [];
  }
}

export function loadBookmarks(park: string): void {
  let text: string | null = null;
  try {
    text = localStorage.getItem(keyOf(park));
  } catch {
    // Private windows may have no storage: bookmarks then last as long as the page.
  }
  useBookmarks.setState({ park, list: readBookmarks(text), gone: null });
}

function keep(list: readonly Bookmark[], gone: Bookmarks['gone'] = null): void {
  useBookmarks.setState({ list, gone });
  const { park } = useBookmarks.getState();
  try {
    if (park !== null) localStorage.setItem(keyOf(park), JSON.stringify(list));
  } catch {
    // As above.
  }
}

/** Names are trimmed and may not be empty. */
const clean = (name: string, otherwise: string) => name.trim().slice(0, longest) || otherwise;

export function addBookmark(id: string, name: string, search: string): void {
  keep([...useBookmarks.getState().list, { id, name: clean(name, search), search }]);
}

export function renameBookmark(id: string, name: string): void {
  const { list, gone } = useBookmarks.getState();
  keep(
    list.map((one) => (one.id === id ? { ...one, name: clean(name, one.name) } : one)),
    gone,
  );
}

export function removeBookmark(id: string): void {
  const { list } = useBookmarks.getState();
  const at = list.findIndex((one) => one.id === id);
  const bookmark = list[at];
  if (!bookmark) return;
  keep(
    list.filter((one) => one.id !== id),
    { bookmark, at },
  );
}

/** Restores the bookmark deleted last, at its old place. */
export function restoreBookmark(): void {
  const { list, gone } = useBookmarks.getState();
  if (gone) keep(list.toSpliced(gone.at, 0, gone.bookmark));
}
