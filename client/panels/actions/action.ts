/**
 * An action that a person can run. The keys, the help sheet and the command palette all read one list of them: an action
 * that is added to a group of actions.ts, with its words in locales/actions-*.ts, appears in all three.
 */
import type { actions as words } from '../../locales/actions-en.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** Every action has words: `action.name.<id>`. */
export type ActionId = keyof (typeof words)['name'];
/** Headings of the help sheet. */
export type ActionGroup = keyof (typeof words)['group'];

export interface Action {
  id: ActionId;
  /** Keys that run it, as `keyOf` writes them; the first is shown. */
  keys?: readonly string[];
  icon?: IconName;
  /** The action runs by its keys only; the palette does not list it. */
  byKeyOnly?: true;
  /** Whether the action is offered now; without it, always. */
  when?: () => boolean;
  /** What the action does; an action without it opens `href`. */
  run?: () => void;
  /** Address of a page, given the park's own. */
  href?: (park: string) => string;
}

/** The key with its modifier: `k`, `mod+k` (Ctrl, or Cmd on a Mac), `>`. Null with Alt, which makes another character. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | null {
  if (event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

const signs: Record<string, string> = { ' ': '␣', Escape: 'Esc', '-': '−' };

/** How a key is written on the screen. */
export function keyText(key: string, isMac: boolean): string {
  if (key.startsWith('mod+')) return `${isMac ? '⌘' : 'Ctrl'} ${keyText(key.slice(4), isMac)}`;
  return signs[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

export function isOffered(action: Action): boolean {
  return action.when?.() ?? true;
}
