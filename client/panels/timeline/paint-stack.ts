/** The supply mix: mean power by source, stacked from zero, hatched where it is estimated. */

import { positionOf } from './shown-range.ts';
import { rowsWithin, stackOrder, sumAt, type TrackRows } from './track-data.ts';
import type { Lanes, TrackLook, TrackScene, TrackSize } from './track-scene.ts';

/** Runs of known rows without a gap between them, so that areas and lines never cross unknown time. */
export function runs(rows: TrackRows, first: number, end: number, known: (i: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  let start = -1;
  for (let i = first; i <= end; i++) {
    const on = i < end && known(i);
    const follows = i > first && i < end && Math.abs((rows.starts[i] as number) - (rows.ends[i - 1] as number)) < 1000;
    if (start >= 0 && (!on || !follows)) {
      found.push([start, i]);
      start = -1;
    }
    if (on && start < 0) start = i;
  }
  return found;
}

/** Rows at least this many pixels wide are drawn as steps; narrower rows as a line through their middles. */
const stepWidth = 5;

export function paintStack(
  canvas: CanvasRenderingContext2D,
  { width }: TrackSize,
  { stretch, rows }: TrackScene,
  look: TrackLook,
  lanes: Lanes,
  most: number,
) {
  const [first, end] = rowsWithin(rows, stretch.from, stretch.to);
  const [top, bottom] = lanes.power;
  const height = (kW: number) => (kW / most) * (bottom - top);
  const x = (time: number) => positionOf(stretch, time, width);
  for (const [a, b] of runs(rows, Math.max(0, first - 1), Math.min(rows.starts.length, end + 1), (i) => !Number.isNaN(sumAt(rows, i)))) {
    const base = new Float64Array(b - a);
    const steps = x(rows.ends[a] as number) - x(rows.starts[a] as number) >= stepWidth || b - a < 3;
    for (const kind of stackOrder) {
      const values = rows.power_kW[kind];
      if (!values) continue;
      const upper = base.map((below, i) => below + height(Math.max(0, values[a + i] || 0)));
      canvas.fillStyle = look.sources[kind] ?? look.muted;
      canvas.beginPath();
      outline(canvas, rows, a, b, x, steps, (i) => bottom - (upper[i] as number), false);
      outline(canvas, rows, a, b, x, steps, (i) => bottom - (base[i] as number), true);
      canvas.closePath();
      canvas.fill();
      base.set(upper);
    }
    paintEstimated(canvas, rows, a, b, x, base, bottom, look);
  }
}

function outline(
  canvas: CanvasRenderingContext2D,
  rows: TrackRows,
  a: number,
  b: number,
  x: (time: number) => number,
  steps: boolean,
  y: (i: number) => number,
  back: boolean,
): void {
  for (let k = 0; k < b - a; k++) {
    const i = back ? b - 1 - k : a + k;
    const left = x(rows.starts[i] as number);
    const right = x(rows.ends[i] as number);
    const height = y(i - a);
    if (steps) {
      canvas.lineTo(back ? right : left, height);
      canvas.lineTo(back ? left : right, height);
    } else {
      if (i === (back ? b - 1 : a)) canvas.lineTo(back ? right : left, height);
      canvas.lineTo((left + right) / 2, height);
      if (i === (back ? a : b - 1)) canvas.lineTo(back ? left : right, height);
    }
  }
}

/** Above this share of estimated energy a number carries the estimated mark (METHODS 8): fine diagonals. */
const estimatedLimit = 0.1;

function paintEstimated(
  canvas: CanvasRenderingContext2D,
  rows: TrackRows,
  a: number,
  b: number,
  x: (time: number) => number,
  sum: Float64Array,
  bottom: number,
  look: TrackLook,
): void {
  canvas.strokeStyle = look.text;
  canvas.globalAlpha = 0.35;
  canvas.lineWidth = 1;
  for (let i = a; i < b; i++) {
    if (!((rows.estimated[i] as number) > estimatedLimit)) continue;
    const from = x(rows.starts[i] as number);
    const to = x(rows.ends[i] as number);
    const top = bottom - (sum[i - a] as number);
    canvas.save();
    canvas.beginPath();
    canvas.rect(from, top, to - from, bottom - top);
    canvas.clip();
    canvas.beginPath();
    for (let at = Math.floor((from - (bottom - top)) / 5) * 5; at < to; at += 5) {
      canvas.moveTo(at, bottom);
      canvas.lineTo(at + (bottom - top), top);
    }
    canvas.stroke();
    canvas.restore();
  }
  canvas.globalAlpha = 1;
}
