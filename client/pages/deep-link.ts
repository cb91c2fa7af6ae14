/** The address says what is on the screen: moment, selection, metric, plan, language. A copied link shows the same. */
import i18next from 'i18next';
import type { ParkView } from '../../models/park/document.ts';
import { type Metric, useView, type View } from '../live/view.ts';

const metrics: readonly Metric[] = ['intensity', 'emissionRate', 'power'];

export type Linked = Pick<View, 'moment' | 'selected' | 'metric' | 'plan'>;

/** What a query string asks for; what it does not say stays as it is. */
export function readLink(search: string): Partial<Linked> {
  const query = new URLSearchParams(search);
  const metric = metrics.find((m) => m === query.get('metric'));
  const selected = query.get('select');
  const moment = momentOf(query.get('moment'));
  return {
    ...(moment === null ? {} : { moment }),
    ...(selected ? { selected } : {}),
    ...(metric ? { metric } : {}),
    ...(query.get('view') === 'plan' ? { plan: true } : {}),
  };
}

/** ISO 8601 with an offset; anything else is no moment. */
function momentOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** In UTC to the minute, where it is whole: `2026-10-12T06:15Z` says the same to everybody. */
function momentText(moment: number): string {
  const text = new Date(moment).toISOString();
  return text.endsWith(':00.000Z') ? `${text.slice(0, 16)}Z` : text;
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
  put('moment', view.moment === 'live' ? null : momentText(view.moment));
  put('select', view.selected);
  put('metric', view.metric === 'intensity' ? null : view.metric);
  put('view', view.plan ? 'plan' : null);
  put('lang', language);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** A moment that rests this long is written into the address. */
const settled_ms = 400;

/** Keeps the address in step without making history of every click; returns how to stop. */
export function followView(): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(due);
    const { moment, selected, metric, plan, webgl } = useView.getState();
    const search = writeLink(location.search, { moment, selected, metric, plan: plan && webgl }, i18next.language);
    if (search !== location.search) history.replaceState(null, '', location.pathname + search);
  };
  write();
  i18next.on('languageChanged', write);
  const stop = useView.subscribe((view, before) => {
    // Browsers refuse addresses that change with every step of a drag.
    if (view.moment === before.moment) write();
    else {
      clearTimeout(due);
      due = setTimeout(write, settled_ms);
    }
  });
  return () => {
    stop();
    clearTimeout(due);
    i18next.off('languageChanged', write);
  };
}
