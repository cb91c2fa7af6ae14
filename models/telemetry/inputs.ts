/** Turns the values of points into the inputs of accounting: kW ≥ 0 by port, signed kW by line, intensities by port. */

import type { Compiled, Inputs, Level } from '../carbon/step.ts';
import { f64, u8 } from '../typed-arrays.ts';
import type { Bindings, Speaker } from './bindings.ts';
import { estimated, modelled, type Values } from './values.ts';

/** Which value was used for each port and line. */
export interface Heard {
  /** Index into values by port, −1 when no point has a value. */
  port: Int32Array;
  /** 1 where the port's power is its share of a spread total. */
  spread: Uint8Array;
  line: Int32Array;
}

/** Standard uncertainty of each part of a spread, as a fraction of the part: a spread is a model. */
const spreadSigma = 0.25;

/** `over`: the values are means of an interval, where registers and energies are preferred to powers. */
export function assemble(
  compiled: Compiled,
  bindings: Bindings,
  values: Values,
  time: number,
  levels: Level[],
  over: boolean,
): { inputs: Inputs; heard: Heard } {
  const ports = compiled.ports.length;
  const lines = compiled.park.lines.length;
  const inputs: Inputs = {
    time,
    port_kW: new Float64Array(ports).fill(Number.NaN),
    portSigma_kW: new Float64Array(ports),
    portEstimated: new Uint8Array(ports),
    line_kW: new Float64Array(lines).fill(Number.NaN),
    lineSigma_kW: new Float64Array(lines),
    portIntensity_gPerKwh: new Float64Array(ports).fill(Number.NaN),
    levels,
  };
  const heard: Heard = { port: new Int32Array(ports).fill(-1), spread: new Uint8Array(ports), line: new Int32Array(lines).fill(-1) };
  const speakers = over ? bindings.portsOverIntervals : bindings.ports;
  for (let p = 0; p < ports; p++) {
    const told = bestOf(bindings.intensities[p] as Speaker[], values);
    if (told) inputs.portIntensity_gPerKwh[p] = f64(values.value, told.value);
    const best = bestOf(speakers[p] as Speaker[], values);
    if (best === undefined) continue;
    const v = best.value;
    heard.port[p] = v;
    // Values below zero that belong to no port become 0: stand-by of an inverter, zero error of a meter.
    inputs.port_kW[p] = Math.max(0, best.sign * f64(values.value, v));
    inputs.portSigma_kW[p] = f64(values.sigma, v);
    inputs.portEstimated[p] = isGuess(values, v) ? 1 : 0;
  }
  for (const { value, parts } of bindings.spreads) {
    const total = Math.max(0, f64(values.value, value));
    if (Number.isNaN(total)) continue;
    for (const { port, share } of parts) {
      if (heard.port[port] !== -1) continue;
      heard.port[port] = value;
      heard.spread[port] = 1;
      inputs.port_kW[port] = share * total;
      inputs.portSigma_kW[port] = spreadSigma * share * total;
      inputs.portEstimated[port] = 1;
    }
  }
  for (let l = 0; l < lines; l++) {
    const best = bestOf(bindings.lines[l] as Speaker[], values);
    if (best === undefined) continue;
    heard.line[l] = best.value;
    inputs.line_kW[l] = f64(values.value, best.value);
    inputs.lineSigma_kW[l] = f64(values.sigma, best.value);
  }
  return { inputs, heard };
}

/** The speaker with the freshest value, then the most valid, then the first. Undefined when none has a value. */
function bestOf(speakers: readonly Speaker[], values: Values): Speaker | undefined {
  let best: Speaker | undefined;
  let rank = Number.POSITIVE_INFINITY;
  for (const speaker of speakers) {
    const v = speaker.value;
    if (Number.isNaN(values.value[v])) continue;
    const own = 3 * u8(values.freshness, v) + u8(values.validity, v);
    if (own >= rank) continue;
    best = speaker;
    rank = own;
  }
  return best;
}

function isGuess(values: Values, v: number): boolean {
  const origin = values.origin[v];
  return origin === estimated || origin === modelled;
}
