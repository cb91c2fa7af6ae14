/**
 * What a person can do. One list of these feeds the keys, the help sheet and the command palette: whoever adds an
 * action to a group of actions.ts, and its words to locales/actions-*.ts, has added all three.
 */
import type { actions as words } from '../../locales/actions-en.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** Every action has words: `action.<id>`. */
export type ActionId = keyof (typeof words)['name'];
/** Headings of the help sheet. */
export type ActionGroup = keyof (typeof words)['group'];

export interface Action {
  id: ActionId;
  /** Keys that run it, as `keyOf` writes them; the first is shown. */
  keys?: readonly string[];
  icon?: IconName;
  /** Only of use as a key: nobody looks for it by name. */
  byKeyOnly?: true;
  /** Whether it makes sense now; always, if left out. */
  when?: () => boolean;
  /** What it does, or else where it goes. */
  run?: () => void;
  /** Address of a page, given the park's own. */
  href?: (park: string) => string;
}

/** The key with what is held: `k`, `mod+k` (Ctrl, or Cmd on a Mac), `>`. Null where Alt makes another sign of it. */
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
