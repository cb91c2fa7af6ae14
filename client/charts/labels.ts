/** Times along axes and periods in titles, in the park's zone and the reader's language. */
import { type Language, locales } from '../../models/languages.ts';
import type { Period, PeriodKind } from './period.ts';

export interface AxisLabels {
  /** At a tick of a chart over a period of this kind. */
  tick: (time: number, kind: PeriodKind) => string;
  /** A step of such a chart, in full. */
  step: (time: number, kind: PeriodKind, step_ms: number) => string;
  period: (period: Period) => string;
  month: (time: number) => string;
  date: (time: number) => string;
  stamp: (time: number) => string;
  /** A number with at most two decimals, for axes and counts. */
  plain: (value: number) => string;
}

const made = new Map<string, AxisLabels>();

export function labelsIn(language: Language, timeZone: string): AxisLabels {
  const key = `${language} ${timeZone}`;
  const known = made.get(key);
  if (known) return known;
  const locale = locales[language].formats;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const shortDay = format({ weekday: 'short', day: 'numeric' });
  const dayOfMonth = format({ day: 'numeric' });
  const shortMonth = format({ month: 'short' });
  const day = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const plainDay = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const month = format({ month: 'long', year: 'numeric' });
  const stamp = format({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const labels: AxisLabels = {
    tick: (time, kind) => {
      if (kind === 'day') return clock.format(time);
      if (kind === 'week') return shortDay.format(time);
      // Numbers alone: 1 … 31, also where the language would add a word for "day".
      return kind === 'month' ? (dayOfMonth.formatToParts(time).find(({ type }) => type === 'day')?.value ?? '') : shortMonth.format(time);
    },
    step: (time, kind, step_ms) => {
      if (kind === 'day' || kind === 'week') return `${day.format(time)}, ${clock.format(time)}–${clock.format(time + step_ms)}`;
      return kind === 'month' ? day.format(time) : month.format(time);
    },
    period: ({ kind, key, from, to }) => {
      if (kind === 'year') return key;
      if (kind === 'month') return month.format(from);
      if (kind === 'day') return day.format(from);
      return `${plainDay.format(from)} – ${plainDay.format(to - 1)}`;
    },
    month: (time) => month.format(time),
    date: (time) => day.format(time),
    stamp: (time) => stamp.format(time),
    plain: (value) => plain.format(value),
  };
  made.set(key, labels);
  return labels;
}
