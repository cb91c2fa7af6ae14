/** Keys that work everywhere on the page, unless somebody is typing. */
import { pause, setMoment, stepMoment, useTime } from '../live/moment.ts';
import { flyTo, type Metric, select, useView } from '../live/view.ts';
import { closeSheet, openSheet } from '../panels/sheets.ts';
import { togglePlay } from '../panels/timeline/track-hand.ts';

const nextMetric: Record<Metric, Metric> = { intensity: 'emissionRate', emissionRate: 'power', power: 'intensity' };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches('input[type="search"], input[type="text"], input[type="date"], textarea, select') || target.isContentEditable)
  );
}

/** The asset before or after the selected one, around the ends. */
export function neighbour(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[(at + step + ids.length) % ids.length] ?? null;
}

function step(by: 1 | -1): void {
  const { park, selected } = useView.getState();
  const id = neighbour(park?.assets.map((a) => a.id) ?? [], selected, by);
  useView.setState({ sheet: null });
  select(id, true);
}

/** One thing at a time: the sheet, then the selection, then the table, then the past. */
export function stepBack(): void {
  const { sheet, selected, table } = useView.getState();
  if (sheet) closeSheet();
  else if (selected) select(null);
  else if (table) useView.setState({ table: false });
  else setMoment('live');
}

function stepAlong(by: 1 | -1, unit: 'interval' | 'day'): void {
  pause();
  stepMoment(by, unit);
}

/** Played from while live: what was a day ago. */
function dayBefore(): number {
  return (useTime.getState().ledger?.until ?? Number.NaN) - 86_400_000;
}

export function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    if (event.target instanceof HTMLInputElement && event.target.value !== '' && event.target.type === 'search') return;
    stepBack();
    return;
  }
  if (isTyping(event.target)) return;
  const actions: Record<string, () => void> = {
    '/': () => {
      useView.setState({ table: true });
      document.querySelector<HTMLInputElement>('.search input')?.focus();
    },
    '?': () => openSheet('help'),
    t: () => useView.setState(({ table }) => ({ table: !table })),
    p: () => useView.setState(({ plan, webgl }) => (webgl ? { plan: !plan } : {})),
    m: () => {
      // Other metrics say nothing to an audience that may not see them.
      if (useView.getState().park?.metadata.audience === 'full') useView.setState(({ metric }) => ({ metric: nextMetric[metric] }));
    },
    h: () => flyTo(null),
    l: () => setMoment('live'),
    ' ': () => togglePlay(dayBefore()),
    ',': () => stepAlong(-1, 'interval'),
    '.': () => stepAlong(1, 'interval'),
    '<': () => stepAlong(-1, 'day'),
    '>': () => stepAlong(1, 'day'),
    j: () => step(1),
    k: () => step(-1),
  };
  // A button that has the focus takes the space bar for itself.
  if (event.key === ' ' && event.target instanceof HTMLElement && event.target.closest('button, a, select, input, summary')) return;
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
