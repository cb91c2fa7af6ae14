/** Choices of the person looking: what is selected, what colours mean, which layers show. React may subscribe to these. */
import { create } from 'zustand';
import type { ParkView } from '../../models/api/park-view.ts';
import type { Carrier } from '../../models/carriers.ts';

import type { Pose } from './pose.ts';

export type Metric = 'intensity' | 'emissionRate' | 'power';
/** Following the carbon: up to where it comes from, down to where it goes. */
export type FollowWay = 'up' | 'down';
/** `sun`: light by day and dark by night in the park. */
export type Theme = 'sun' | 'system' | 'light' | 'dark';
/** The one sheet that is open beside the inspector. */
export type SheetName = 'about' | 'balance' | 'help' | 'quarantine';
export type ToolName = 'isolate' | 'bookmarks';
/** Pixels of the window that panels cover at each edge: what is chosen should stay inside the rest. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/**
 * From above with north up (or, from there, back to three quarters); north up as one looks; up from walking; the whole
 * park on the bearing that one has.
 */
export type Turn = { kind: 'top' } | { kind: 'north' } | { kind: 'rise' } | { kind: 'whole' };
export type Destination = string | Pose | Turn | null;

/** A rectangle of the window, pixels from its left and upper edge. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Choices {
  park: ParkView | null;
  /** What is wanted on the screen: the living park, or the accounted interval that starts then (ms). See mirror.moment. */
  moment: 'live' | number;
  /** Id of the selected asset or line. */
  selected: string | null;
  hovered: string | null;
  /** The carbon of the selected asset is followed (live/follow.ts). */
  follow: FollowWay | null;
  metric: Metric;
  /**
   * Ids of the assets and lines that stay; all others step back as ghosts. Null: all stay. Set by whatever singles
   * something out (isolate.ts, following the carbon): the later one wins.
   */
  lit: ReadonlySet<string> | null;
  /** What `lit` was made from, when a person singled out a part of the park (isolate.ts). */
  only: Only | null;
  /** The small sheet that is open beside the ways of looking. */
  tool: ToolName | null;
  /** What lies in the ground is shown. */
  underground: boolean;
  /** The eye walks through the park instead of circling above it. */
  walking: boolean;
  /** Where the eye came to rest; null for the first view, worked out from the park. */
  camera: Pose | null;
  /** Lines drawn, by carrier: all that are not switched off. */
  carriers: Partial<Record<Carrier, boolean>>;
  theme: Theme;
  /** 'dark' while the park's sun is down, if the theme follows it. */
  night: boolean;
  table: boolean;
  /** The command palette is open. */
  palette: boolean;
  /** The 2D plan is shown instead of the scene: by choice, or because WebGL cannot be had. */
  plan: boolean;
  /** False once it is known that this browser cannot draw the scene. */
  webgl: boolean;
  sheet: SheetName | null;
  /** A page without the park lies over it: nothing of it is drawn meanwhile. */
  covered: boolean;
  insets: Insets;
  /** Panels that stand in the free part, pixels of the window: no name is written under them. */
  sheltered: readonly Box[];
  /** Asks the camera to go to an asset or line, to a view, home (null), or to turn; `at` makes each request new. */
  flight: { to: Destination; at: number } | null;
}

export const useChoices = create<Choices>(() => ({
  park: null,
  moment: 'live',
  selected: null,
  hovered: null,
  follow: null,
  metric: 'intensity',
  lit: null,
  only: null,
  tool: null,
  underground: false,
  walking: false,
  camera: null,
  carriers: {},
  theme: 'sun',
  night: false,
  table: false,
  palette: false,
  plan: false,
  webgl: true,
  sheet: null,
  covered: false,
  insets: { top: 0, right: 0, bottom: 0, left: 0 },
  sheltered: [],
  flight: null,
}));

export function select(id: string | null, fly = false): void {
  useChoices.setState(fly && id ? { selected: id, flight: { to: id, at: performance.now() } } : { selected: id });
}

export function hover(id: string | null): void {
  if (useChoices.getState().hovered !== id) useChoices.setState({ hovered: id });
}

export function flyTo(to: Destination): void {
  useChoices.setState({ flight: { to, at: performance.now() } });
}

/** Down to walk where one looks, or up again. */
export function walk(walking: boolean): void {
  useChoices.setState(walking ? { walking, plan: false } : { walking, flight: { to: { kind: 'rise' }, at: performance.now() } });
}

/** What an asset is by its description. */
export const isolations = ['kind', 'carrier', 'tenant', 'area'] as const;
/** The marks of its number come and go: those that are lit change with them. */
export type Isolation = (typeof isolations)[number] | 'mark';

/** In an address `kind:pv`, `carrier:heat`, `tenant:acme`, `area:1000-5000`, `mark:missing`. */
export interface Only {
  by: Isolation;
  value: string;
}
