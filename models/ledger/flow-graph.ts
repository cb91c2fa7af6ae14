/** A period as one graph of flows: nodes and the flows between them. */
import type { Carrier } from '../carriers.ts';
import type { Text } from '../park/park.ts';

export const flowNodeKinds = [
  'source',
  'released',
  'carrier',
  'conversion',
  'use',
  'export',
  'stored',
  'losses',
  'unmetered',
  'unaccounted',
] as const;
export type FlowNodeKind = (typeof flowNodeKinds)[number];

export interface FlowNode {
  /** Kind and ref, `source:solar`. */
  id: string;
  kind: FlowNodeKind;
  /** Which one of its kind: a source kind, a carrier, an asset kind, a tenant … */
  ref: string;
  /** The park's own name, of tenants and assets. */
  name?: Text;
}

export interface FlowLink {
  source: string;
  target: string;
  carrier: Carrier;
  /** Whole numbers ≥ 0. */
  Wh: number;
  mg: number;
  /** The carbon of a part of the energy is unknown: mg is that of the rest. */
  carbonUnknown?: true;
}

export interface Flows {
  nodes: FlowNode[];
  links: FlowLink[];
  /** Ports of which nothing was known in the period, as `asset/port`: their energy is part of what is unaccounted for. */
  unknown: string[];
}

export interface CarrierRest {
  /** Wh of loads and of sources without a meter, and of losses on lines. */
  load: number;
  source: number;
  losses: number;
}
