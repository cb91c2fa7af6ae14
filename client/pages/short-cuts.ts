/** Keys that work everywhere on the page, unless somebody is typing. */
import { flyTo, type Metric, select, useView } from '../live/view.ts';
import { closeSheet, openSheet } from '../panels/sheets.ts';

const nextMetric: Record<Metric, Metric> = { intensity: 'emissionRate', emissionRate: 'power', power: 'intensity' };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.matches('input[type="search"], input[type="text"], textarea') || target.isContentEditable)
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

/** One thing at a time: the sheet, then the selection, then the table. */
export function stepBack(): void {
  const { sheet, selected, table } = useView.getState();
  if (sheet) closeSheet();
  else if (selected) select(null);
  else if (table) useView.setState({ table: false });
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
    j: () => step(1),
    k: () => step(-1),
  };
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
