/** What each line shows at this moment: colour, width, speed. Eight floats a line, read by shaders/flow.ts. */

import type { ParkView } from '../../models/api/park-view.ts';
import { type Carrier, carrierRow, isFuel } from '../../models/carriers.ts';
import { colourOf, hexToRgb, intensityScales, missingHex } from '../../models/colour.ts';
import type { Layout } from '../../models/wire/layout.ts';
import { halfWidth, pulseSpeed } from '../live/motion.ts';
import { course, gap_m } from './shaders/flow.ts';

const missing = hexToRgb(missingHex);
/** Electric lines are drawn plain, pipes double, and fuels with dashes. */
function courseOf(carrier: Carrier): number {
  if (carrierRow(carrier).conduit === 'cable') return course.wire;
  return isFuel(carrier) ? course.dotted : course.pipes;
}

/** Factor on the width of overhead electric lines: bands on wires are thinner than bands on the ground. */
const aloft = 0.45;

/**
 * `out`: per line r, g, b (0…1), pulses (1 or −1 with their direction, 0 none), half-width (0 hidden), phase in metres,
 * signed speed in m/s, course·8 + state. State 0 flows, 1 open or unknown; +2 ghost, +4 selected.
 * The pulses have moved for `ran_s` seconds at the speeds written before; their phases continue from there.
 * Returns the number of lines whose pulses move.
 */
export function writeFlows(
  out: Float32Array,
  ran_s: number,
  lines: ParkView['lines'],
  layout: Layout | null,
  values: Float32Array,
  shown: Partial<Record<Carrier, boolean>>,
  selected: string | null,
  lit: ReadonlySet<string> | null = null,
): number {
  let running = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as ParkView['lines'][number];
    const slots = layout?.lines.get(line.id);
    const at = (slot: number | undefined) => (slot === undefined || slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));
    const power = at(slots?.power);
    const intensity = at(slots?.intensity);
    const colour = line.open ? null : colourOf(intensityScales[line.scale], intensity);
    const rgb = colour ?? missing;
    const speed = line.open || Number.isNaN(power) ? 0 : Math.sign(power) * pulseSpeed(power);
    const visible = shown[line.carrier] !== false;
    const o = 8 * i;
    const phase = (out[o + 5] as number) + (out[o + 6] as number) * ran_s;
    out[o] = rgb[0] / 255;
    out[o + 1] = rgb[1] / 255;
    out[o + 2] = rgb[2] / 255;
    out[o + 3] = colour ? Math.sign(speed) : 0;
    out[o + 4] = visible ? halfWidth(line.capacity_kW) * (line.overhead && carrierRow(line.carrier).conduit === 'cable' ? aloft : 1) : 0;
    out[o + 5] = phase - gap_m * Math.floor(phase / gap_m);
    out[o + 6] = colour && visible ? speed : 0;
    out[o + 7] = courseOf(line.carrier) * 8 + (colour ? 0 : 1) + (lit && !lit.has(line.id) ? 2 : 0) + (line.id === selected ? 4 : 0);
    if (out[o + 6] !== 0) running++;
  }
  return running;
}
