/**
 * The place of each number of a park in the array that the server sends. All numbers that change are in one flat
 * Float32Array of *slots*; server and client compute the same layout from the same park document. NaN is unknown.
 */
import { type Audience, sees } from '../access/permissions.ts';
import { type Totals, totalNames } from '../carbon/step.ts';
import { type SourceKind, sourceKinds } from '../energy-sources.ts';
import { meaningOf } from '../kinds/meaning.ts';
import { type Hub, roleOf } from '../kinds/roles.ts';
import { directionOf, type PortId } from '../units.ts';

export interface PortSlots {
  /** kW. The slot is -1 for audiences that may not see it, as for all slots here. */
  power: number;
  /** packQuality code. */
  quality: number;
  /** Seconds after the snapshot's base time at which the value was measured (end of its interval). */
  sampled: number;
  /** gCO2e/kWh of an output port; for full audiences also of an input port, where an asset takes several carriers. */
  intensity: number;
}

export interface AssetSlots {
  intensity: number;
  /**
   * 1 while nothing flows through the ports its number is about, 0 while something does: a solar roof at night gives nothing,
   * so it gets no colour. For consumers the public audience gets this only when the intensity is unknown, because working
   * hours are not public.
   */
  idle: number;
  /** packQuality code of the worst of its points' freshness and validity. */
  quality: number;
  /** 0…1 */
  estimatedShare: number;
  /** First of sourceKinds.length shares. */
  shares: number;
  attributed: number;
  stack: number;
  /** 0…1 of capacity, storages only. */
  level: number;
  ports: Partial<Record<PortId, PortSlots>>;
}

export interface LineSlots {
  power: number;
  intensity: number;
  /** 1 where the flow is modelled. */
  modelled: number;
}

export interface Layout {
  audience: Audience;
  size: number;
  totals: Record<keyof Totals, number>;
  /** First of sourceKinds.length shares of the park's electricity. */
  parkShares: number;
  assets: Map<string, AssetSlots>;
  lines: Map<string, LineSlots>;
  /** `${asset}/${carrier}` → kW (+ load, − source) of each declared unmetered rest, then its conflict flag. */
  unmetered: Map<string, { power: number; conflict: number }>;
  /** Assets with ports or at the end of a line; the others (vacant land) have no number that could be missing. */
  network: ReadonlySet<string>;
}

/** The parts of a park that decide the layout; a Park and a ParkDocument both fit. */
export interface LayoutPark {
  assets: readonly ({ id: string } & Hub)[];
  lines: readonly { id: string; from: string; to: string }[];
  unmetered: readonly { asset: string; carrier: string }[];
}

export function layoutOf(park: LayoutPark, audience: Audience): Layout {
  let size = 0;
  const one = () => size++;
  const figures = sees(audience, 'figures:read');
  const secret = () => (figures ? size++ : -1);
  const many = (n: number) => {
    const at = size;
    size += n;
    return at;
  };
  const totals = Object.fromEntries(totalNames.map((name) => [name, one()])) as Record<keyof Totals, number>;
  const parkShares = many(sourceKinds.length);
  const assets = new Map<string, AssetSlots>();
  for (const asset of park.assets) {
    const meaning = meaningOf(asset);
    const loads = asset.ports.filter((port) => roleOf(asset, port) === 'load');
    // If an asset consumes one carrier, the asset's intensity is that port's, so the port needs no slot for it.
    const apart = meaning !== 'consumption' || loads.length > 1 ? loads : [];
    const slots: AssetSlots = {
      intensity: one(),
      idle: meaning === 'consumption' || meaning === 'output' || meaning === 'imported' ? one() : -1,
      quality: one(),
      estimatedShare: one(),
      shares: many(sourceKinds.length),
      attributed: secret(),
      stack: secret(),
      level: asset.storage ? secret() : -1,
      ports: {},
    };
    for (const port of asset.ports) {
      slots.ports[port] = {
        power: secret(),
        quality: one(),
        sampled: one(),
        intensity: directionOf(port) === 'out' ? one() : apart.includes(port) ? secret() : -1,
      };
    }
    assets.set(asset.id, slots);
  }
  const lines = new Map<string, LineSlots>();
  for (const line of park.lines) lines.set(line.id, { power: secret(), intensity: one(), modelled: one() });
  const unmetered = new Map<string, { power: number; conflict: number }>();
  for (const rest of park.unmetered) {
    unmetered.set(`${rest.asset}/${rest.carrier}`, { power: secret(), conflict: one() });
  }
  return { audience, size, totals, parkShares, assets, lines, unmetered, network: networkOf(park) };
}

function networkOf({ assets, lines }: LayoutPark): ReadonlySet<string> {
  const metered = assets.filter(({ ports }) => ports.length > 0).map(({ id }) => id);
  return new Set([...metered, ...lines.flatMap(({ from, to }) => [from, to])]);
}

/** Shares from slot `start` on, by source kind; unknown and zero shares are left out. */
export function readShares(values: Float32Array, start: number): Partial<Record<SourceKind, number>> {
  const shares: Partial<Record<SourceKind, number>> = {};
  for (const [k, kind] of sourceKinds.entries()) {
    const share = values[start + k];
    if (share !== undefined && share > 0) shares[kind] = share;
  }
  return shares;
}
