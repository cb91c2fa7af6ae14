/**
 * Following the carbon: the followed asset, the direction and the server's answer, requested again after each tick and for
 * each new moment while an asset is followed. Assets and lines on the way stay lit; all others are drawn as ghosts.
 */
import { create } from 'zustand';
import { sees } from '../../models/access/permissions.ts';
import type { ParkView } from '../../models/api/park-view.ts';
import type { FollowAnswer } from '../../models/api/supply.ts';
import { roleOf } from '../../models/kinds/roles.ts';
import { directionOf } from '../../models/units.ts';
import { ask as askServer, iso } from './ask.ts';
import { type FollowWay, select, useChoices } from './choices.ts';
import { litBy } from './isolate.ts';
import { mirror, subscribe } from './mirror.ts';
import { pageTrouble } from './park.ts';

export interface Following {
  /** The asset that is followed now; null: none. */
  subject: { asset: string; way: FollowWay } | null;
  /** The last answer about the subject; may be of the moment before (see belongs). */
  answer: FollowAnswer | null;
  trouble: 'offline' | 'server' | 'notAccounted' | null;
}

const atRest: Following = { subject: null, answer: null, trouble: null };
export const useFollow = create<Following>(() => atRest);

type FollowedAsset = Pick<ParkView['assets'][number], 'kind' | 'ports' | 'conversion' | 'storage'>;

/** Directions in which an asset can be followed: up if it takes energy, down if it gives energy. */
export function waysOf(asset: FollowedAsset): FollowWay[] {
  const up = asset.ports.some((port) => directionOf(port) === 'in' && roleOf(asset, port) !== 'export');
  const down = asset.ports.some((port) => directionOf(port) === 'out');
  return [...(up ? (['up'] as const) : []), ...(down ? (['down'] as const) : [])];
}

/** Switches the selected (or hovered) asset to the next of up, down, not followed; only directions that it has. */
export function turnFollow(): void {
  const { park, selected, hovered, follow } = useChoices.getState();
  const id = selected ?? hovered;
  const asset = park?.assets.find((one) => one.id === id);
  if (!park || !asset || !sees(park.metadata.audience, 'figures:read')) return;
  const ways = waysOf(asset);
  const next = follow === null ? ways[0] : ways[ways.indexOf(follow) + 1];
  if (selected !== asset.id) select(asset.id);
  setFollow(next ?? null);
}

/** Sets the direction. At the start the camera shows the whole park on its present bearing: what is followed goes through it. */
export function setFollow(way: FollowWay | null): void {
  const begins = way !== null && useChoices.getState().follow === null;
  useChoices.setState({ follow: way, ...(begins ? { flight: { to: { kind: 'whole' }, at: performance.now() } } : {}) });
}

/** Whether an answer is of the moment on the screen; numbers of another moment are not shown beside it. */
export function belongs(answer: FollowAnswer | null): answer is FollowAnswer {
  if (answer === null) return false;
  return answer.moment === null ? mirror.moment === 'live' : mirror.moment === Date.parse(answer.moment);
}

/** The asset to be followed, by the choices. A selected line keeps the subject, because it is a part of the way. */
export function subjectOf(
  park: ParkView,
  { selected, follow }: { selected: string | null; follow: FollowWay | null },
  before: Following['subject'],
): Following['subject'] {
  if (follow === null || selected === null) return null;
  const asset = park.assets.find(({ id }) => id === selected);
  if (!asset) return before;
  const ways = waysOf(asset);
  const way = ways.includes(follow) ? follow : ways[0];
  return way === undefined ? before : { asset: asset.id, way };
}

/** Shortest time between two requests about the live park. */
const pause_ms = 1000;

/** Starts following for one park; returns a function that stops it. */
export function startFollowing(park: ParkView): () => void {
  let asking: { key: string; stop: AbortController } | null = null;
  let heard = { key: '', changes: -1, at: Number.NEGATIVE_INFINITY };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const light = (ids: Iterable<string>) => {
    const { lit } = useChoices.getState();
    const next = new Set(ids);
    if (next.size !== lit?.size || ![...next].every((id) => lit.has(id))) useChoices.setState({ lit: next });
  };
  /** Singles out again what was singled out before. */
  const letGo = () => useChoices.setState(({ only }) => ({ lit: only && litBy(park, only) }));
  const say = (asset: string, answer: FollowAnswer | null, trouble: Following['trouble']) => {
    useFollow.setState({ answer, trouble });
    light(answer ? [asset, ...answer.through, ...answer.lines.map(({ id }) => id)] : [asset]);
  };

  const ask = async (subject: NonNullable<Following['subject']>, key: string, changes: number) => {
    const stop = new AbortController();
    asking = { key, stop };
    const moment = mirror.moment === 'live' ? null : mirror.moment;
    try {
      const query = {
        direction: subject.way === 'up' ? ('upstream' as const) : ('downstream' as const),
        ...(moment !== null && { moment: iso(moment) }),
      };
      const about = { park: park.metadata.id, asset: subject.asset, query };
      const answer = await askServer('GET /parks/{park}/assets/{asset}/supply', about, stop.signal);
      if (stop.signal.aborted) return;
      say(subject.asset, answer, null);
    } catch (error) {
      if (stop.signal.aborted) return;
      const what = pageTrouble(error as Error) ?? 'server';
      // While live, the last answer stays; its time shows how old it is.
      const kept = what === 'offline' && moment === null ? useFollow.getState().answer : null;
      say(subject.asset, kept, what === 'notFound' ? 'notAccounted' : what);
    }
    heard = { key, changes, at: performance.now() };
    asking = null;
    look();
  };

  const look = () => {
    clearTimeout(timer);
    const { subject } = useFollow.getState();
    if (!subject || mirror.layout === null) return;
    const key = `${subject.asset} ${subject.way} ${mirror.moment}`;
    if (asking !== null) return;
    if (heard.key === key && (mirror.moment !== 'live' || heard.changes === mirror.changes)) return;
    const wait = heard.key === key ? heard.at + pause_ms - performance.now() : 0;
    if (wait > 0) timer = setTimeout(look, wait);
    else void ask(subject, key, mirror.changes);
  };

  const choose = () => {
    const view = useChoices.getState();
    const { subject: before } = useFollow.getState();
    const subject = subjectOf(park, view, before);
    // A link may name a line, or an asset that neither takes nor gives: then nothing is followed.
    if (!subject && view.follow !== null) return useChoices.setState({ follow: null });
    if (before?.asset === subject?.asset && before?.way === subject?.way) return;
    asking?.stop.abort();
    asking = null;
    heard = { ...heard, key: '' };
    useFollow.setState({ subject, answer: null, trouble: null });
    if (!subject) return letGo();
    // If the asset has only the other direction, the choice (and so the address) is set to that.
    if (view.follow !== subject.way) useChoices.setState({ follow: subject.way });
    look();
  };

  // Other audiences may not see figures; the page does not offer following to them.
  if (!sees(park.metadata.audience, 'figures:read')) {
    useChoices.setState({ follow: null });
    return () => {};
  }
  const stops = [
    subscribe(look),
    useChoices.subscribe((view, before) => {
      if (view.follow !== before.follow || view.selected !== before.selected) choose();
    }),
  ];
  choose();
  return () => {
    for (const stop of stops) stop();
    clearTimeout(timer);
    asking?.stop.abort();
    if (useFollow.getState().subject) letGo();
    useFollow.setState(atRest);
  };
}
