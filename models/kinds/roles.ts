/** What a port of an asset is in accounting: decided here for everyone, engine, checks, ledger and client. */
import type { Carrier } from '../carriers.ts';
import { carrierOf, directionOf, type PortId } from '../units.ts';
import type { Conversion } from './kind.ts';
import { type AssetKind, kindRow } from './kinds.ts';

/**
 * import: a network connection's out · export: its in · generation: any other source's out · load: end use ·
 * input: into a converter · product: out of a converter · charge/discharge: of a storage
 */
export const portRoles = ['import', 'export', 'generation', 'load', 'input', 'product', 'charge', 'discharge'] as const;
export type PortRole = (typeof portRoles)[number];

/** What of an asset decides its roles; an asset of a park and the client's view of one both fit. */
export interface Hub {
  kind: AssetKind;
  ports: readonly PortId[];
  conversion?: Conversion | undefined;
  storage?: { carrier: Carrier } | undefined;
}

export function roleOf(hub: Hub, port: PortId): PortRole {
  const into = directionOf(port) === 'in';
  if (kindRow(hub.kind).role === 'connection') return into ? 'export' : 'import';
  if (hub.storage?.carrier === carrierOf(port)) return into ? 'charge' : 'discharge';
  if (isByProduct(hub, port)) return 'generation';
  if (converts(hub)) return into ? 'input' : 'product';
  return into ? 'load' : 'generation';
}

/** Energy comes into the park's networks from outside by it: imports and own generation. They need a factor. */
export function isSource(hub: Hub, port: PortId): boolean {
  const role = roleOf(hub, port);
  return role === 'import' || role === 'generation';
}

/** A plant that is only fed (a chiller whose cooling is not a network) is an end use; one without inputs a source. */
export function converts(hub: Hub): boolean {
  if (hub.conversion === undefined && kindRow(hub.kind).role !== 'converter') return false;
  const directions = new Set(hub.ports.filter((port) => hub.storage?.carrier !== carrierOf(port)).map(directionOf));
  return directions.size === 2;
}

/** Heat that a plant would throw away is a source where it stands; its carbon stays with what the plant is run for. */
function isByProduct(hub: Hub, port: PortId): boolean {
  return port === 'wasteHeat.out' && converts(hub) && hub.ports.some((other) => other !== port && directionOf(other) === 'out');
}

/** Ports by which it gives what it is there for: heat that a plant throws away is not what it is run for. */
export function givenPorts(hub: Hub): PortId[] {
  return hub.ports.filter((port) => directionOf(port) === 'out' && !isByProduct(hub, port));
}
