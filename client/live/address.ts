/** Reads and writes the state of the screen in an address: moment, selection, metric, plan, what is singled out, camera. */
import type { ParkView } from '../../models/api/park-view.ts';
import type { Only } from './choices.ts';
import { type Choices, type FollowWay, type Metric, useChoices } from './choices.ts';
import { litBy, onlyText, readOnly } from './isolate.ts';
import { setMoment } from './moment.ts';
import { type Pose, poseText, readPose } from './pose.ts';

const metrics: readonly Metric[] = ['intensity', 'emissionRate', 'power'];

const ways: readonly FollowWay[] = ['up', 'down'];

export type Linked = Pick<Choices, 'moment' | 'selected' | 'follow' | 'metric' | 'plan' | 'underground'> & {
  only: Only | null;
  camera: Pose | null;
};

/** Choices that a query string states; the others are left out, so that they stay as they are. */
export function readLink(search: string): Partial<Omit<Linked, 'only'>> {
  const query = new URLSearchParams(search);
  const metric = metrics.find((m) => m === query.get('metric'));
  const selected = query.get('select');
  const follow = ways.find((way) => way === query.get('follow'));
  const moment = momentOf(query.get('moment'));
  const camera = readPose(query.get('camera'));
  return {
    ...(moment === null ? {} : { moment }),
    ...(selected ? { selected } : {}),
    ...(selected && follow ? { follow } : {}),
    ...(metric ? { metric } : {}),
    ...(query.get('view') === 'plan' ? { plan: true } : {}),
    ...(query.get('view') === 'underground' ? { underground: true } : {}),
    ...(camera ? { camera } : {}),
  };
}

/** Reads ISO 8601 with an offset; null for anything else. */
function momentOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** In UTC, to the minute if it is a whole minute: `2026-10-12T06:15Z` means the same in every time zone. */
function momentText(moment: number): string {
  const text = new Date(moment).toISOString();
  return text.endsWith(':00.000Z') ? `${text.slice(0, 16)}Z` : text;
}

/** The same for one park: an id that it lacks is not selected; one that it has is flown to, unless the link states a camera. */
export function linkedIn(park: ParkView, search: string): Partial<Choices> {
  const { selected, follow, camera, ...rest } = readLink(search);
  const found = [...park.assets, ...park.lines].find((one) => one.id === selected);
  const only = readOnly(park, new URLSearchParams(search).get('only'));
  const at = performance.now();
  return {
    ...rest,
    ...(only ? { only, lit: litBy(park, only) } : {}),
    // No flight to a followed asset: what is followed goes through the whole park.
    ...(found ? { selected: found.id, ...(follow ? { follow } : { flight: { to: found.id, at } }) } : {}),
    ...(camera ? { flight: { to: camera, at }, walking: camera.kind === 'walk' } : {}),
  };
}

/** The query string for what is shown; defaults are left out, foreign parameters kept. Language null: the reader's own. */
export function writeLink(search: string, view: Linked, language: string | null): string {
  const query = new URLSearchParams(search);
  const put = (name: string, value: string | null) => (value === null ? query.delete(name) : query.set(name, value));
  put('moment', view.moment === 'live' ? null : momentText(view.moment));
  put('select', view.selected);
  put('follow', view.selected === null ? null : view.follow);
  put('metric', view.metric === 'intensity' ? null : view.metric);
  put('view', view.plan ? 'plan' : view.underground ? 'underground' : null);
  put('only', view.only && onlyText(view.only));
  put('camera', view.camera && poseText(view.camera));
  put('lang', language);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Shows what a query string states and sets all else to its default; for links within the page and bookmarks. */
export function openLink(search: string): void {
  const { park } = useChoices.getState();
  if (!park) return;
  const plain = {
    selected: null,
    follow: null,
    metric: 'intensity',
    plan: false,
    underground: false,
    walking: false,
    only: null,
    lit: null,
  } as const;
  const { moment = 'live', ...rest } = linkedIn(park, search);
  const { webgl } = useChoices.getState();
  useChoices.setState({ ...plain, flight: { to: null, at: performance.now() }, ...rest, ...(webgl ? {} : { plan: true }) });
  setMoment(moment);
}
