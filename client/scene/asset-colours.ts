/**
 * The colour of every asset as bytes for one texture: sRGB exactly as the legend has it, and in alpha what else must be
 * seen: pattern of quality (METHODS 8) and state. The shader decodes the same bits (shaders/asset-colour.ts).
 */
import { colourInto, hexToRgb, missingHex, type Scale } from '../../models/colour.ts';
import type { Layout } from '../../models/protocol.ts';
import { unpackQuality } from '../../models/reading.ts';
import { isShownIdle } from '../live/mark.ts';
import type { MetricView } from '../live/metric.ts';

export const pattern = { none: 0, hatch: 1, wideHatch: 2, dots: 3 } as const;
/** Bits of alpha above the two of the pattern. */
export const bits = { selected: 4, hovered: 8, quiet: 16, ghosted: 32, idle: 64 } as const;

export interface Highlight {
  selected: string | null;
  hovered: string | null;
  /** Assets that stay while all others step back as ghosts; null: all stay. */
  lit?: ReadonlySet<string> | null;
}

const missing = hexToRgb(missingHex);
/** Pale neutral of what is not measured; lit, so the bytes are only a base. */
const quiet = hexToRgb('#e9e5dc');
/** Over this share of estimated energy a derived number shows the estimated mark (METHODS 8). */
const estimatedMark = 0.1;

export function patternOf(code: number, estimatedShare: number): number {
  if (Number.isNaN(code)) return estimatedShare > estimatedMark ? pattern.hatch : pattern.none;
  const quality = unpackQuality(code);
  if (quality.freshness === 'missing' || quality.validity === 'bad') return pattern.dots;
  if (quality.freshness === 'stale') return pattern.wideHatch;
  if (quality.origin === 'estimated' || quality.origin === 'modelled' || estimatedShare > estimatedMark) return pattern.hatch;
  return pattern.none;
}

/** What each asset was painted for, so that only what changed is worked out again. */
export interface PaintMemory {
  values: Float32Array;
  /** Null where the bytes are no colour of a scale. */
  scales: (Scale | null)[];
}

export function createPaintMemory(assets: number): PaintMemory {
  return { values: new Float32Array(assets), scales: new Array<Scale | null>(assets).fill(null) };
}

/** By quality code, as patterns are asked for 10,000 times a second. */
const patterns = Array.from({ length: 45 }, (_, code) => [patternOf(code, 0), patternOf(code, 1)] as const);

function patternAt(code: number, estimatedShare: number): number {
  // An index that is not a number would be looked up by its name.
  const known = code >= 0 ? patterns[code] : undefined;
  return known ? known[estimatedShare > estimatedMark ? 1 : 0] : patternOf(code, estimatedShare);
}

/** Fills `out` (4 bytes an asset, in the order of `ids`) without allocating; `memory` of the same `out` saves what did not change. */
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
    // Read here rather than handed over: a number that comes out of a function may become an object.
    const value = !applies ? Number.NaN : slotOf ? (slot < 0 ? Number.NaN : (values[slot] as number)) : view.valueOf(id);
    const idle = applies && isShownIdle(view.metric, value, slots, values);
    const scale = applies && !idle && !Number.isNaN(value) ? view.scaleOf(id) : null;
    let coloured = scale !== null;
    if (scale && !(memory && memory.scales[i] === scale && memory.values[i] === value)) coloured = colourInto(scale, value, out, 4 * i);
    if (memory) {
      memory.scales[i] = coloured ? scale : null;
      memory.values[i] = value;
    }
    let alpha = 0;
    if (!applies) alpha |= bits.quiet;
    else if (idle) alpha |= bits.quiet | bits.idle;
    // No value, no colour of the scale: grey with dots, whatever its points say.
    else if (!coloured) alpha |= pattern.dots;
    else {
      const quality = patternAt(values[slots.quality] ?? Number.NaN, values[slots.estimatedShare] ?? Number.NaN);
      // A value that is shown is not missing: a bad point behind it makes it uncertain, drawn as estimated.
      alpha |= quality === pattern.dots ? pattern.hatch : quality;
    }
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
