import { beforeEach, describe, expect, test } from 'vitest';
import { useChoices } from '../../../../client/live/choices.ts';
import { keyOf, keyText } from '../../../../client/panels/actions/action.ts';
import { allActions } from '../../../../client/panels/actions/actions.ts';
import { stepBack } from '../../../../client/panels/actions/step-back.ts';

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) => keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('the one list of actions', () => {
  test('gives no key and no name to two of them', () => {
    const keys = allActions.flatMap((action) => action.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(allActions.map(({ id }) => id)).size).toBe(allActions.length);
  });

  test('holds nothing that does nothing: each runs or leads somewhere, never both', () => {
    for (const action of allActions) expect([action.run, action.href].filter(Boolean), action.id).toHaveLength(1);
  });
});

describe('a key', () => {
  test('is the same with Ctrl and with Cmd, in either case, and none with Alt', () => {
    expect(pressed('k', { ctrlKey: true })).toBe('mod+k');
    expect(pressed('K', { metaKey: true })).toBe('mod+k');
    expect(pressed('J')).toBe('j');
    expect(pressed('l', { altKey: true })).toBeNull();
  });

  test('is written as it stands on the keyboard at hand', () => {
    expect([keyText('mod+k', false), keyText('mod+k', true), keyText('Escape', false), keyText(' ', false)]).toEqual([
      'Ctrl K',
      '⌘ K',
      'Esc',
      '␣',
    ]);
  });
});

describe('one step back', () => {
  beforeEach(() => useChoices.setState(useChoices.getInitialState(), true));

  test('ends the uppermost thing only: palette, sheet, selection, table', () => {
    const shown = () => {
      const { palette, sheet, selected, table } = useChoices.getState();
      return { palette, sheet, selected, table };
    };
    useChoices.setState({ palette: true, sheet: 'help', selected: 'hall', table: true });
    stepBack();
    expect(shown()).toEqual({ palette: false, sheet: 'help', selected: 'hall', table: true });
    stepBack();
    expect(shown()).toEqual({ palette: false, sheet: null, selected: 'hall', table: true });
    stepBack();
    expect(shown()).toEqual({ palette: false, sheet: null, selected: null, table: true });
    stepBack();
    expect(shown()).toEqual({ palette: false, sheet: null, selected: null, table: false });
  });
});
