/** The role of an asset's port in accounting. It is decided only here, for engine, checks, ledger and client. */
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

/** The fields of an asset that decide its roles; an asset of the park and one of the park document both fit. */
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

/** Whether energy enters the park's networks at this port: an import or own generation. Such ports need a factor. */
export function isSource(hub: Hub, port: PortId): boolean {
  const role = roleOf(hub, port);
  return role === 'import' || role === 'generation';
}

/** A plant with inputs only (a chiller whose cooling is in no network) is an end use; a plant without inputs is a source. */
export function converts(hub: Hub): boolean {
  if (hub.conversion === undefined && kindRow(hub.kind).role !== 'converter') return false;
  const directions = new Set(hub.ports.filter((port) => hub.storage?.carrier !== carrierOf(port)).map(directionOf));
  return directions.size === 2;
}

/** Whether the port gives waste heat of a plant: that counts as a source, its carbon stays with what the plant is run for. */
function isByProduct(hub: Hub, port: PortId): boolean {
  return port === 'wasteHeat.out' && converts(hub) && hub.ports.some((other) => other !== port && directionOf(other) === 'out');
}

/** Ports for what the asset is run for: everything it gives except waste heat of a plant. */
export function givenPorts(hub: Hub): PortId[] {
  return hub.ports.filter((port) => directionOf(port) === 'out' && !isByProduct(hub, port));
}
