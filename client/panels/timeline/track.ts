/**
 * The timeline's instrument, past React: holds the stretch in sight, draws it when something changed, and moves the
 * handle. One drawing a frame at most, none while nothing changes.
 */

import { create } from 'zustand';
import type { ParkView } from '../../../models/api/park-view.ts';
import { sourceKinds } from '../../../models/source-kinds.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';
import { useChoices } from '../../live/choices.ts';
import { live, mirror, subscribe } from '../../live/mirror.ts';
import { lookAt, useTime } from '../../live/moment.ts';
import { axisLabel } from './axis-label.ts';
import { eventAt, type TimelineMark, timelineMarksAt } from './marks.ts';
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
import { rowAt, stackOrder, type TrackRows } from './track-data.ts';
import type { TrackLook } from './track-scene.ts';
import { TrackSource } from './track-source.ts';

/** What React shows of it. */
export interface TrackState {
  range: RangeName | null;
  /** Ends of the vertical axes. */
  power_kW: number;
  low: number;
  high: number;
  /** Nothing of the stretch is here yet. */
  empty: boolean;
  /** Kinds of source that occur, in the order of the stack, apart by blanks. */
  kinds: string;
  /** Where the pointer is: pixels from the left, and the time there. */
  hover: { x: number; time: number; width: number } | null;
}
export const useTrack = create<TrackState>(() => ({ range: '1d', power_kW: 1, low: 0, high: 1, empty: true, kinds: '', hover: null }));

export interface TrackParts {
  canvas: HTMLCanvasElement;
  handle: HTMLElement;
  park: ParkView;
  language: string;
}

/** The present moves on by seconds; by more than this it was not known before. */
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
  /** The right end moves on with the present. */
  private followsNow = true;
  private nights: { of: TimeRange; bands: TimeRange[] } | null = null;
  private seen: { rows: TrackRows; kinds: string } | null = null;
  private due = 0;
  private tween = 0;
  /** Where a glide ends. */
  private goal: TimeRange | null = null;
  private size = { width: 1, height: 1 };
  private asked: TimeRange | null = null;
  private lastNow = Number.NEGATIVE_INFINITY;
  /** While the hand is on the track the stretch does not run after the moment. */
  held = false;

  constructor(parts: TrackParts) {
    const { park, canvas } = parts;
    this.parts = parts;
    this.offset = zoneOffset(park.metadata.timeZone);
    this.interval_ms = 1000 * park.metadata.interval_s;
    this.source = new TrackSource({ id: park.metadata.id, interval_ms: this.interval_ms, offset: this.offset }, () => this.soon());
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

  /** The park's present; the device's until the line has spoken. */
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

  /** Beginning of the event whose flag stands here; null when there is none. */
  eventAt(x: number): number | null {
    const pixel = spanOf(this.stretch) / this.size.width;
    return eventAt(this.source.marksIn(2 * pixel), this.timeAt(x), 6 * pixel);
  }

  timeAt(x: number): number {
    return timeAt(this.stretch, x, this.size.width);
  }

  /** By hand: at once, and from then on it stays where it was put. */
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
    // Where it is going counts, not where it is on its way there.
    const goal = this.goal ?? this.stretch;
    const next = following(goal, time);
    if (next === goal) return;
    this.followsNow = false;
    // Far away: the way there would say nothing.
    const far = Math.abs(next.from - this.stretch.from) > 1.5 * spanOf(this.stretch);
    if (far || useTime.getState().playing) {
      this.stopGliding();
      this.put(next);
    } else this.glide(next, false);
  }

  /** Eased, a quarter of a second; at once for whoever asked for stillness. */
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
      // Lengths by ratio: zooming feels even.
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
    // How far back it goes is known only now: a moment that came with the address may lie anywhere in it.
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
        ticks: ticks.map((tick) => ({ tick, label: axisLabel(tick, park.metadata.timeZone, language, months) })),
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

  /** The park's present is known only when the line has spoken, and may be years from the device's. */
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
    // Out of sight, but never out of the hand: what is hidden would lose the keyboard.
    handle.classList.toggle('outside', x < -1 || x > this.size.width + 1);
    // The picture on the screen is of another moment while the wanted one is on its way.
    handle.classList.toggle('waiting', moment !== mirror.moment);
  }

  /** Sources that can be seen: a hair of a colour needs no entry in the key. */
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

  /** Data for where the stretch is now, not for every step of the way there. */
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
      this.nights = { of, bands: nightsOf(of, this.parts.park.metadata.place) };
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
