/**
 * What an asset's number and colour describe (METHODS 1). It is decided only here and sent in the park document; engine,
 * ledger, scene, table and inspector all use it.
 */
import { type Carrier, carrierRow, carriers, isBurnt } from '../carriers.ts';
import { carrierOf, directionOf, type PortId } from '../units.ts';
import { kindRow } from './kinds.ts';
import { converts, givenPorts, type Hub, roleOf } from './roles.ts';

/**
 * Which intensity the colour shows: of what the asset consumes · of what it gives (`output`) or imports · of what it holds
 * (`stored`) · of what passes through it · `none`: the asset is in no network.
 */
export const meanings = ['consumption', 'output', 'imported', 'stored', 'passing', 'none'] as const;
export type Meaning = (typeof meanings)[number];

export interface Shown {
  meaning: Meaning;
  /** The asset's main carrier; null where it has no ports. */
  mainCarrier: Carrier | null;
  /** Which colour scale of intensity it uses. */
  scale: 'whole' | 'half';
  /** Which of the two emission figures it has, never mixed: attributed for end uses, stack for plants that burn fuel. */
  emissions: 'attributed' | 'stack' | null;
}

export function shownOf(hub: Hub): Shown {
  const meaning = meaningOf(hub);
  const mainCarrier = mainCarrierOf(hub);
  return { meaning, mainCarrier, scale: scaleOf(mainCarrier), emissions: emissionsOf(hub, meaning) };
}

export function meaningOf(hub: Hub): Meaning {
  if (hub.storage !== undefined) return 'stored';
  const { role } = kindRow(hub.kind);
  const roles = hub.ports.map((port) => roleOf(hub, port));
  const gives = roles.some((one) => one === 'import' || one === 'generation' || one === 'product');
  if (gives && role === 'connection') return 'imported';
  if (gives && (role === 'source' || converts(hub))) return 'output';
  if (roles.includes('load')) return 'consumption';
  if (gives) return 'output';
  return role === 'junction' || roles.length > 0 ? 'passing' : 'none';
}

/** Ports that its number describes: where an end use takes energy, where any other asset gives it. */
export function meantPorts(hub: Hub, meaning: Meaning = meaningOf(hub)): PortId[] {
  if (meaning === 'consumption') return hub.ports.filter((port) => roleOf(hub, port) === 'load');
  if (meaning === 'passing' || meaning === 'none') return [];
  return givenPorts(hub);
}

/** What a source or converter gives (electricity first), else what a consumer takes. */
export function mainCarrierOf({ ports }: Pick<Hub, 'ports'>): Carrier | null {
  const out = ports.filter((port) => directionOf(port) === 'out').map(carrierOf);
  const taken = ports.filter((port) => directionOf(port) === 'in').map(carrierOf);
  // A data centre that also gives waste heat is still a consumer of electricity.
  const given = out.filter((carrier) => carrier !== 'wasteHeat' || taken.length === 0);
  const among = given.length > 0 ? given : taken;
  return among.find((carrier) => carrier === 'electricity') ?? among[0] ?? null;
}

/** Colour scale of an asset, by its main carrier, or of a line, by its own carrier. */
export function scaleOf(carrier: Carrier | null): Shown['scale'] {
  return carrier === null ? 'whole' : carrierRow(carrier).scale;
}

function emissionsOf({ conversion }: Hub, meaning: Meaning): Shown['emissions'] {
  if (carriers.some((carrier) => conversion?.inputs[carrier] !== undefined && isBurnt(carrier))) return 'stack';
  return meaning === 'consumption' ? 'attributed' : null;
}
