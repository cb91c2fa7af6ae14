/** All actions of a person, by group: the one list that keys, help and palette use. */

import { sees } from '../../../models/access/permissions.ts';
import { nextLanguage } from '../../../models/languages.ts';
import { flyTo, type Metric, type Theme, type ToolName, useChoices, walk } from '../../live/choices.ts';
import { turnFollow } from '../../live/follow.ts';
import { isolate } from '../../live/isolate.ts';
import { setMoment, useTime } from '../../live/moment.ts';
import { openSheet } from '../../live/open-sheet.ts';
import { keepTheme } from '../../live/theme.ts';
import { currentLanguage, switchLanguage } from '../../locales/language.ts';
import { togglePlay } from '../timeline/track-gestures.ts';
import type { Action, ActionGroup } from './action.ts';
import { dayBefore, stepAsset, stepTime } from './step-along.ts';
import { stepBack } from './step-back.ts';

const nextMetric: Record<Metric, Metric> = { intensity: 'emissionRate', emissionRate: 'power', power: 'intensity' };
const seesFigures = () => sees(useChoices.getState().park?.metadata.audience ?? 'public', 'figures:read');
const isPast = () => useChoices.getState().moment !== 'live';
const toggleTool = (name: ToolName) => useChoices.setState(({ tool }) => ({ tool: tool === name ? null : name }));
const isScene = () => !useChoices.getState().plan;
const hasPast = () => useTime.getState().ledger?.until != null;
const setMetric = (metric: Metric) => () => useChoices.setState({ metric });
const setTheme = (theme: Theme) => () => keepTheme(theme);

function findInTable(): void {
  useChoices.setState({ table: true });
  document.querySelector<HTMLInputElement>('.search input')?.focus();
}

export const actions: Record<ActionGroup, readonly Action[]> = {
  find: [
    {
      id: 'palette',
      byKeyOnly: true,
      keys: ['mod+k'],
      icon: 'search',
      run: () => useChoices.setState(({ palette }) => ({ palette: !palette })),
    },
    { id: 'search', keys: ['/'], icon: 'table', run: findInTable },
    { id: 'table', keys: ['t'], icon: 'table', run: () => useChoices.setState(({ table }) => ({ table: !table })) },
    { id: 'next', byKeyOnly: true, keys: ['j'], run: () => stepAsset(1) },
    { id: 'previous', byKeyOnly: true, keys: ['k'], run: () => stepAsset(-1) },
    { id: 'back', byKeyOnly: true, keys: ['Escape'], run: stepBack },
  ],
  look: [
    {
      id: 'follow',
      keys: ['f'],
      icon: 'follow',
      when: () => seesFigures() && (useChoices.getState().selected ?? useChoices.getState().hovered) !== null,
      run: turnFollow,
    },
    { id: 'home', keys: ['h'], icon: 'home', run: () => flyTo(null) },
    { id: 'top', keys: ['n'], icon: 'top', when: isScene, run: () => flyTo({ kind: 'top' }) },
    { id: 'north', when: isScene, run: () => flyTo({ kind: 'north' }) },
    { id: 'walk', keys: ['w'], icon: 'walk', when: () => useChoices.getState().webgl, run: () => walk(!useChoices.getState().walking) },
    {
      id: 'underground',
      keys: ['u'],
      icon: 'underground',
      when: isScene,
      run: () => useChoices.setState(({ underground }) => ({ underground: !underground })),
    },
    { id: 'isolate', keys: ['i'], icon: 'isolate', run: () => toggleTool('isolate') },
    { id: 'bookmarks', keys: ['b'], icon: 'bookmark', run: () => toggleTool('bookmarks') },
    { id: 'everything', when: () => useChoices.getState().only !== null, run: () => isolate(null) },
    {
      id: 'plan',
      keys: ['p'],
      icon: 'plan',
      when: () => useChoices.getState().webgl,
      run: () => useChoices.setState(({ plan }) => ({ plan: !plan })),
    },
    // An audience that may not see figures gets no values for the other metrics.
    {
      id: 'metric',
      byKeyOnly: true,
      keys: ['m'],
      when: seesFigures,
      run: () => useChoices.setState(({ metric }) => ({ metric: nextMetric[metric] })),
    },
    { id: 'metricIntensity', run: setMetric('intensity') },
    { id: 'metricEmissionRate', when: seesFigures, run: setMetric('emissionRate') },
    { id: 'metricPower', when: seesFigures, run: setMetric('power') },
  ],
  time: [
    { id: 'play', keys: [' '], icon: 'play', when: hasPast, run: () => togglePlay(dayBefore()) },
    { id: 'intervalBack', byKeyOnly: true, keys: [','], when: hasPast, run: () => stepTime(-1, 'interval') },
    { id: 'intervalOn', byKeyOnly: true, keys: ['.'], when: isPast, run: () => stepTime(1, 'interval') },
    { id: 'dayBack', byKeyOnly: true, keys: ['<'], when: hasPast, run: () => stepTime(-1, 'day') },
    { id: 'dayOn', byKeyOnly: true, keys: ['>'], when: isPast, run: () => stepTime(1, 'day') },
    { id: 'live', keys: ['l'], when: isPast, run: () => setMoment('live') },
  ],
  pages: [
    { id: 'analyse', icon: 'chart', href: (park) => `${park}/analyse` },
    { id: 'report', icon: 'report', href: (park) => `${park}/report` },
    { id: 'tour', href: (park) => `${park}/tour` },
    { id: 'kiosk', href: (park) => `${park}/kiosk` },
    { id: 'parks', href: () => '/?choose' },
    { id: 'about', icon: 'info', run: () => openSheet('about') },
    { id: 'balance', run: () => openSheet('balance') },
    { id: 'help', keys: ['?'], icon: 'help', run: () => openSheet('help') },
  ],
  device: [
    { id: 'themeSun', icon: 'sunrise', run: setTheme('sun') },
    { id: 'themeSystem', icon: 'device', run: setTheme('system') },
    { id: 'themeLight', icon: 'sun', run: setTheme('light') },
    { id: 'themeDark', icon: 'moon', run: setTheme('dark') },
    { id: 'language', icon: 'language', run: () => switchLanguage(nextLanguage(currentLanguage())) },
  ],
};

export const allActions: readonly Action[] = Object.values(actions).flat();
