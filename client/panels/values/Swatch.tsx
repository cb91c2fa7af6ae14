/** A chip in the exact colour of a value on its scale, with the pattern of its mark. */
import { colourOf, missingHex, rgbToHex, type Scale, scales } from '../../../models/colour.ts';
import type { DrawnMark } from '../../../models/telemetry/marks.ts';
import './swatch.css';
import { useMirror } from './use-mirror.ts';

export function swatchHex(scale: Scale, value: number): string {
  const rgb = colourOf(scale, value);
  return rgb ? rgbToHex(rgb) : missingHex;
}

/** A colour to show a mark on, where there is no value: a clean one, or the grey of what is missing. */
export function exampleHex(mark: DrawnMark): string {
  return swatchHex(scales.intensity, mark === 'missing' ? Number.NaN : 100);
}

/** The class that draws a mark's pattern; the plan and the legend use the same. */
export function Swatch({ hex, mark = 'plain', size = 14 }: { hex: string; mark?: DrawnMark; size?: number }) {
  // Nothing to colour: neutral, and not the grey of what is missing.
  const quiet = mark === 'idle' || mark === 'unmetered';
  return (
    <span
      className={`swatch mark-${mark}`}
      aria-hidden="true"
      style={{ backgroundColor: quiet ? 'var(--plan-quiet)' : hex, width: size, height: size }}
    />
  );
}

export function LiveSwatch({ scale, read, mark, size }: { scale: Scale; read: () => number; mark?: () => DrawnMark; size?: number }) {
  const hex = useMirror(() => swatchHex(scale, read()));
  const shownMark = useMirror(() => (mark ? mark() : Number.isNaN(read()) ? 'missing' : 'plain'));
  return <Swatch hex={hex} mark={shownMark as DrawnMark} {...(size === undefined ? {} : { size })} />;
}
