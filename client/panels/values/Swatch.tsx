/** A small square in the exact colour of a value on its scale, with the pattern of its mark. */
import { colourOf, missingHex, rgbToHex, type Scale, scales } from '../../../models/colour.ts';
import type { DrawnMark } from '../../../models/telemetry/marks.ts';
import './swatch.css';
import { useMirror } from './use-mirror.ts';

export function swatchHex(scale: Scale, value: number): string {
  const rgb = colourOf(scale, value);
  return rgb ? rgbToHex(rgb) : missingHex;
}

/** Example colour for a mark where there is no value: that of 100 gCO2e/kWh, or for missing the grey of missing values. */
export function exampleHex(mark: DrawnMark): string {
  return swatchHex(scales.intensity, mark === 'missing' ? Number.NaN : 100);
}

/** A square of one colour; its class draws the mark's pattern, which looks the same in the plan and the legend. */
export function Swatch({ hex, mark = 'plain', size = 14 }: { hex: string; mark?: DrawnMark; size?: number }) {
  // These marks have no value to colour: neutral, and not the grey of missing values.
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
