/**
 * What an asset's number and colour are about (METHODS 1): worked out once here, it travels in the park document, and engine,
 * ledger, scene, table and inspector all go by it.
 */
import { type Carrier, carrierRow, carriers, isBurnt } from '../carriers.ts';
import { carrierOf, directionOf, type PortId } from '../units.ts';
import { kindRow } from './kinds.ts';
import { converts, givenPorts, type Hub, roleOf } from './roles.ts';

/**
 * Whose intensity its colour is: of what it consumes · of what it gives (`output`) or imports · of what it holds (`stored`) ·
 * of what passes through it · `none`: it stands in no network.
 */
export const meanings = ['consumption', 'output', 'imported', 'stored', 'passing', 'none'] as const;
export type Meaning = (typeof meanings)[number];

export interface Shown {
  meaning: Meaning;
  /** The carrier it is mainly about; null where it has no ports. */
  mainCarrier: Carrier | null;
  /** Which colour scale of intensity is its. */
  scale: 'whole' | 'half';
  /** Which of the two emission figures is its, never mixed: attributed of end uses, stack of what burns. */
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

/** Ports that its number is about: what an end use takes, what everything else gives. */
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

/** Of an asset by its main carrier, of a line by its own. */
export function scaleOf(carrier: Carrier | null): Shown['scale'] {
  return carrier === null ? 'whole' : carrierRow(carrier).scale;
}

function emissionsOf({ conversion }: Hub, meaning: Meaning): Shown['emissions'] {
  if (carriers.some((carrier) => conversion?.inputs[carrier] !== undefined && isBurnt(carrier))) return 'stack';
  return meaning === 'consumption' ? 'attributed' : null;
}
