/**
 * The moment on the screen: live, or an accounted interval of the past. Choosing one fills the mirror from the cache
 * of snapshots at once; until its snapshot has loaded, the nearest earlier one stays with its own time, so that colour,
 * number and time always belong together.
 */
import { QueryObserver } from '@tanstack/query-core';
import { create } from 'zustand';
import { sees } from '../../models/access/permissions.ts';
import type { LedgerAnswer } from '../../models/api/ledger.ts';
import type { ParkView } from '../../models/api/park-view.ts';
import { layoutSignature } from '../../models/snapshots/slots.ts';
import { localDay, startOfDay, type ZoneOffset, zoneOffset } from '../../models/time/local-time.ts';
import type { Layout } from '../../models/wire/layout.ts';
import { AskError } from './ask.ts';
import { useChoices } from './choices.ts';
import { fetchSnapshots, forgetSeries } from './history.ts';
import { live, mirror, showLive, showPast, subscribe } from './mirror.ts';
import { queries, question } from './queries.ts';
import { SnapshotCache } from './snapshot-cache.ts';

/** Park seconds per second of playing. */
export const speeds = [1, 60, 300, 900, 3600] as const;

/** The ledger's state with times in ms. */
export interface LedgerInfo extends Omit<LedgerAnswer, 'from' | 'until'> {
  from: number | null;
  until: number | null;
  /** Grows when figures of the past may have changed. */
  version: number;
}

export interface TimeMachine {
  /** What is accounted; null until it is known. */
  ledger: LedgerInfo | null;
  /** Why it is not known. */
  trouble: 'public' | 'offline' | 'server' | null;
  playing: boolean;
  speed: number;
  /** State of the chosen moment's snapshot: loading, request failed, there is none, or (null) on the screen. */
  wait: 'loading' | 'failed' | 'none' | null;
}

const atRest: TimeMachine = { ledger: null, trouble: null, playing: false, speed: 900, wait: null };
export const useTime = create<TimeMachine>(() => ({ ...atRest }));

interface Engine {
  park: ParkView;
  cache: SnapshotCache;
  interval_ms: number;
  offset: ZoneOffset;
  /** Local days visible on the timeline; they are loaded after all that is more urgent. */
  inSight: readonly number[];
  /** 1 while the moment moves forward, −1 while it moves back; decides which days are loaded ahead. */
  direction: 1 | -1;
  /** Layout that the last shown snapshot was for. */
  layout: typeof mirror.layout;
}
let engine: Engine | null = null;

/** Goes to a moment: the interval that contains the time, no earlier than the first and no later than the last accounted one. */
export function setMoment(moment: 'live' | number): void {
  const { moment: before } = useChoices.getState();
  const next = moment === 'live' ? 'live' : clamped(moment);
  if (next === before) return;
  if (engine && next !== 'live') engine.direction = before === 'live' || next < before ? -1 : 1;
  useChoices.setState({ moment: next });
  apply();
}

function clamped(time: number): number {
  const interval_ms = engine?.interval_ms ?? 1;
  const start = Math.floor(time / interval_ms) * interval_ms;
  const { ledger } = useTime.getState();
  if (!ledger || ledger.from === null || ledger.until === null) return start;
  return Math.max(ledger.from, Math.min(ledger.until - interval_ms, start));
}

/** Start of the last accounted interval, ms; NaN while nothing is accounted. */
export function lastMoment(): number {
  const { ledger } = useTime.getState();
  return ledger?.until == null || !engine ? Number.NaN : ledger.until - engine.interval_ms;
}

/** Moves by intervals, or by local days at the same time of day. A step past the newest interval leads to live. */
export function stepMoment(by: number, unit: 'interval' | 'day'): void {
  const { moment } = useChoices.getState();
  const last = lastMoment();
  if (!engine || Number.isNaN(last) || (moment === 'live' && by > 0)) return;
  const from = moment === 'live' ? last + engine.interval_ms : moment;
  const to = unit === 'interval' ? from + by * engine.interval_ms : sameTime(from, by, engine.offset);
  setMoment(to > last ? 'live' : to);
}

/** The same wall-clock time some local days later. */
export function sameTime(time: number, days: number, offset: ZoneOffset): number {
  const wall = time + offset(time) + days * 86_400_000;
  const byMorning = wall - offset(startOfDay(localDay(time, offset) + days, offset));
  const byThen = wall - offset(byMorning);
  // If the clock skips this time on that day, the time is taken as far after midnight as it would have been.
  return offset(byThen) === offset(byMorning) ? byThen : byMorning;
}

/** Shows the chosen moment, or states why it cannot be shown yet, and requests what may be needed next. */
function apply(): void {
  const { moment } = useChoices.getState();
  if (moment === 'live') {
    if (mirror.moment !== 'live') showLive();
    say(null);
    if (useTime.getState().playing) useTime.setState({ playing: false });
    return;
  }
  // Without values of this very version of the park, nothing says where a snapshot's numbers belong.
  if (!engine || mirror.layoutPark !== engine.park) {
    say('loading');
    return;
  }
  const { cache, interval_ms } = engine;
  const changedLayout = engine.layout !== mirror.layout;
  engine.layout = mirror.layout;
  const found = cache.find(moment);
  const shownAs = (start: number) => mirror.moment === start && !changedLayout;
  if (found.state === 'there') {
    show(found);
    say(null);
  } else if (found.state === 'away') {
    const earlier = cache.nearestBefore(moment);
    const start = earlier?.set.times[earlier.index];
    if (earlier && start !== undefined && !shownAs(start)) show(earlier);
    say('loading');
  } else {
    if (!shownAs(moment)) showPast({ start: moment, interval_ms, base: found.state === 'none' ? found.base : moment }, null);
    say(found.state);
  }
  askFor(moment);
}

function show({ set, index }: { set: { values: Float32Array; size: number; times: Float64Array; base: number }; index: number }): void {
  const start = set.times[index];
  if (!engine || start === undefined) return;
  const { interval_ms } = engine;
  // The park, and with it the layout, may have changed since the snapshots were loaded.
  const fits = set.size === mirror.layout?.size;
  const values = fits ? set.values.subarray(index * set.size, (index + 1) * set.size) : null;
  showPast({ start, interval_ms, base: set.base }, values);
}

function say(wait: TimeMachine['wait']): void {
  if (useTime.getState().wait !== wait) useTime.setState({ wait });
}

function askFor(moment: number): void {
  const { ledger } = useTime.getState();
  if (!engine || mirror.layoutPark !== engine.park || ledger?.from == null || ledger.until === null) return;
  const { cache, direction } = engine;
  const day = cache.dayOf(moment);
  const [first, last] = [cache.dayOf(ledger.from), cache.dayOf(ledger.until - 1)];
  const near = [day, day + direction, day - direction, day + 2 * direction];
  cache.want([...near, ...engine.inSight].filter((one) => one >= first && one <= last));
}

/** With more days than this visible, none is loaded in advance. */
const mostInSight = 8;

/** Takes the range that the timeline shows: a week or less is loaded as a whole, so that scrubbing need not wait. */
export function lookAt(from: number, to: number): void {
  if (!engine) return;
  const [first, last] = [engine.cache.dayOf(from), engine.cache.dayOf(to)];
  engine.inSight = last - first < mostInSight ? Array.from({ length: last - first + 1 }, (_, i) => last - i) : [];
  const { moment } = useChoices.getState();
  const newest = lastMoment();
  // While the past is being filled in, its newest moment is not needed.
  if (Number.isNaN(newest) || (moment === 'live' && useTime.getState().ledger?.progress?.what === 'fill')) return;
  askFor(moment === 'live' ? newest : moment);
}

/** Plays from a moment (while live: from `from`) until it catches up with the present. */
export function play(from: number): void {
  if (!engine || Number.isNaN(lastMoment())) return;
  if (useChoices.getState().moment === 'live') setMoment(from);
  engine.direction = 1;
  const { interval_ms } = engine;
  let before = performance.now();
  let head = Number(useChoices.getState().moment);
  useTime.setState({ playing: true });
  const move = (now: number) => {
    const { playing, speed, wait } = useTime.getState();
    const { moment } = useChoices.getState();
    if (!playing || moment === 'live' || !engine) return;
    // The person chose another moment meanwhile: playing goes on from there.
    if (Math.floor(head / interval_ms) * interval_ms !== moment) head = moment;
    // Waits while a snapshot is loading; a slow frame counts for at most 250 ms.
    if (wait !== 'loading') head += Math.min(250, now - before) * speed;
    before = now;
    if (head > lastMoment() + interval_ms) return setMoment('live');
    setMoment(Math.min(head, lastMoment()));
    requestAnimationFrame(move);
  };
  requestAnimationFrame(move);
}

export function pause(): void {
  useTime.setState({ playing: false });
}

const signatures = new WeakMap<Layout, string>();
function signatureFor(layout: Layout): string {
  const signature = signatures.get(layout) ?? layoutSignature(layout);
  signatures.set(layout, signature);
  return signature;
}

const msOf = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** Versions of the ledger so far, also those of the park's versions before: what was loaded for them is out of date. */
let versions = 0;

const lookAgain_ms = 60_000;
const lookSoon_ms = 4000;
/** The ledger closes an interval some seconds after it ended. */
const closing_ms = 20_000;

/** Starts the time machine for one park; returns a function that stops it. */
export function startTimeMachine(park: ParkView, onOtherPark: () => void): () => void {
  const { id, timeZone, interval_s, audience } = park.metadata;
  const interval_ms = 1000 * interval_s;
  const offset = zoneOffset(timeZone);
  const cache = new SnapshotCache(
    async (from, to, signal) => {
      const set = await fetchSnapshots(id, from, to, signal);
      const { layout } = mirror;
      // Snapshots of another version of the park would be read by the wrong slots.
      if (layout && set.times.length > 0 && set.signature !== signatureFor(layout)) {
        onOtherPark();
        throw new AskError('refused', 'the snapshots are of another version of the park');
      }
      return set;
    },
    offset,
    () => apply(),
  );
  engine = { park, cache, interval_ms, offset, inSight: [], direction: -1, layout: null };
  const mine = engine;
  useTime.setState({ ...atRest, speed: useTime.getState().speed });
  const enabled = sees(audience, 'figures:read');
  const observer = new QueryObserver(queries, {
    ...question('GET /parks/{park}/ledger', { park: id }),
    enabled,
    refetchInterval: ({ state: { status, data } }) => {
      if (status === 'error') return 3 * lookSoon_ms;
      return !data || data.progress !== null || data.dirty > 0 || data.until === null ? lookSoon_ms : lookAgain_ms;
    },
    refetchIntervalInBackground: true,
  });
  const look = () => {
    if (enabled) void observer.refetch({ cancelRefetch: false });
  };
  let heard = { answer: 0, trouble: 0 };
  const hear = () => {
    const { data, dataUpdatedAt: answer, error, errorUpdatedAt: trouble } = observer.getCurrentResult();
    const before = heard;
    heard = { answer, trouble };
    if (data && answer !== before.answer) take(data);
    if (error && trouble !== before.trouble) {
      const what = error instanceof AskError ? error.trouble : 'server';
      useTime.setState({ trouble: what === 'offline' ? 'offline' : what === 'notPublic' ? 'public' : 'server' });
    }
  };
  const take = (answer: LedgerAnswer) => {
    const before = useTime.getState().ledger;
    // Days accounted again, another edition, or days filled in before the first: loaded figures may be out of date.
    const isOther =
      before !== null &&
      (before.editions.at(-1)?.id !== answer.editions.at(-1)?.id || before.dirty > answer.dirty || before.from !== msOf(answer.from));
    const version = before === null || isOther ? ++versions : before.version;
    const ledger: LedgerInfo = { ...answer, from: msOf(answer.from), until: msOf(answer.until), version };
    cache.until = ledger.until ?? Number.NEGATIVE_INFINITY;
    useTime.setState({ ledger, trouble: null });
    if (isOther) {
      forgetSeries();
      // A fill adds days before the first; days already loaded do not change.
      if (answer.progress?.what !== 'fill') cache.outdate();
    }
    const { moment } = useChoices.getState();
    if (moment === 'live') return;
    if (ledger.until === null) return setMoment('live');
    const inside = clamped(moment);
    if (inside !== moment) setMoment(inside);
    else apply();
  };

  const stopListening = subscribe(() => {
    if (mine.layout !== mirror.layout && useChoices.getState().moment !== 'live') apply();
    const { ledger } = useTime.getState();
    // A new interval is over and will be accounted soon.
    if (ledger?.until != null && live.time > ledger.until + interval_ms + closing_ms && Date.now() - asked > lookSoon_ms) {
      asked = Date.now();
      look();
    }
  });
  let asked = 0;
  const again = () => {
    cache.retry();
    look();
  };
  const retryTimer = setInterval(() => {
    if (useTime.getState().wait === 'failed') again();
  }, 5000);
  globalThis.addEventListener?.('online', again);
  const stopAsking = observer.subscribe(hear);
  hear();
  if (!enabled) useTime.setState({ trouble: 'public' });

  return () => {
    stopAsking();
    clearInterval(retryTimer);
    stopListening();
    cache.clear();
    globalThis.removeEventListener?.('online', again);
    if (engine === mine) engine = null;
    useTime.setState({ ...atRest });
  };
}
