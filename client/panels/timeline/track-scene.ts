/** What the timeline draws, and where its lanes lie. */
import type { SourceKind } from '../../../models/energy-sources.ts';
import type { TimeRange } from './shown-range.ts';
import type { Tick } from './ticks.ts';
import type { TimelineMark } from './timeline-marks.ts';
import type { TrackRows } from './track-data.ts';

/** Colours of the theme, read from the page's tokens. */
export interface TrackLook {
  text: string;
  muted: string;
  line: string;
  night: string;
  well: string;
  warn: string;
  accent: string;
  past: string;
  /** Background of the timeline. */
  paper: string;
  font: string;
  sources: Partial<Record<SourceKind, string>>;
}

export interface TrackScene {
  stretch: TimeRange;
  rows: TrackRows;
  nights: readonly TimeRange[];
  marks: readonly TimelineMark[];
  ticks: readonly { tick: Tick; label: string }[];
  /** The present in the park; NaN while it is not known. */
  now: number;
  /** The chosen interval; null while the park is live. */
  chosen: TimeRange | null;
  /** Time ranges that are still loading. */
  loading: readonly TimeRange[];
}

export interface TrackSize {
  width: number;
  height: number;
}

/** Lanes from top to bottom, pixels. */
export interface Lanes {
  intensity: [top: number, bottom: number];
  power: [top: number, bottom: number];
  marks: [top: number, bottom: number];
  axis: [top: number, bottom: number];
}

export function lanesOf({ height }: TrackSize): Lanes {
  const axis = 18;
  const marks = 8;
  const plot = height - axis - marks;
  // The line has 42 % of the plot, the stack the rest, so that neither hides the other.
  const split = Math.round(plot * 0.42);
  return {
    intensity: [6, split - 5],
    power: [split + 4, plot],
    marks: [plot, plot + marks],
    axis: [height - axis, height],
  };
}
