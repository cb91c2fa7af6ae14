/** The network that tracing works on: the input and output of `npm run twin -- trace`. Powers are kW ≥ 0. */

export interface NetworkSource {
  id: string;
  node: string;
  power_kW: number;
  /** null = no factor: the intensity is then null at every node that this source reaches. */
  intensity_gPerKwh: number | null;
}

export interface NetworkLine {
  id: string;
  from: string;
  to: string;
  sent_kW: number;
  received_kW: number;
}

export interface NetworkConverter {
  id: string;
  inputs: { node: string; power_kW: number }[];
  /** Allocations of the outputs sum to 1: the share of the inputs' carbon each carries. */
  outputs: { node: string; power_kW: number; allocation: number }[];
}

export interface NetworkLoad {
  id: string;
  node: string;
  power_kW: number;
}

export interface Network {
  losses: 'toLoad' | 'separate';
  nodes: string[];
  sources: NetworkSource[];
  lines: NetworkLine[];
  converters?: NetworkConverter[];
  loads: NetworkLoad[];
}

export interface Trace {
  nodes: Record<
    string,
    {
      intensity_gPerKwh: number | null;
      shares: Record<string, number>;
      primary_kWhPerKwh: number | null;
    }
  >;
  lossAccount_gPerH: number;
  closure_gPerH: { in: number; out: number };
}
