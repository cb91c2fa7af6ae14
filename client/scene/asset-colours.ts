/**
 * The colour of every asset as bytes for one texture: sRGB exactly as in the legend, and in alpha the pattern of quality
 * (METHODS 8) and the state. The shader decodes the same bits (shaders/model.ts).
 */
import { colourInto, hexToRgb, missingHex, type Scale } from '../../models/colour.ts';
import type { DrawnMark } from '../../models/telemetry/marks.ts';
import type { Layout } from '../../models/wire/layout.ts';
import { drawnAt, drawnColoured, isShownIdle } from '../live/marks-now.ts';
import type { MetricView } from '../live/metric.ts';

export const pattern = { none: 0, hatch: 1, wideHatch: 2, dots: 3 } as const;
/** Bits of alpha above the two of the pattern. */
export const bits = { selected: 4, hovered: 8, quiet: 16, ghosted: 32, idle: 64 } as const;

export interface Highlight {
  selected: string | null;
  hovered: string | null;
  /** Assets that stay while all others are drawn as ghosts; null: all stay. */
  lit?: ReadonlySet<string> | null;
}

const missing = hexToRgb(missingHex);
/** Pale neutral colour of assets that are not measured; the shader lights it, so these bytes are only a base. */
const quiet = hexToRgb('#e9e5dc');
/** Bits of pattern and state for each drawn mark. */
const drawnBits: Readonly<Record<DrawnMark, number>> = {
  plain: pattern.none,
  estimated: pattern.hatch,
  stale: pattern.wideHatch,
  missing: pattern.dots,
  idle: bits.quiet | bits.idle,
  unmetered: bits.quiet,
};

/** The value and scale that each asset was last painted with, so that only changes are computed again. */
export interface PaintMemory {
  values: Float32Array;
  /** Null where the bytes are no colour of a scale. */
  scales: (Scale | null)[];
}

export function createPaintMemory(assets: number): PaintMemory {
  return { values: new Float32Array(assets), scales: new Array<Scale | null>(assets).fill(null) };
}

/** Fills `out` (4 bytes an asset, in the order of `ids`) without allocating; with its `memory` only changes are computed. */
export function paintAssets(
  out: Uint8Array,
  ids: readonly string[],
  layout: Layout,
  view: MetricView,
  values: Float32Array,
  highlight: Highlight,
  memory: PaintMemory | null = null,
): Uint8Array {
  const { lit } = highlight;
  const { slotOf } = view;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as string;
    const slots = layout.assets.get(id);
    const applies = slots !== undefined && view.applies(id);
    const slot = applies && slotOf ? slotOf(id) : -1;
    // Read here and not in a function: a number returned by a function may be allocated as an object.
    const value = !applies ? Number.NaN : slotOf ? (slot < 0 ? Number.NaN : (values[slot] as number)) : view.valueOf(id);
    const idle = applies && isShownIdle(view.metric, value, slots, values);
    const scale = applies && !idle && !Number.isNaN(value) ? view.scaleOf(id) : null;
    let coloured = scale !== null;
    if (scale && !(memory && memory.scales[i] === scale && memory.values[i] === value)) coloured = colourInto(scale, value, out, 4 * i);
    if (memory) {
      memory.scales[i] = coloured ? scale : null;
      memory.values[i] = value;
    }
    let alpha = drawnBits[coloured && slots ? drawnColoured(slots, values) : drawnAt(view, layout, id, false, values)];
    if (id === highlight.selected) alpha |= bits.selected;
    if (id === highlight.hovered) alpha |= bits.hovered;
    if (lit && !lit.has(id)) alpha |= bits.ghosted;
    out[4 * i + 3] = alpha;
    if (coloured) continue;
    const rgb = (alpha & bits.quiet) === 0 ? missing : quiet;
    out[4 * i] = rgb[0];
    out[4 * i + 1] = rgb[1];
    out[4 * i + 2] = rgb[2];
  }
  return out;
}
