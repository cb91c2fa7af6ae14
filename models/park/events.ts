/** Past and future events of a park, which its timeline marks, from `events` of park.yaml. */
import { localDay, startOfDay, zoneOffset } from '../time/local-time.ts';
import { isOfYears, years } from '../time/read-time.ts';
import { compact } from './compact.ts';
import { toText } from './features.ts';
import type { ParkEvent } from './park.ts';
import { parkFileName } from './park-file.ts';
import type { ProblemList } from './problems.ts';
import type { ParkFile } from './schema.ts';

/** In order of time. `from` and `to` are local dates (`to` with all of its day) or times with their offset. */
export function buildEvents(file: ParkFile, assets: readonly { id: string }[], problems: ProblemList): ParkEvent[] {
  const offset = zoneOffset(file.timeZone);
  const known = new Set(assets.map(({ id }) => id));
  const taken = new Set<string>();
  const events = file.events.map(({ id, title, body, asset, ...when }): ParkEvent => {
    const at = (field: string) => ({ file: parkFileName, feature: id, field });
    if (taken.has(id)) problems.error(at('id'), `two events have the id "${id}"`, 'Rename one.');
    taken.add(id);
    if (asset !== undefined && !known.has(asset))
      problems.error(at('asset'), `there is no asset "${asset}"`, 'Give the id of the asset that it is about.');
    const time = (field: 'from' | 'to', text: string): number => {
      if (/^\d{4}-/.test(text) && !isOfYears(text)) {
        problems.error(at(field), `"${text}" is not of the years ${years.first} to ${years.last}`, 'Mend the year.');
        return Number.NaN;
      }
      const day = dayNumber(text);
      if (day !== null) return startOfDay(field === 'to' ? day + 1 : day, offset);
      const found = withOffset.test(text) ? Date.parse(text) : Number.NaN;
      if (Number.isNaN(found))
        problems.error(
          at(field),
          `"${text}" is no time`,
          'Write a local date, 2026-10-01, or a time with its offset, 2026-10-01T08:30+08:00.',
        );
      return found;
    };
    const from = time('from', when.from);
    // A date alone means all of that day.
    const wholeDay = dayNumber(when.from) !== null && !Number.isNaN(from);
    const to = when.to !== undefined ? time('to', when.to) : wholeDay ? startOfDay(localDay(from, offset) + 1, offset) : from;
    if (to < from) problems.error(at('to'), 'it ends before it begins', 'Exchange from and to.');
    return compact<ParkEvent>({ id, title: toText(title), body: body === undefined ? undefined : toText(body), asset, from, to });
  });
  return events.sort((a, b) => a.from - b.from);
}

/** Events that touch [from, to). */
export function eventsIn(events: readonly ParkEvent[], from: number, to: number): ParkEvent[] {
  return events.filter((event) => event.from < to && (event.to > from || event.from >= from));
}

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})$/;
const day_ms = 86_400_000;

/** Days since 1970; null where `text` is not an existing date. */
function dayNumber(text: string): number | null {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time / day_ms : null;
}
