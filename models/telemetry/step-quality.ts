/**
 * Origin, validity and freshness of every number of a step (METHODS 8). A metered number keeps its own; a derived number
 * is as old and as doubtful as the numbers it was derived from.
 */

import type { Compiled, Step } from '../carbon/step.ts';
import { f64, i32, u8 } from '../typed-arrays.ts';
import type { Bindings } from './bindings.ts';
import type { Heard } from './inputs.ts';
import { bad, good, uncertain } from './point-value.ts';
import { calculated, estimated, fresh, missing, modelled, simulated, stale, type Values } from './values.ts';

export interface StepQuality {
  /** packQuality codes by port and by asset. */
  portQuality: Uint8Array;
  assetQuality: Uint8Array;
  /** When the oldest value behind the number was measured, ms; NaN when none was. */
  portSampled_ms: Float64Array;
  assetSampled_ms: Float64Array;
}

interface Facts {
  origin: number;
  validity: number;
  freshness: number;
  sampled_ms: number;
}

const nothing: Facts = { origin: modelled, validity: bad, freshness: missing, sampled_ms: Number.NaN };

export function qualityOf(compiled: Compiled, bindings: Bindings, values: Values, heard: Heard, step: Step): StepQuality {
  const ports: Facts[] = compiled.ports.map((_, p) => (step.portHow[p] === 3 ? nothing : told(values, heard, p)));
  const zones = zoneFacts(compiled, bindings, values, heard, ports);
  for (const [p, port] of compiled.ports.entries()) {
    if (step.portHow[p] === 3 || heard.port[p] !== -1) continue;
    const fed = (compiled.assetPorts[port.asset] as number[]).filter((other) => heard.port[other] !== -1).map((o) => ports[o] as Facts);
    const converted = compiled.assetConverter[port.asset] !== -1 && fed.length > 0;
    ports[p] = converted ? derived(fed, modelled) : (zones[i32(bindings.zoneOfNode, port.node)] ?? nothing);
  }
  const assets = compiled.assetPorts.map((own, a) => {
    const node = i32(bindings.passedNode, a);
    return node === -1 ? assetFacts(own, ports, step) : (zones[i32(bindings.zoneOfNode, node)] ?? nothing);
  });
  return {
    portQuality: Uint8Array.from(ports, code),
    portSampled_ms: Float64Array.from(ports, (f) => f.sampled_ms),
    assetQuality: Uint8Array.from(assets, code),
    assetSampled_ms: Float64Array.from(assets, (f) => f.sampled_ms),
  };
}

function code({ origin, validity, freshness }: Facts): number {
  return origin + 5 * validity + 15 * freshness;
}

/** Facts of the point or spread used for the port. A share of a total is modelled, however well the total is known. */
function told(values: Values, heard: Heard, p: number): Facts {
  const v = i32(heard.port, p);
  if (v === -1) return nothing;
  return {
    origin: heard.spread[p] === 1 ? modelled : u8(values.origin, v),
    validity: u8(values.validity, v),
    freshness: u8(values.freshness, v),
    sampled_ms: f64(values.sampled_ms, v),
  };
}

/**
 * The worst facts of several. A missing meter that was estimated makes the derived number uncertain and at best stale,
 * but not missing: there is a number. A calculated number is simulated when everything behind it is simulated.
 */
function derived(from: readonly Facts[], origin: number): Facts {
  let validity = good;
  let freshness = fresh;
  let sampled_ms = Number.POSITIVE_INFINITY;
  let allSimulated = true;
  for (const facts of from) {
    validity = Math.max(validity, facts.validity === bad || facts.origin === estimated ? uncertain : facts.validity);
    freshness = Math.max(freshness, Math.min(stale, facts.freshness));
    if (facts.sampled_ms < sampled_ms) sampled_ms = facts.sampled_ms;
    allSimulated &&= facts.origin === simulated;
  }
  if (sampled_ms === Number.POSITIVE_INFINITY) sampled_ms = Number.NaN;
  return { origin: origin === calculated && allSimulated ? simulated : origin, validity, freshness, sampled_ms };
}

/** Facts of a remainder in each zone of unmetered lines, from the zone's ports and the line meters at its border. */
function zoneFacts(compiled: Compiled, bindings: Bindings, values: Values, heard: Heard, ports: readonly Facts[]): Facts[] {
  const behind: Facts[][] = Array.from({ length: bindings.zones }, () => []);
  const put = (node: number | undefined, facts: Facts) => {
    if (node !== undefined) behind[i32(bindings.zoneOfNode, node)]?.push(facts);
  };
  for (const [p, port] of compiled.ports.entries()) if (heard.port[p] !== -1) put(port.node, ports[p] as Facts);
  for (const [l, v] of heard.line.entries()) {
    if (v === -1) continue;
    const facts: Facts = {
      origin: u8(values.origin, v),
      validity: u8(values.validity, v),
      freshness: u8(values.freshness, v),
      sampled_ms: f64(values.sampled_ms, v),
    };
    put(compiled.lineFrom[l], facts);
    put(compiled.lineTo[l], facts);
  }
  return behind.map((facts) => (facts.length === 0 ? nothing : derived(facts, calculated)));
}

/** Worst validity and freshness of its ports, the oldest of their times, the origin of the port that carries most. */
function assetFacts(own: readonly number[], ports: readonly Facts[], step: Step): Facts {
  let main = -1;
  let most = Number.NEGATIVE_INFINITY;
  const facts: Facts = { origin: modelled, validity: good, freshness: fresh, sampled_ms: Number.POSITIVE_INFINITY };
  for (const p of own) {
    const port = ports[p] as Facts;
    facts.validity = Math.max(facts.validity, port.validity);
    facts.freshness = Math.max(facts.freshness, port.freshness);
    if (port.sampled_ms < facts.sampled_ms) facts.sampled_ms = port.sampled_ms;
    const power = f64(step.port_kW, p);
    if (power > most) {
      most = power;
      main = p;
    }
  }
  if (own.length === 0 || main === -1) return nothing;
  facts.origin = (ports[main] as Facts).origin;
  if (facts.sampled_ms === Number.POSITIVE_INFINITY) facts.sampled_ms = Number.NaN;
  return facts;
}
