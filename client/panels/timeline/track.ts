/**
 * The timeline's canvas, without React: holds the time range in sight, draws it when something changed, and moves the
 * handle. It draws at most once per frame, and not at all while nothing changes.
 */

import { create } from 'zustand';
import type { ParkView } from '../../../models/api/park-view.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import type { Language } from '../../../models/languages.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';
import { useChoices } from '../../live/choices.ts';
import { live, mirror, subscribe } from '../../live/mirror.ts';
import { lookAt, useTime } from '../../live/moment.ts';
import { axisLabel } from './axis-label.ts';
import { nightsOf } from './nights.ts';
import { axesOf, paintTrack } from './paint-track.ts';
import {
  following,
  latest,
  moved,
  positionOf,
  type RangeName,
  rangeOf,
  ranges,
  resized,
  spanOf,
  type TimeRange,
  timeAt,
  within,
  zoomed,
} from './shown-range.ts';
import { ticksOf } from './ticks.ts';
import { eventAt, type TimelineMark, timelineMarksAt } from './timeline-marks.ts';
import { rowAt, stackOrder, type TrackRows } from './track-data.ts';
import type { TrackLook } from './track-scene.ts';
import { TrackSource } from './track-source.ts';

/** The part of the track's state that React shows. */
export interface TrackState {
  range: RangeName | null;
  /** Ends of the vertical axes. */
  power_kW: number;
  low: number;
  high: number;
  /** No rows of the time range are loaded yet. */
  empty: boolean;
  /** Kinds of source that occur, in the order of the stack, separated by spaces. */
  kinds: string;
  /** Where the pointer is: pixels from the left, and the time there. */
  hover: { x: number; time: number; width: number } | null;
}
export const useTrack = create<TrackState>(() => ({ range: '1d', power_kW: 1, low: 0, high: 1, empty: true, kinds: '', hover: null }));

/** All that the track needs to know of the park; another version of it mostly has the same, and the range shown stays. */
export type TrackPark = Pick<ParkView['metadata'], 'id' | 'timeZone' | 'interval_s'> & { place: { lon: number; lat: number } };

export interface TrackParts {
  canvas: HTMLCanvasElement;
  handle: HTMLElement;
  park: TrackPark;
  language: Language;
}

/** The present moves on by seconds; a jump of more than this means that it was not known before. */
const jump_ms = 3_600_000;
/** Share of all energy in sight below which a source is not named. */
const least = 0.004;
const night_ms = 50 * 86_400_000;
const remembered = 'ecopark.timeline.span';

export class Track {
  private readonly parts: TrackParts;
  private readonly source: TrackSource;
  private readonly offset;
  private readonly interval_ms: number;
  private readonly stops: (() => void)[] = [];
  private look: TrackLook;
  private stretch: TimeRange;
  /** Whether the right end of the range moves on with the present. */
  private followsNow = true;
  private nights: { of: TimeRange; bands: TimeRange[] } | null = null;
  private seen: { rows: TrackRows; kinds: string } | null = null;
  private due = 0;
  private tween = 0;
  /** The range at which the running animation ends; null while none is running. */
  private goal: TimeRange | null = null;
  private size = { width: 1, height: 1 };
  private asked: TimeRange | null = null;
  private lastNow = Number.NEGATIVE_INFINITY;
  /** True while the pointer is pressed on the track; the time range then does not follow the moment. */
  held = false;

  constructor(parts: TrackParts) {
    const { park, canvas } = parts;
    this.parts = parts;
    this.offset = zoneOffset(park.timeZone);
    this.interval_ms = 1000 * park.interval_s;
    this.source = new TrackSource({ id: park.id, interval_ms: this.interval_ms, offset: this.offset }, () => this.soon());
    this.look = readLook(canvas);
    const kept = Number(sessionStorage.getItem(remembered));
    this.stretch = latest(kept >= ranges['6h'] && kept <= ranges['2y'] ? kept : ranges['1d'], this.now);
    const fit = new ResizeObserver(() => this.resize());
    fit.observe(canvas);
    const theme = new MutationObserver(() => {
      this.look = readLook(canvas);
      this.soon();
    });
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    let moment = useChoices.getState().moment;
    this.stops.push(
      () => fit.disconnect(),
      () => theme.disconnect(),
      subscribe(() => this.soon()),
      useTime.subscribe((time, before) => {
        if (time.ledger !== before.ledger) this.takeLedger();
      }),
      useChoices.subscribe((view) => {
        if (view.moment === moment) return;
        const cameBack = view.moment === 'live';
        moment = view.moment;
        if (!this.held) {
          if (cameBack) this.glide(latest(spanOf(this.stretch), this.now), true);
          else this.follow(Number(view.moment));
        }
        this.soon();
      }),
    );
    this.takeLedger();
    if (typeof moment === 'number') this.follow(moment);
    this.resize();
  }

  /** The park's present; until the server has sent it, the end of what is accounted, else the device's time. */
  get now(): number {
    return Number.isNaN(live.time) ? (useTime.getState().ledger?.until ?? Date.now()) : live.time;
  }

  get shown(): TimeRange {
    return this.stretch;
  }

  rows(): TrackRows {
    return this.source.rows(this.stretch);
  }

  rowIndexAt(time: number): number {
    return rowAt(this.rows(), time);
  }

  marksNear(time: number): TimelineMark[] {
    const pixel = spanOf(this.stretch) / this.size.width;
    return timelineMarksAt(this.source.marksIn(2 * pixel), time, 4 * pixel);
  }

  /** Beginning of the event whose flag is at the pixel `x`; null if there is none. */
  eventAt(x: number): number | null {
    const pixel = spanOf(this.stretch) / this.size.width;
    return eventAt(this.source.marksIn(2 * pixel), this.timeAt(x), 6 * pixel);
  }

  timeAt(x: number): number {
    return timeAt(this.stretch, x, this.size.width);
  }

  /** Shows a range that a person chose by hand, at once. It follows the present only if that is near its right end. */
  show(stretch: TimeRange): void {
    this.stopGliding();
    this.put(stretch);
    this.followsNow = this.stretch.to >= this.now && positionOf(this.stretch, this.now, 1) > 0.9;
  }

  zoom(factor: number, anchor = this.middle()): void {
    this.show(zoomed(this.stretch, factor, anchor));
  }

  move(by_ms: number): void {
    this.show(moved(this.stretch, by_ms));
  }

  setRange(name: RangeName): void {
    const { moment } = useChoices.getState();
    if (moment === 'live') this.glide(latest(ranges[name], this.now), true);
    else this.glide(this.fitted(resized(this.stretch, ranges[name], moment)), false);
  }

  close(): void {
    cancelAnimationFrame(this.due);
    cancelAnimationFrame(this.tween);
    for (const stop of this.stops) stop();
    this.source.close();
  }

  private middle(): number {
    const { moment } = useChoices.getState();
    const anchor = moment === 'live' ? this.now : moment;
    return anchor >= this.stretch.from && anchor <= this.stretch.to ? anchor : (this.stretch.from + this.stretch.to) / 2;
  }

  private fitted(stretch: TimeRange): TimeRange {
    return within(stretch, useTime.getState().ledger?.from ?? null, this.now);
  }

  private put(stretch: TimeRange): void {
    this.stretch = this.fitted(stretch);
    sessionStorage.setItem(remembered, String(Math.round(spanOf(this.stretch))));
    this.soon();
  }

  private follow(time: number): void {
    // During an animation its end counts, not the range that is shown now.
    const goal = this.goal ?? this.stretch;
    const next = following(goal, time);
    if (next === goal) return;
    this.followsNow = false;
    // A distant range is shown without an animation, which would show nothing useful.
    const far = Math.abs(next.from - this.stretch.from) > 1.5 * spanOf(this.stretch);
    if (far || useTime.getState().playing) {
      this.stopGliding();
      this.put(next);
    } else this.glide(next, false);
  }

  /** Eased animation of a quarter of a second; at once for people who prefer reduced motion. */
  private glide(to: TimeRange, followsNow: boolean): void {
    this.stopGliding();
    this.followsNow = followsNow;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.put(to);
      return;
    }
    this.goal = to;
    const from = this.stretch;
    const begin = performance.now();
    const step = () => {
      const t = Math.min(1, (performance.now() - begin) / 260);
      const k = 1 - (1 - t) ** 3;
      // Lengths are interpolated by ratio, so that zooming looks even.
      const span = spanOf(from) * (spanOf(to) / spanOf(from)) ** k;
      const end = from.to + (to.to - from.to) * k;
      this.put(t < 1 ? { from: end - span, to: end } : to);
      if (t < 1) this.tween = requestAnimationFrame(step);
      else this.stopGliding();
    };
    step();
  }

  private stopGliding(): void {
    cancelAnimationFrame(this.tween);
    this.tween = 0;
    this.goal = null;
  }

  private takeLedger(): void {
    const { ledger } = useTime.getState();
    this.source.extent =
      ledger?.from != null && ledger.until !== null ? { from: ledger.from, until: ledger.until, version: ledger.version } : null;
    this.asked = null;
    // The beginning of the ledger is known only now; a moment from the page's address may lie anywhere in it.
    const { moment } = useChoices.getState();
    if (moment !== 'live' && !this.held) this.follow(moment);
    this.soon();
  }

  private resize(): void {
    const { canvas } = this.parts;
    const { width, height } = canvas.getBoundingClientRect();
    if (width < 2 || height < 2) return;
    this.size = { width, height };
    const ratio = Math.min(3, devicePixelRatio || 1);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    this.paint();
  }

  private soon(): void {
    if (this.due !== 0) return;
    this.due = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    cancelAnimationFrame(this.due);
    this.due = 0;
    const { canvas, park, language } = this.parts;
    const { now } = this;
    this.keepUpWith(now);
    if (this.followsNow && this.tween === 0) this.stretch = latest(spanOf(this.stretch), now);
    const { stretch } = this;
    this.askSeldom();
    const context = canvas.getContext('2d');
    if (!context) return;
    const ratio = canvas.width / this.size.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const rows = this.source.rows(stretch);
    const { moment } = useChoices.getState();
    const ticks = ticksOf(stretch, this.offset, this.size.width / 74);
    const months = spanOf(stretch) > 60 * 86_400_000;
    const pixel = spanOf(stretch) / this.size.width;
    paintTrack(
      context,
      this.size,
      {
        stretch,
        rows,
        nights: this.nightsIn(stretch),
        marks: this.source.marksIn(2 * pixel),
        ticks: ticks.map((tick) => ({ tick, label: axisLabel(tick, park.timeZone, language, months) })),
        now,
        chosen: moment === 'live' ? null : { from: moment, to: moment + this.interval_ms },
        loading: this.source.loading(stretch),
      },
      this.look,
    );
    this.placeHandle(now);
    const axes = axesOf({ rows, stretch });
    const range = rangeOf(stretch);
    const empty = rows.starts.length === 0;
    const kinds = empty ? useTrack.getState().kinds : this.kindsOf(rows);
    const next = { range, ...axes, empty, kinds };
    const before = useTrack.getState();
    if ((Object.keys(next) as (keyof typeof next)[]).some((key) => next[key] !== before[key])) useTrack.setState(next);
  }

  /** Moves the range if the present jumps: it is known only once the server sent it, and may be years from the device's time. */
  private keepUpWith(now: number): void {
    const leapt = Math.abs(now - this.lastNow) > jump_ms;
    this.lastNow = now;
    if (!leapt) return;
    const { moment } = useChoices.getState();
    const there = latest(spanOf(this.stretch), now);
    this.stretch = moment === 'live' ? there : this.fitted(following(there, moment));
    this.followsNow = moment === 'live';
  }

  private placeHandle(now: number): void {
    const { handle } = this.parts;
    const { moment } = useChoices.getState();
    const at = moment === 'live' ? now : moment + this.interval_ms / 2;
    const x = positionOf(this.stretch, at, this.size.width);
    handle.style.transform = `translateX(${Math.min(this.size.width, Math.max(0, x)).toFixed(1)}px)`;
    // Outside the range the handle is only transparent: a hidden element would lose the keyboard focus.
    handle.classList.toggle('outside', x < -1 || x > this.size.width + 1);
    // While the chosen moment is loading, the screen still shows another one.
    handle.classList.toggle('waiting', moment !== mirror.moment);
  }

  /** Sources for the key; those too small to be seen are left out. */
  private kindsOf(rows: TrackRows): string {
    if (this.seen?.rows !== rows) {
      const sums = stackOrder.map((kind) => {
        let sum = 0;
        for (const kW of rows.power_kW[kind] ?? []) if (kW > 0) sum += kW;
        return { kind, sum };
      });
      const all = sums.reduce((whole, { sum }) => whole + sum, 0);
      const kinds = sums.filter(({ sum }) => sum > least * all).map(({ kind }) => kind);
      this.seen = { rows, kinds: kinds.join(' ') };
    }
    return this.seen.kinds;
  }

  /** Requests the data of the range shown, but not for small moves and not during an animation. */
  private askSeldom(): void {
    const { stretch, asked } = this;
    const span = spanOf(stretch);
    if (asked && Math.abs(asked.from - stretch.from) < 0.02 * span && Math.abs(spanOf(asked) / span - 1) < 0.02) return;
    if (this.tween !== 0) return;
    this.asked = stretch;
    this.source.ask(stretch);
    lookAt(stretch.from, stretch.to);
  }

  private nightsIn(stretch: TimeRange): TimeRange[] {
    const span = spanOf(stretch);
    if (span > night_ms) return [];
    const has = this.nights?.of;
    if (!has || stretch.from < has.from || stretch.to > has.to || spanOf(has) > 6 * span) {
      const of = { from: stretch.from - span, to: stretch.to + span };
      this.nights = { of, bands: nightsOf(of, this.parts.park.place) };
    }
    return this.nights?.bands ?? [];
  }
}

function readLook(element: HTMLElement): TrackLook {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token('--text'),
    muted: token('--muted'),
    line: token('--edge-line'),
    night: token('--track-night'),
    well: token('--well'),
    warn: token('--warn'),
    accent: token('--now'),
    past: token('--past'),
    paper: token('--sheet-solid'),
    font: `500 11px ${token('--font')}`,
    sources: Object.fromEntries(sourceKinds.map((kind) => [kind, token(`--source-${kind}`)])),
  };
}
