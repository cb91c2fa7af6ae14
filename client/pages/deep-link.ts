/** The address says what is on the screen: selection, metric, plan, language. A copied link shows the same. */
import i18next from 'i18next';
import type { ParkView } from '../../models/park/document.ts';
import { type Metric, useView, type View } from '../live/view.ts';

const metrics: readonly Metric[] = ['intensity', 'emissionRate', 'power'];

export type Linked = Pick<View, 'selected' | 'metric' | 'plan'>;

/** What a query string asks for; what it does not say stays as it is. */
export function readLink(search: string): Partial<Linked> {
  const query = new URLSearchParams(search);
  const metric = metrics.find((m) => m === query.get('metric'));
  const selected = query.get('select');
  return {
    ...(selected ? { selected } : {}),
    ...(metric ? { metric } : {}),
    ...(query.get('view') === 'plan' ? { plan: true } : {}),
  };
}

/** The same for a park: what it does not have is not selected; what it has is flown to. */
export function linkedIn(park: ParkView, search: string): Partial<View> {
  const { selected, ...rest } = readLink(search);
  const found = [...park.assets, ...park.lines].find((one) => one.id === selected);
  return found ? { ...rest, selected: found.id, flight: { to: found.id, at: performance.now() } } : rest;
}

/** The query string for what is shown; defaults are left out, foreign parameters kept. */
export function writeLink(search: string, view: Linked, language: string): string {
  const query = new URLSearchParams(search);
  const put = (name: string, value: string | null) => (value === null ? query.delete(name) : query.set(name, value));
  put('select', view.selected);
  put('metric', view.metric === 'intensity' ? null : view.metric);
  put('view', view.plan ? 'plan' : null);
  put('lang', language);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Keeps the address in step without making history of every click; returns how to stop. */
export function followView(): () => void {
  const write = () => {
    const { selected, metric, plan, webgl } = useView.getState();
    const search = writeLink(location.search, { selected, metric, plan: plan && webgl }, i18next.language);
    if (search !== location.search) history.replaceState(null, '', location.pathname + search);
  };
  write();
  i18next.on('languageChanged', write);
  const stop = useView.subscribe(write);
  return () => {
    stop();
    i18next.off('languageChanged', write);
  };
}
