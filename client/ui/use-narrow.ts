/** Whether the window is as narrow as a phone: sheets then open at the bottom. The style sheets use the same width. */
import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 720px)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(narrow).matches);
}
