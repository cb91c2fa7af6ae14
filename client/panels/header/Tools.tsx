/** The buttons of the header: palette, charts, report, table, plan, light and dark, language, help. */

import { locales, nextLanguage } from '../../../models/languages.ts';
import { type Theme, useChoices } from '../../live/choices.ts';
import { openSheet } from '../../live/open-sheet.ts';
import { keepTheme } from '../../live/theme.ts';
import { switchLanguage } from '../../locales/language.ts';
import { useWords } from '../../locales/use-words.ts';
import { Icon, IconButton, type IconName } from '../../ui/Icon.tsx';
import { useParkView } from '../values/use-park-view.ts';

const nextTheme: Record<Theme, Theme> = { sun: 'light', light: 'dark', dark: 'system', system: 'sun' };
const themeIcon: Record<Theme, IconName> = { sun: 'sunrise', light: 'sun', dark: 'moon', system: 'device' };

export function Tools() {
  const { t, language } = useWords();
  const park = useParkView();
  const theme = useChoices((view) => view.theme);
  const table = useChoices((view) => view.table);
  const plan = useChoices((view) => view.plan);
  const webgl = useChoices((view) => view.webgl);
  const sheet = useChoices((view) => view.sheet);
  return (
    <nav className="tools" aria-label={t('header.more')}>
      <IconButton icon="search" label={t('action.name.palette')} onClick={() => useChoices.setState({ palette: true })} />
      <a
        className="icon-button tool-charts"
        href={`/parks/${encodeURIComponent(park.metadata.id)}/analyse`}
        aria-label={t('charts.open')}
        title={t('charts.open')}
      >
        <Icon name="chart" />
      </a>
      <a
        className="icon-button tool-report"
        href={`/parks/${encodeURIComponent(park.metadata.id)}/report`}
        aria-label={t('report.open')}
        title={t('report.open')}
      >
        <Icon name="report" />
      </a>
      <IconButton icon="table" label={t('header.table')} pressed={table} onClick={() => useChoices.setState({ table: !table })} />
      {webgl ? (
        <IconButton
          className="tool-plan"
          icon={plan ? 'scene' : 'plan'}
          label={plan ? t('header.scene') : t('header.plan')}
          onClick={() => useChoices.setState({ plan: !plan })}
        />
      ) : null}
      <IconButton
        className="tool-theme"
        icon={themeIcon[theme]}
        label={t('header.theme', { theme: t(`theme.${theme}`) })}
        onClick={() => keepTheme(nextTheme[theme])}
      />
      <button
        type="button"
        className="icon-button tool-language"
        aria-label={`${t('header.language')}: ${t('header.languageHint')}`}
        title={t('header.languageHint')}
        lang={locales[nextLanguage(language)].text}
        onClick={() => switchLanguage(nextLanguage(language))}
      >
        {t('header.language')}
      </button>
      <button
        type="button"
        className="icon-button tool-help"
        aria-label={t('header.help')}
        title={t('header.help')}
        aria-pressed={sheet === 'help'}
        onClick={() => openSheet('help')}
      >
        <Icon name="help" />
      </button>
    </nav>
  );
}
