/** Choices of the person at the screen: selection, metric, visible layers. React components may subscribe to these. */
import { create } from 'zustand';
import type { ParkView } from '../../models/api/park-view.ts';
import type { Carrier } from '../../models/carriers.ts';

import type { Pose } from './pose.ts';

export type Metric = 'intensity' | 'emissionRate' | 'power';
/** Direction in which carbon is followed: up to where it comes from, down to where it goes. */
export type FollowWay = 'up' | 'down';
/** `sun`: light by day and dark by night in the park. */
export type Theme = 'sun' | 'system' | 'light' | 'dark';
/** Sheets that can open in place of the inspector, one at a time. */
export type SheetName = 'about' | 'balance' | 'help' | 'quarantine';
export type ToolName = 'isolate' | 'bookmarks';
/** Pixels of the window that panels cover at each edge; the camera keeps the selection inside the rest. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/**
 * Turns of the camera. `top`: from above with north up, or from there back to a slanting view; `north`: north up, otherwise
 * unchanged; `rise`: up from walking; `whole`: the whole park on the present bearing.
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
  /** The chosen moment: the live park, or the accounted interval that starts then (ms). mirror.moment is the one shown. */
  moment: 'live' | number;
  /** Id of the selected asset or line. */
  selected: string | null;
  hovered: string | null;
  /** Direction in which the selected asset's carbon is followed (live/follow.ts); null: it is not followed. */
  follow: FollowWay | null;
  metric: Metric;
  /**
   * Ids of the assets and lines that are drawn as usual; all others are drawn as ghosts. Null: nothing is singled out.
   * Set by singling out a group (isolate.ts) and by following the carbon; the later one counts.
   */
  lit: ReadonlySet<string> | null;
  /** What `lit` was made from, when a person singled out a part of the park (isolate.ts). */
  only: Only | null;
  /** The view tool whose small sheet is open. */
  tool: ToolName | null;
  /** True while what lies in the ground is shown. */
  underground: boolean;
  /** The camera walks through the park instead of orbiting above it. */
  walking: boolean;
  /** Where the camera came to rest; null for the first view, which is computed from the park. */
  camera: Pose | null;
  /** Whether lines are drawn, by carrier; a carrier that is not listed is drawn. */
  carriers: Partial<Record<Carrier, boolean>>;
  theme: Theme;
  /** True while the park's sun is down; the theme is then dark if it follows the sun. */
  night: boolean;
  table: boolean;
  /** The command palette is open. */
  palette: boolean;
  /** The 2D plan is shown instead of the scene: by choice, or because WebGL is not available. */
  plan: boolean;
  /** False once it is known that this browser cannot draw the scene. */
  webgl: boolean;
  sheet: SheetName | null;
  /** A page without the park covers it; the park is not drawn meanwhile. */
  covered: boolean;
  insets: Insets;
  /** Panels inside the free part, in pixels of the window; no label is placed under them. */
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

/** Starts walking where the camera looks, or rises again. */
export function walk(walking: boolean): void {
  useChoices.setState(walking ? { walking, plan: false } : { walking, flight: { to: { kind: 'rise' }, at: performance.now() } });
}

/** Properties by which assets can be singled out and that do not change, because they come from an asset's description. */
export const isolations = ['kind', 'carrier', 'tenant', 'area'] as const;
/** `mark`: the marks of an asset's number come and go, so the assets that are lit change with them. */
export type Isolation = (typeof isolations)[number] | 'mark';

/** In an address `kind:pv`, `carrier:heat`, `tenant:acme`, `area:1000-5000`, `mark:missing`. */
export interface Only {
  by: Isolation;
  value: string;
}
