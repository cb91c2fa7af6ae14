/** The ends of intervals: storages step, and what points said is learnt, once each, in order of time. */
import { closeInterval } from '../models/carbon/interval.ts';
import type { Compiled, Level } from '../models/carbon/step.ts';
import type { Park } from '../models/park/park.ts';
import { intervalInputs, learnInterval, setLevels, type TwinState } from '../models/state.ts';

/** After a long sleep only so many intervals are closed one by one. */
const most = 8 * 96;

export function startOfInterval({ interval_s }: Pick<Park, 'interval_s'>, time: number): number {
  const length = interval_s * 1000;
  return Math.floor(time / length) * length;
}

/** Closes every interval after `closed` that is over at `now`, telling each one's levels; returns the end of the last. */
export function closeUntil(
  compiled: Compiled,
  state: TwinState,
  closed: number,
  now: number,
  tell: (end: number, levels: Level[]) => void,
): number {
  const length = compiled.park.interval_s * 1000;
  const last = startOfInterval(compiled.park, now);
  let from = Math.max(closed, last - most * length);
  while (from < last) {
    const to = from + length;
    const { levels } = closeInterval(compiled, intervalInputs(state, from, to), state.levels, length / 3_600_000);
    setLevels(state, levels);
    learnInterval(state, from, to);
    tell(to, levels);
    from = to;
  }
  return from;
}
