/** What the picture means and what each key does; on a phone also the settings that do not fit into the small header. */
import { languages, locales } from '../../../models/languages.ts';
import { countedMarks } from '../../../models/telemetry/marks.ts';
import { useChoices } from '../../live/choices.ts';
import { closeSheet } from '../../live/open-sheet.ts';
import { keepTheme } from '../../live/theme.ts';
import { languageNames, switchLanguage } from '../../locales/language.ts';
import { useWords } from '../../locales/use-words.ts';
import { Sheet, SheetPart } from '../../ui/Sheet.tsx';
import { type ActionGroup, keyText } from '../actions/action.ts';
import { actions } from '../actions/actions.ts';
import { exampleHex, Swatch } from '../values/Swatch.tsx';
import { MotionMeaning } from './MotionMeaning.tsx';

/** Keys that move the view of the park; they are not in the list of actions. */
const viewKeys = [
  ['← ↑ ↓ →', 'moveKey'],
  ['+  −', 'zoomKey'],
] as const;
const groups: readonly ActionGroup[] = (Object.keys(actions) as ActionGroup[]).filter((group) => actions[group].some(({ keys }) => keys));
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
const themes = ['sun', 'system', 'light', 'dark'] as const;

const shownMarks = [...countedMarks, 'unmetered'] as const;

export function Help() {
  const { t, language } = useWords();
  const theme = useChoices((view) => view.theme);
  const id = useChoices((view) => view.park?.metadata.id ?? '');
  return (
    <Sheet title={t('help.title')} onClose={closeSheet} closeLabel={t('help.close')}>
      <p className="lead">{t('help.intro')}</p>
      <p className="help-links">
        <a className="button" href={`/parks/${id}/analyse`}>
          {t('charts.analyse')}
        </a>
        <a className="button" href={`/parks/${id}/report`}>
          {t('report.open')}
        </a>
        <a className="button" href={`/parks/${id}/tour`}>
          {t('header.tour')}
        </a>
        <a className="button" href={`/parks/${id}/kiosk`}>
          {t('header.kiosk')}
        </a>
        <a className="button" href="/?choose">
          {t('header.parks')}
        </a>
      </p>
      <SheetPart title={t('help.quality')}>
        <dl className="help-marks">
          {shownMarks.map((mark) => (
            <div key={mark}>
              <dt>
                <Swatch hex={exampleHex(mark)} mark={mark} size={18} /> {t(`mark.${mark}`)}
              </dt>
              <dd className="note">{t(`markHint.${mark}`)}</dd>
            </div>
          ))}
        </dl>
      </SheetPart>
      <SheetPart title={t('motion.title')}>
        <MotionMeaning />
      </SheetPart>
      {groups.map((group) => (
        <SheetPart key={group} title={t(`action.group.${group}`)}>
          <dl className="rows">
            {actions[group].map(({ id, keys }) =>
              keys?.[0] === undefined ? null : (
                <div className="row" key={id}>
                  <dt>{t(`action.name.${id}`)}</dt>
                  <dd>
                    <kbd>{keyText(keys[0], isMac)}</kbd>
                  </dd>
                </div>
              ),
            )}
            {group === 'look'
              ? viewKeys.map(([key, name]) => (
                  <div className="row" key={name}>
                    <dt>{t(`help.${name}`)}</dt>
                    <dd>
                      <kbd>{key}</kbd>
                    </dd>
                  </div>
                ))
              : null}
          </dl>
        </SheetPart>
      ))}
      <SheetPart title={t('header.theme', { theme: t(`theme.${theme}`) })}>
        <div className="segments wrap" role="radiogroup" aria-label={t('header.theme', { theme: '' })}>
          {themes.map((one) => (
            <label key={one} className="segment">
              <input type="radio" name="theme" checked={one === theme} onChange={() => keepTheme(one)} />
              <span>{t(`theme.${one}`)}</span>
            </label>
          ))}
        </div>
      </SheetPart>
      <SheetPart title={t('help.language')}>
        <div className="segments" role="radiogroup" aria-label={t('help.language')}>
          {languages.map((one) => (
            <label key={one} className="segment" lang={locales[one].text}>
              <input type="radio" name="language" checked={one === language} onChange={() => switchLanguage(one)} />
              <span>{languageNames[one]}</span>
            </label>
          ))}
        </div>
      </SheetPart>
    </Sheet>
  );
}
