/** Draws the timeline on a canvas, without other side effects: nights, supply mix, the intensity above it, marks, the present. */

import { colourOf, rgbToHex, scales } from '../../../models/colour.ts';
import { paintMarks } from './paint-marks.ts';
import { paintStack, runs } from './paint-stack.ts';
import { positionOf } from './shown-range.ts';
import { axisEnd, rowsWithin, sumAt } from './track-data.ts';
import type { Lanes, TrackLook, TrackScene, TrackSize } from './track-scene.ts';
import { lanesOf } from './track-scene.ts';

export interface Axes {
  /** Upper end of the axis of the stack, which begins at zero. */
  power_kW: number;
  /** Ends of the intensity axis, which need not begin at zero: colour shows the level, height the change. Both are labelled. */
  low: number;
  high: number;
}

/** Least length of the intensity axis, gCO2e/kWh: on a shorter one noise would look like change. */
const leastSpan = 100;

/** Ends of both vertical axes for the rows in sight. */
export function axesOf({ rows, stretch }: Pick<TrackScene, 'rows' | 'stretch'>): Axes {
  const [first, end] = rowsWithin(rows, stretch.from, stretch.to);
  let power = 0;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = first; i < end; i++) {
    const kW = sumAt(rows, i);
    const g = rows.intensity[i] as number;
    if (kW > power) power = kW;
    if (g < least) least = g;
    if (g > most) most = g;
  }
  if (least > most) [least, most] = [0, leastSpan];
  const unit = most - least > 400 ? 100 : 50;
  const low = Math.max(0, Math.floor(least / unit) * unit);
  const high = Math.max(low + leastSpan, Math.ceil(most / unit) * unit);
  return { power_kW: axisEnd(power * 1.02), low, high };
}

export function paintTrack(canvas: CanvasRenderingContext2D, size: TrackSize, scene: TrackScene, look: TrackLook): void {
  const { width, height } = size;
  const lanes = lanesOf(size);
  const axes = axesOf(scene);
  canvas.clearRect(0, 0, width, height);
  paintNights(canvas, size, scene, look, lanes);
  paintGrid(canvas, size, scene, look, lanes);
  paintLoading(canvas, size, scene, look, lanes);
  paintStack(canvas, size, scene, look, lanes, axes.power_kW);
  paintChosen(canvas, size, scene, look, lanes);
  paintIntensity(canvas, size, scene, look, lanes, axes);
  paintMarks(canvas, size, scene, look, lanes);
  paintPresent(canvas, size, scene, look, lanes);
}

const clampX = (x: number, width: number) => Math.min(width + 2, Math.max(-2, x));

function paintNights(
  canvas: CanvasRenderingContext2D,
  { width }: TrackSize,
  { stretch, nights }: TrackScene,
  look: TrackLook,
  lanes: Lanes,
) {
  canvas.fillStyle = look.night;
  for (const night of nights) {
    const from = clampX(positionOf(stretch, night.from, width), width);
    const to = clampX(positionOf(stretch, night.to, width), width);
    canvas.fillRect(from, 0, to - from, lanes.marks[1]);
  }
}

function paintGrid(canvas: CanvasRenderingContext2D, { width }: TrackSize, { stretch, ticks }: TrackScene, look: TrackLook, lanes: Lanes) {
  canvas.font = look.font;
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'left';
  const y = (lanes.axis[0] + lanes.axis[1]) / 2 + 1;
  let free = Number.NEGATIVE_INFINITY;
  for (const { tick, label } of ticks) {
    const x = Math.round(positionOf(stretch, tick.time, width)) + 0.5;
    const strong = tick.kind !== 'clock';
    canvas.strokeStyle = look.line;
    canvas.lineWidth = 1;
    canvas.beginPath();
    canvas.moveTo(x, strong ? 0 : lanes.power[1]);
    canvas.lineTo(x, lanes.axis[0] + (strong ? 12 : 3));
    canvas.stroke();
    const room = canvas.measureText(label).width;
    const at = strong ? x + 4 : x - room / 2;
    if (at < free || at < 2 || at + room > width - 2) continue;
    canvas.fillStyle = strong ? look.text : look.muted;
    canvas.fillText(label, at, y);
    free = at + room + 10;
  }
  canvas.fillStyle = look.line;
  canvas.fillRect(0, lanes.power[1], width, 1);
}

/** Fills time ranges that are still loading with a pale tone, so that they are not taken for zero. */
function paintLoading(
  canvas: CanvasRenderingContext2D,
  { width }: TrackSize,
  { stretch, loading }: TrackScene,
  look: TrackLook,
  lanes: Lanes,
) {
  canvas.fillStyle = look.well;
  for (const part of loading) {
    const from = clampX(positionOf(stretch, part.from, width), width);
    const to = clampX(positionOf(stretch, part.to, width), width);
    canvas.fillRect(from, lanes.power[0], to - from, lanes.power[1] - lanes.power[0]);
  }
}

/** Draws the intensity line in the colours of the scale, with an outline that keeps the palest of them visible. */
function paintIntensity(
  canvas: CanvasRenderingContext2D,
  { width }: TrackSize,
  { stretch, rows }: TrackScene,
  look: TrackLook,
  lanes: Lanes,
  { low, high }: Axes,
): void {
  const [first, end] = rowsWithin(rows, stretch.from, stretch.to);
  const [top, bottom] = lanes.intensity;
  const x = (i: number) => positionOf(stretch, ((rows.starts[i] as number) + (rows.ends[i] as number)) / 2, width);
  const y = (i: number) => bottom - (((rows.intensity[i] as number) - low) / (high - low)) * (bottom - top);
  canvas.lineJoin = 'round';
  canvas.lineCap = 'round';
  for (const [a, b] of runs(
    rows,
    Math.max(0, first - 1),
    Math.min(rows.starts.length, end + 1),
    (i) => !Number.isNaN(rows.intensity[i] as number),
  )) {
    const trace = () => {
      canvas.beginPath();
      if (b - a === 1) canvas.moveTo(x(a) - 1, y(a));
      for (let i = a; i < b; i++) canvas.lineTo(x(i), y(i));
    };
    trace();
    canvas.strokeStyle = look.muted;
    canvas.lineWidth = 4;
    canvas.stroke();
    const colours = canvas.createLinearGradient(x(a) - 1, 0, x(b - 1) + 1, 0);
    const length = Math.max(1, x(b - 1) - x(a) + 2);
    // One colour stop for every two pixels is fine enough for the eye.
    const stride = Math.max(1, Math.floor(((b - a) / length) * 2));
    for (let i = a; i < b; i += stride) {
      const colour = colourOf(scales.intensity, rows.intensity[i] as number);
      if (colour) colours.addColorStop(Math.min(1, Math.max(0, (x(i) - x(a) + 1) / length)), rgbToHex(colour));
    }
    trace();
    canvas.strokeStyle = colours;
    canvas.lineWidth = 2.4;
    canvas.stroke();
  }
}

function paintChosen(
  canvas: CanvasRenderingContext2D,
  { width }: TrackSize,
  { stretch, chosen }: TrackScene,
  look: TrackLook,
  lanes: Lanes,
) {
  if (!chosen) return;
  const from = positionOf(stretch, chosen.from, width);
  const to = Math.max(from + 2, positionOf(stretch, chosen.to, width));
  canvas.globalAlpha = 0.22;
  canvas.fillStyle = look.past;
  canvas.fillRect(from, 0, to - from, lanes.marks[1]);
  canvas.globalAlpha = 1;
}

function paintPresent(canvas: CanvasRenderingContext2D, { width }: TrackSize, { stretch, now }: TrackScene, look: TrackLook, lanes: Lanes) {
  if (Number.isNaN(now)) return;
  const x = Math.round(positionOf(stretch, now, width)) + 0.5;
  if (x < -6 || x > width + 6) return;
  canvas.strokeStyle = look.accent;
  canvas.lineWidth = 1.5;
  canvas.setLineDash([2, 2]);
  canvas.beginPath();
  canvas.moveTo(x, 0);
  canvas.lineTo(x, lanes.marks[1]);
  canvas.stroke();
  canvas.setLineDash([]);
  canvas.fillStyle = look.accent;
  canvas.beginPath();
  canvas.arc(x, lanes.marks[1], 3, 0, 2 * Math.PI);
  canvas.fill();
}
