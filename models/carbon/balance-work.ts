/** Working data of one balance, shared by balance.ts and reconcile-zones.ts. */

import type { Situations } from './situation.ts';
import type { Settling } from './zone-flows.ts';

/** The balance changes `port_kW`, `portHow` and `line_kW` in place. */
export interface Work {
  s: Settling;
  around: Situations;
  known: Known;
  /** 1 for closed lines with a meter. */
  metered: Uint8Array;
  port_kW: Float64Array;
  portHow: Uint8Array;
  line_kW: Float64Array;
}

export interface Known {
  /** kW ≥ 0; NaN unknown. */
  port_kW: Float64Array;
  portSigma_kW: Float64Array;
  /** kW at the `from` end, positive from → to; NaN unmetered. */
  line_kW: Float64Array;
  lineSigma_kW: Float64Array;
}
