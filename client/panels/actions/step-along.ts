/** Steps by one: to the next or previous asset, interval or day. */

import { select, useChoices } from '../../live/choices.ts';
import { pause, stepMoment, useTime } from '../../live/moment.ts';

/** The asset before or after the selected one; after the last comes the first. */
export function neighbour(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[(at + step + ids.length) % ids.length] ?? null;
}

export function stepAsset(by: 1 | -1): void {
  const { park, selected } = useChoices.getState();
  const id = neighbour(park?.assets.map((a) => a.id) ?? [], selected, by);
  useChoices.setState({ sheet: null });
  select(id, true);
}

export function stepTime(by: 1 | -1, unit: 'interval' | 'day'): void {
  pause();
  stepMoment(by, unit);
}

/** Where playing starts while the park is live: one day before the end of what is accounted, in ms. */
export function dayBefore(): number {
  return (useTime.getState().ledger?.until ?? Number.NaN) - 86_400_000;
}
