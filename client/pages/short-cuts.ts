/** Keys that work everywhere on the page, unless the person is typing. The actions are in panels/actions. */
import { useChoices } from '../live/choices.ts';
import { type Action, isOffered, keyOf } from '../panels/actions/action.ts';
import { allActions } from '../panels/actions/actions.ts';
import { go } from './route.ts';

const byKey = new Map(allActions.flatMap((action) => (action.keys ?? []).map((key) => [key, action] as const)));

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches('input[type="search"], input[type="text"], input[type="date"], textarea, select') || target.isContentEditable)
  );
}

/** Whether the focused element uses the key itself: Escape in a search that is not empty, the space bar on a button. */
function isTaken(key: string, target: EventTarget | null): boolean {
  if (key === 'Escape') return target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';
  if (key === ' ' && target instanceof HTMLElement && target.closest('button, a, select, input, summary')) return true;
  return isTyping(target) && !key.startsWith('mod+');
}

export function perform(action: Action): void {
  if (action.run) action.run();
  else if (action.href) go(action.href(`/parks/${encodeURIComponent(useChoices.getState().park?.metadata.id ?? '')}`));
}

export function onKey(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (event.defaultPrevented || key === null || isTaken(key, event.target)) return;
  const action = byKey.get(key);
  if (!action || !isOffered(action)) return;
  event.preventDefault();
  perform(action);
}
