/** The views of the gallery, and the few of them that tests compare with kept pictures. */
import type { Tier } from '../../client/scene/tier.ts';

export interface View {
  name: string;
  park: 'demo' | 'ucsd' | 'generated';
  /** The park's time at which it is started, ISO 8601 with offset. */
  at: string;
  /** Address after /parks/{park}. */
  path: string;
  width: number;
  height: number;
  tier: Tier;
}

const screens = { desktop: [1440, 900], phone: [390, 844], portrait: [1080, 1920] } as const;
const days = {
  demo: { noon: '2026-06-10T12:30+08:00', dusk: '2026-06-10T19:00+08:00', night: '2026-06-10T21:40+08:00' },
  ucsd: { noon: '2019-11-04T12:00-08:00', dusk: '2019-11-04T16:50-08:00', night: '2019-11-04T20:00-08:00' },
  generated: { noon: '2026-06-10T12:30+08:00', dusk: '2026-06-10T19:00+08:00', night: '2026-06-10T21:40+08:00' },
} as const;

function view(
  park: View['park'],
  what: string,
  hour: keyof (typeof days)['demo'],
  path = '',
  screen: keyof typeof screens = 'desktop',
  tier: Tier = screen === 'phone' ? 'light' : 'full',
): View {
  const [width, height] = screens[screen];
  const place = screen === 'desktop' ? '' : `-${screen}`;
  return { name: `${park}-${what}-${hour}${place}`, park, at: days[park][hour], path, width, height, tier };
}

/** Poses of the eye: east, north, up of what is looked at, bearing, steepness, distance (client/live/pose.ts). */
const eye = {
  energyCentre: 'camera=-478_392_12_215_24_230',
  centre: 'camera=20_10_10_205_16_300',
  chargers: 'camera=634_135_1_200_13_60',
  batteries: 'camera=-622_374_2_200_20_60',
  ground: 'camera=walk_-250_-30_83_3',
};

export const views: readonly View[] = [
  view('demo', 'overview', 'noon'),
  view('demo', 'overview', 'dusk'),
  view('demo', 'overview', 'night'),
  view('demo', 'energy-centre', 'noon', `?${eye.energyCentre}`),
  view('demo', 'energy-centre', 'night', `?${eye.energyCentre}`),
  view('demo', 'centre', 'dusk', `?${eye.centre}`),
  view('demo', 'chargers', 'noon', `?${eye.chargers}`),
  view('demo', 'batteries', 'dusk', `?${eye.batteries}`),
  view('demo', 'eye-height', 'noon', `?${eye.ground}`),
  view('demo', 'follow-up', 'noon', '?select=data-hall-1&follow=up'),
  view('demo', 'follow-down', 'night', '?select=chp-1&follow=down'),
  view('demo', 'underground', 'noon', '?view=underground'),
  view('demo', 'underground', 'night', '?view=underground'),
  view('demo', 'why', 'dusk', '?select=fab-main'),
  view('demo', 'overview', 'noon', '', 'phone'),
  view('demo', 'why', 'night', '?select=data-hall-1', 'phone'),
  view('demo', 'kiosk', 'noon', '/kiosk', 'portrait'),
  view('demo', 'kiosk', 'night', '/kiosk', 'portrait'),
  view('ucsd', 'overview', 'noon'),
  view('ucsd', 'overview', 'dusk'),
  view('ucsd', 'overview', 'night'),
  view('ucsd', 'library', 'noon', '?select=geisel-library'),
  view('ucsd', 'follow-up', 'noon', '?select=geisel-library&follow=up'),
  view('ucsd', 'overview', 'dusk', '', 'phone'),
  view('generated', 'overview', 'noon'),
  view('generated', 'overview', 'night'),
  view('generated', 'underground', 'noon', '?view=underground'),
  view('generated', 'overview', 'noon', '', 'phone'),
];

/** A small picture of the scene alone, of an accounted interval: the same on every run. */
export interface Reference {
  name: string;
  path: string;
  tier: Tier;
}

/** Start of the quarter-hours whose accounted values they show; the demo starts when the last of them is over. */
export const referenceDay = {
  start: '2026-06-11T00:30:00+08:00',
  noon: '2026-06-10T04:30Z',
  night: '2026-06-10T13:30Z',
};
export const referenceSize = { width: 480, height: 300 };

const overview = 'camera=40_-10_0_205_33_2150';
export const references: readonly Reference[] = [
  { name: 'overview-noon', path: `?moment=${referenceDay.noon}&${overview}`, tier: 'light' },
  { name: 'overview-noon-full', path: `?moment=${referenceDay.noon}&${overview}`, tier: 'full' },
  { name: 'overview-night', path: `?moment=${referenceDay.night}&${overview}`, tier: 'light' },
  { name: 'energy-centre-noon', path: `?moment=${referenceDay.noon}&${eye.energyCentre}`, tier: 'light' },
  { name: 'centre-noon', path: `?moment=${referenceDay.noon}&${eye.centre}`, tier: 'light' },
  { name: 'follow-noon', path: `?moment=${referenceDay.noon}&select=data-hall-1&follow=up&${overview}`, tier: 'light' },
  { name: 'underground-noon', path: `?moment=${referenceDay.noon}&view=underground&${overview}`, tier: 'light' },
];
