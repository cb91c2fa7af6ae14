/** The command palette finds assets, lines, tenants, pages, metrics, moments and actions by typing: a combobox in a dialog. */

import i18next from 'i18next';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { languages } from '../../../models/languages.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';
import { useChoices } from '../../live/choices.ts';
import { isolate } from '../../live/isolate.ts';
import { marksNow } from '../../live/marks-now.ts';
import { setMoment, useTime } from '../../live/moment.ts';
import { choose } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { type Action, type ActionGroup, keyText } from '../actions/action.ts';
import { actions } from '../actions/actions.ts';
import { useParkView } from '../values/use-park-view.ts';
import { useGroupName } from '../view-tools/use-group-name.ts';
import { type Entry, entriesOf, find } from './entries.ts';
import type { MatchRange } from './fuzzy.ts';
import { momentsIn } from './moments.ts';
import { keepRecent, recentIn } from './recent.ts';
import './palette.css';

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
/** In the order in which they are offered before anything is typed. */
const offered = (['pages', 'look', 'time', 'find', 'device'] as const).flatMap((group) => actions[group]);
const kindIcon: Record<Entry['kind'], IconName> = { action: 'right', asset: 'fly', group: 'info', line: 'link', moment: 'time' };

function close(): void {
  useChoices.setState({ palette: false });
}

export function Palette({ perform }: { perform: (action: Action) => void }) {
  const { t, text, date, clock } = useWords();
  const park = useParkView();
  const groupName = useGroupName();
  const { id, timeZone } = park.metadata;
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const recent = useMemo(() => recentIn(id), [id]);

  const entries = useMemo(
    () =>
      entriesOf(park, offered, {
        text,
        marks: (asset) => marksNow()?.of.get(asset),
        kind: (kind) => t(`kind.${kind}`),
        carrier: (carrier) => t(`carrier.${carrier}`),
        action: (name) => t(`action.name.${name}`),
        actionEverywhere: (name) => languages.map((language) => i18next.getFixedT(language)(`action.name.${name}`)),
        actionGroup: (action) => t(`action.group.${groupOf(action)}`),
        group: (group) => ({ name: groupName(group), detail: t('palette.only', { count: group.count }) }),
      }),
    [park, t, text, groupName],
  );
  const found = useMemo(() => {
    const { ledger } = useTime.getState();
    const calendar =
      ledger?.from == null || ledger.until === null
        ? null
        : { now: ledger.until, from: ledger.from, until: ledger.until, offset: zoneOffset(timeZone) };
    const moments = calendar ? momentsIn(query, calendar) : [];
    const asEntries = moments.map((moment): Entry => {
      const name = `${date(moment, timeZone)} ${clock(moment, timeZone, false)}`;
      return { key: `moment:${moment}`, kind: 'moment', name, detail: t('palette.moment'), names: [name], moment };
    });
    return find([...asEntries, ...entries], query, recent);
  }, [entries, query, recent, timeZone, date, clock, t]);

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closing gives the focus back to the element that had it.
    return () => element?.close();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of results changes with the query
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, query]);

  const take = ({ key, kind, action, asset, moment, group }: Entry) => {
    close();
    if (kind !== 'moment') keepRecent(id, key);
    if (action) perform(action);
    else if (asset) choose(asset, true);
    else if (group) isolate(group);
    else if (moment !== undefined) setMoment(moment);
  };
  const onKey = (event: KeyboardEvent) => {
    const last = found.length - 1;
    const to = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active === 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }[event.key];
    if (to !== undefined) setActive(Math.max(0, to));
    // An Enter that ends an input-method composition must not take the entry; in Safari only key code 229 shows it.
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && event.keyCode !== 229) {
      const entry = found[active]?.entry;
      if (entry) take(entry);
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it, as Escape does
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('action.name.palette')}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className="palette-sheet">
        <div className="palette-field">
          <Icon name="search" />
          <input
            type="text"
            role="combobox"
            aria-expanded={found.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
            aria-label={t('palette.label')}
            placeholder={t('palette.placeholder')}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKey}
          />
          <button type="button" className="palette-close" onClick={close} aria-label={`${keyText('Escape', isMac)}: ${t('palette.close')}`}>
            <kbd>{keyText('Escape', isMac)}</kbd>
            <Icon name="close" />
          </button>
        </div>
        <output className="visually-hidden">{t('palette.count', { count: found.length })}</output>
        {found.length > 0 ? (
          <div ref={list} id={listId} className="palette-list" role="listbox" aria-label={t('palette.found')}>
            {found.map(({ entry, ranges }, i) => (
              // The input field handles the keys, because it keeps the focus (aria-activedescendant).
              <button
                type="button"
                tabIndex={-1}
                key={entry.key}
                id={`${listId}-${i}`}
                className="palette-option"
                role="option"
                aria-selected={i === active}
                onClick={() => take(entry)}
                onPointerMove={() => setActive(i)}
              >
                <Icon name={entry.action?.icon ?? kindIcon[entry.kind]} size={18} />
                <span className="palette-name">
                  <Marked text={entry.name} ranges={ranges} />
                </span>
                <span className="palette-detail">{entry.detail}</span>
                {entry.action?.keys?.[0] ? <kbd>{keyText(entry.action.keys[0], isMac)}</kbd> : null}
              </button>
            ))}
          </div>
        ) : (
          <p className="palette-none">{t('palette.none', { query: query.trim() })}</p>
        )}
        <p className="palette-hint">{t('palette.hint')}</p>
      </div>
    </dialog>
  );
}

function groupOf(action: Action): ActionGroup {
  return (Object.keys(actions) as ActionGroup[]).find((group) => actions[group].includes(action)) ?? 'find';
}

function Marked({ text, ranges }: { text: string; ranges: readonly MatchRange[] }) {
  let at = 0;
  const parts = ranges.map(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return (
      <span key={from}>
        {before}
        <mark>{text.slice(from, to)}</mark>
      </span>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
