/** Where intervals begin, and what is learnt at their end for live estimates. The ledger accounts them. */
import type { Park } from '../../models/park/park.ts';
import { learnInterval, type TwinState } from '../../models/telemetry/state.ts';

/** After a long pause at most this many intervals are learnt one by one; the rest is learnt from the store at the next start. */
const most = 8 * 96;

export function startOfInterval({ interval_s }: Pick<Park, 'interval_s'>, time: number): number {
  const length = interval_s * 1000;
  return Math.floor(time / length) * length;
}

/** Learns from every interval after `closed` that is over at `now`; returns the end of the last. */
export function learnUntil(park: Park, state: TwinState, closed: number, now: number): number {
  const length = park.interval_s * 1000;
  const last = startOfInterval(park, now);
  let from = Math.max(closed, last - most * length);
  for (; from < last; from += length) learnInterval(state, from, from + length);
  return from;
}
