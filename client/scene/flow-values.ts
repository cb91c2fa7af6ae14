/** What each line shows at this moment: colour, width, speed. Eight floats a line, read by shaders/flow.ts. */
import { colourOf, hexToRgb, missingHex, scales } from '../../models/colour.ts';
import type { ParkView } from '../../models/park/document.ts';
import type { Layout } from '../../models/protocol.ts';
import type { Carrier } from '../../models/units.ts';
import { course } from './shaders/flow.ts';

const missing = hexToRgb(missingHex);
const heatLike: ReadonlySet<Carrier> = new Set(['heat', 'cooling', 'steam', 'wasteHeat']);

function courseOf(carrier: Carrier): number {
  if (heatLike.has(carrier)) return course.pipes;
  return carrier === 'electricity' ? course.wire : course.dotted;
}

/** Half-width in metres: by rating, with the square root, as copper and pipes grow; 0.42 m where no rating is given. */
export function halfWidth(capacity_kW: number | undefined): number {
  if (capacity_kW === undefined) return 0.42;
  return Math.min(1.3, 0.28 + Math.sqrt(capacity_kW / 1000) * 0.19);
}

/** Metres a second: nothing stands still that flows, and ten times the power is seen as about twice the speed. */
export function speedOf(power_kW: number, capacity_kW: number | undefined): number {
  const p = Math.abs(power_kW);
  if (!(p > 0.05)) return 0;
  const full = capacity_kW ?? 2000;
  return 5 + 32 * Math.sqrt(Math.min(1, p / full));
}

/**
 * `out`: per line r, g, b (0…1), pulses (1 or −1 with their direction, 0 none), half-width (0 hidden), phase in metres (kept), signed speed in `speeds`,
 * course·8 + state. State 0 flows, 1 open or unknown; +2 stepped back, +4 selected.
 */
export function writeFlows(
  out: Float32Array,
  speeds: Float32Array,
  lines: ParkView['lines'],
  layout: Layout | null,
  values: Float32Array,
  shown: Partial<Record<Carrier, boolean>>,
  selected: string | null,
  lit: ReadonlySet<string> | null = null,
): void {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as ParkView['lines'][number];
    const slots = layout?.lines.get(line.id);
    const at = (slot: number | undefined) => (slot === undefined || slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));
    const power = at(slots?.power);
    const intensity = at(slots?.intensity);
    const colour = line.open ? null : colourOf(heatLike.has(line.carrier) ? scales.heatIntensity : scales.intensity, intensity);
    const rgb = colour ?? missing;
    const speed = line.open || Number.isNaN(power) ? 0 : Math.sign(power) * speedOf(power, line.capacity_kW);
    const visible = shown[line.carrier] !== false;
    const o = 8 * i;
    out[o] = rgb[0] / 255;
    out[o + 1] = rgb[1] / 255;
    out[o + 2] = rgb[2] / 255;
    out[o + 3] = colour ? Math.sign(speed) : 0;
    out[o + 4] = visible ? halfWidth(line.capacity_kW) : 0;
    out[o + 7] = courseOf(line.carrier) * 8 + (colour ? 0 : 1) + (lit && !lit.has(line.id) ? 2 : 0) + (line.id === selected ? 4 : 0);
    speeds[i] = speed;
  }
}
