/** Colour scales (METHODS 8): values to sRGB bytes, interpolated in CIELAB, clamped at both ends. */

export type Rgb = readonly [number, number, number];

export interface Scale {
  id: string;
  unit: string;
  stops: readonly { at: number; hex: string }[];
}

const carbonHex = [
  '#c5ffdc', '#cefbbf', '#d3f8a1', '#d7f582', '#dae362', '#dabf0b', '#d99103', '#cf6c0d', '#c05119', '#893139', '#2b053a',
]; // biome-ignore format: one row of the table

function scale(id: string, unit: string, at: readonly number[], hex: readonly string[]): Scale {
  return { id, unit, stops: at.map((a, i) => ({ at: a, hex: hex[i] as string })) };
}

const electricityStops = [0, 50, 100, 150, 200, 300, 400, 500, 600, 800, 1000];

export const scales = {
  /** From mint (little carbon) to plum (much); readable for colour-blind people; no colour is near a grey. */
  intensity: scale('intensity', 'gCO2e/kWh', electricityStops, carbonHex),
  /** Heat carries about half the carbon per kWh: same colours, half the values. */
  heatIntensity: scale(
    'heatIntensity',
    'gCO2e/kWh',
    electricityStops.map((v) => v / 2),
    carbonHex,
  ),
} as const;

/** The scales by the word that a carrier's row or the park document uses. */
export const intensityScales = { whole: scales.intensity, half: scales.heatIntensity } as const;

/** The same colours over 0…max of another quantity, e.g. kgCO2e/h or kW, spaced like the intensity scale. */
export function scaleTo(id: string, unit: string, max: number): Scale {
  return scale(
    id,
    unit,
    electricityStops.map((v) => (v / 1000) * max),
    carbonHex,
  );
}

export function hexToRgb(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

export function rgbToHex(rgb: Rgb): string {
  return `#${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const gamma = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);
const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
const fInverse = (t: number) => (t ** 3 > 216 / 24389 ? t ** 3 : (116 * (t - 16 / 116) * 27) / 24389);
const white: Rgb = [0.95047, 1, 1.08883];

/** sRGB bytes → CIELAB (D65). */
export function rgbToLab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map((c) => linear(c / 255)) as unknown as Rgb;
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / white[0]);
  const y = f((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / white[1]);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / white[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIELAB (D65) → sRGB bytes, clipped to the gamut. */
export function labToRgb(lab: Rgb): Rgb {
  const fy = (lab[0] + 16) / 116;
  const x = white[0] * fInverse(fy + lab[1] / 500);
  const y = white[1] * fInverse(fy);
  const z = white[2] * fInverse(fy - lab[2] / 200);
  const byte = (c: number) => Math.round(255 * Math.min(1, Math.max(0, gamma(Math.max(0, c)))));
  return [
    byte(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    byte(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    byte(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}

/** Colour of a value; null for an unknown value (null, NaN), which has no colour on the scale. */
export function colourOf(scale: Scale, value: number | null | undefined): Rgb | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  const { stops } = scale;
  const last = stops.length - 1;
  const first = stops[0];
  const end = stops[last];
  if (!first || !end) return null;
  if (value <= first.at) return hexToRgb(first.hex);
  if (value >= end.at) return hexToRgb(end.hex);
  let i = 0;
  while (i < last - 1 && value >= (stops[i + 1]?.at ?? 0)) i++;
  const low = stops[i];
  const high = stops[i + 1];
  if (!low || !high) return null;
  const t = (value - low.at) / (high.at - low.at);
  const a = rgbToLab(hexToRgb(low.hex));
  const b = rgbToLab(hexToRgb(high.hex));
  return labToRgb([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])]);
}

interface Prepared {
  at: Float64Array;
  /** Three of each per stop. */
  rgb: Uint8Array;
  lab: Float64Array;
}

const preparedScales = new WeakMap<Scale, Prepared>();

function preparedOf(of: Scale): Prepared {
  const known = preparedScales.get(of);
  if (known) return known;
  const rgb = of.stops.map(({ hex }) => hexToRgb(hex));
  const made: Prepared = {
    at: Float64Array.from(of.stops, ({ at }) => at),
    rgb: Uint8Array.from(rgb.flat()),
    lab: Float64Array.from(rgb.flatMap((c) => [...rgbToLab(c)])),
  };
  preparedScales.set(of, made);
  return made;
}

/** XYZ (D65) → linear sRGB, row by row, as in labToRgb. */
const fromXyz = Float64Array.of(3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556, 0.0556434, -0.2040259, 1.0572252);
const scratch = new Float64Array(3);

/**
 * Writes the same bytes as colourOf to `out`, starting at `to`, without allocating memory. Returns false and writes nothing
 * for an unknown value.
 */
export function colourInto(of: Scale, value: number, out: Uint8Array, to: number): boolean {
  const { at, rgb, lab } = preparedOf(of);
  const last = at.length - 1;
  if (Number.isNaN(value) || last < 0) return false;
  if (value <= (at[0] as number) || value >= (at[last] as number)) {
    const end = value <= (at[0] as number) ? 0 : 3 * last;
    for (let k = 0; k < 3; k++) out[to + k] = rgb[end + k] as number;
    return true;
  }
  let i = 0;
  while (i < last - 1 && value >= (at[i + 1] as number)) i++;
  const t = (value - (at[i] as number)) / ((at[i + 1] as number) - (at[i] as number));
  const l = (lab[3 * i] as number) + t * ((lab[3 * i + 3] as number) - (lab[3 * i] as number));
  const a = (lab[3 * i + 1] as number) + t * ((lab[3 * i + 4] as number) - (lab[3 * i + 1] as number));
  const b = (lab[3 * i + 2] as number) + t * ((lab[3 * i + 5] as number) - (lab[3 * i + 2] as number));
  // In place and without calls, accessors of arrays too: numbers that functions return may be allocated as objects.
  scratch[1] = (l + 16) / 116;
  scratch[0] = (scratch[1] as number) + a / 500;
  scratch[2] = (scratch[1] as number) - b / 200;
  for (let k = 0; k < 3; k++) {
    const f3 = (scratch[k] as number) ** 3;
    scratch[k] = (white[k] as number) * (f3 > 216 / 24389 ? f3 : (116 * ((scratch[k] as number) - 16 / 116) * 27) / 24389);
  }
  for (let k = 0; k < 3; k++) {
    let c = 0;
    for (let m = 0; m < 3; m++) c += (fromXyz[3 * k + m] as number) * (scratch[m] as number);
    if (c < 0) c = 0;
    c = c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055;
    out[to + k] = Math.round(255 * (c < 0 ? 0 : c > 1 ? 1 : c));
  }
  return true;
}

/** Grey of missing values, which are also dotted; no colour of any scale is near it. */
export const missingHex = '#9a9a98';
