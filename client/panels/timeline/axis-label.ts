/** Labels of the time axis in the language shown and the park's zone. */
import { type Language, locales } from '../../../models/languages.ts';
import type { Tick } from './ticks.ts';

const options: Record<Tick['kind'], Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  month: { month: 'short', day: 'numeric' },
  year: { year: 'numeric' },
};
const monthAlone: Intl.DateTimeFormatOptions = { month: 'short' };

const made = new Map<string, Intl.DateTimeFormat>();

/** `months`: whether the beginning of a month is labelled as a month ("Oct") instead of as a day ("1 Oct"). */
export function axisLabel({ time, kind }: Tick, timeZone: string, language: Language, months: boolean): string {
  const chosen = kind === 'month' && months ? monthAlone : options[kind];
  const key = `${language} ${timeZone} ${kind} ${months}`;
  let format = made.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locales[language].formats, { timeZone, ...chosen });
    made.set(key, format);
  }
  return format.format(time);
}
