/** Draws the marks of the ledger below the lanes. */

import { positionOf } from './shown-range.ts';
import type { Lanes, TrackLook, TrackScene, TrackSize } from './track-scene.ts';

/** Each kind has its own shape, so that kinds do not differ by colour alone. */
export function paintMarks(
  canvas: CanvasRenderingContext2D,
  { width }: TrackSize,
  { stretch, marks }: TrackScene,
  look: TrackLook,
  lanes: Lanes,
) {
  const [top, bottom] = lanes.marks;
  const middle = (top + bottom) / 2 + 0.5;
  for (const { kind, from: start, to: end } of marks) {
    const from = positionOf(stretch, start, width);
    const to = positionOf(stretch, end, width);
    if (to < -4 || from > width + 4) continue;
    const wide = Math.max(2, to - from);
    const centre = Math.min(width - 4, Math.max(4, (Math.max(0, from) + Math.min(width, to)) / 2));
    if (kind === 'gap') {
      canvas.fillStyle = look.muted;
      canvas.globalAlpha = 0.13;
      canvas.fillRect(from, 0, wide, bottom);
      canvas.globalAlpha = 1;
      canvas.fillRect(from, middle - 1.5, wide, 3);
    } else if (kind === 'flagged') {
      canvas.fillStyle = look.warn;
      if (wide > 10) canvas.fillRect(from, bottom - 2, wide, 1.5);
      canvas.beginPath();
      canvas.moveTo(centre, middle - 4);
      canvas.lineTo(centre + 4, middle + 3);
      canvas.lineTo(centre - 4, middle + 3);
      canvas.fill();
    } else if (kind === 'restated') {
      canvas.strokeStyle = look.past;
      canvas.lineWidth = 1.5;
      canvas.beginPath();
      canvas.moveTo(from, middle + 3);
      canvas.lineTo(from, middle);
      canvas.lineTo(from + wide, middle);
      canvas.lineTo(from + wide, middle + 3);
      canvas.stroke();
      canvas.fillStyle = look.past;
      canvas.beginPath();
      canvas.moveTo(centre, middle - 4);
      canvas.lineTo(centre + 4, middle);
      canvas.lineTo(centre, middle + 4);
      canvas.lineTo(centre - 4, middle);
      canvas.fill();
    } else if (kind === 'adjusted') {
      canvas.strokeStyle = look.text;
      canvas.lineWidth = 1.5;
      canvas.beginPath();
      canvas.arc(centre, middle, 2.75, 0, 2 * Math.PI);
      canvas.stroke();
    } else if (kind === 'event') {
      // A flag where the event begins, and a bar as long as the event.
      canvas.fillStyle = look.text;
      canvas.globalAlpha = 0.5;
      if (wide > 3) canvas.fillRect(from, bottom - 2, wide, 2);
      canvas.globalAlpha = 1;
      if (from < -8) continue;
      const pole = Math.round(from) + 0.5;
      const head = top - 20;
      canvas.beginPath();
      canvas.moveTo(pole, bottom);
      canvas.lineTo(pole, head);
      canvas.lineTo(pole + 9, head + 4);
      canvas.lineTo(pole, head + 8);
      canvas.lineJoin = 'round';
      // An outline in the background colour, so that the flag stands out from the stack behind it.
      canvas.strokeStyle = look.paper;
      canvas.lineWidth = 4;
      canvas.stroke();
      canvas.strokeStyle = look.text;
      canvas.lineWidth = 1.25;
      canvas.stroke();
      canvas.fill();
    } else if (kind === 'gone') {
      canvas.strokeStyle = look.muted;
      canvas.lineWidth = 1.5;
      canvas.setLineDash([1.5, 4]);
      canvas.beginPath();
      canvas.moveTo(Math.max(0, from), bottom - 1);
      canvas.lineTo(Math.min(width, from + wide), bottom - 1);
      canvas.stroke();
      canvas.setLineDash([]);
    } else {
      canvas.fillStyle = look.muted;
      canvas.fillRect(from, bottom - 2, wide, 2);
    }
  }
}
