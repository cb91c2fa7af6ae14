/** Which page an address leads to. */
import { useSyncExternalStore } from 'react';

/** Further pages that show a park, besides its main page at `/parks/{park}`. */
const further = ['kiosk', 'tour', 'analyse'] as const;
export type ParkPageName = 'operate' | (typeof further)[number];

export type PageRoute = { page: 'parks' } | { page: ParkPageName | 'report'; park: string } | { page: 'none' };

export function routeOf(path: string): PageRoute {
  const [first, park, page, ...rest] = path.split('/').filter((part) => part !== '');
  if (first === undefined) return { page: 'parks' };
  if (first !== 'parks' || park === undefined || rest.length > 0) return { page: 'none' };
  let id: string;
  try {
    id = decodeURIComponent(park);
  } catch {
    return { page: 'none' };
  }
  if (page === undefined) return { page: 'operate', park: id };
  if (page === 'report') return { page, park: id };
  const found = further.find((one) => one === page);
  return found ? { page: found, park: id } : { page: 'none' };
}

const listeners = new Set<() => void>();

export function go(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** Makes links between our pages change the page without a reload, so that the scene stays; returns a function that stops it. */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    if (routeOf(link.pathname).page === 'none') return;
    event.preventDefault();
    go(link.pathname + link.search);
  };
  document.addEventListener('click', onClick);
  return () => document.removeEventListener('click', onClick);
}
