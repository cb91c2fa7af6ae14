/** Chooses which part of the park is isolated: it stays visible while the rest fades. */
import { useMemo } from 'react';
import { isolations, type Only, useChoices } from '../../live/choices.ts';
import { groupsOf, isolate } from '../../live/isolate.ts';
import { closeTool } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { Popover } from '../../ui/Popover.tsx';
import { useParkView } from '../values/use-park-view.ts';
import { useGroupName } from './use-group-name.ts';

const same = (a: Only | null, b: Only) => a?.by === b.by && a.value === b.value;

export function Isolate() {
  const { t } = useWords();
  const park = useParkView();
  const only = useChoices((view) => view.only);
  const nameOf = useGroupName();
  const parts = useMemo(() => isolations.map((by) => ({ by, groups: groupsOf(park, by) })).filter((p) => p.groups.length > 1), [park]);
  return (
    <Popover title={t('look.only.title')} closeLabel={t('look.close')} onClose={closeTool}>
      <p className="note">{t('look.only.hint')}</p>
      {parts.map(({ by, groups }) => (
        <fieldset key={by} className="only-part">
          <legend>{t(`look.only.by.${by}`)}</legend>
          {groups.map((group) => (
            <button
              key={group.value}
              type="button"
              className="only-group"
              aria-pressed={same(only, group)}
              onClick={() => isolate(same(only, group) ? null : { by, value: group.value })}
            >
              {nameOf(group)} <span className="num muted">{group.count}</span>
            </button>
          ))}
        </fieldset>
      ))}
    </Popover>
  );
}
