/** The part of a park that its figures depend on. Each edition keeps it, so late readings get the factors of their time. */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Basis } from '../../models/carbon/basis.ts';
import { roleOf } from '../../models/kinds/roles.ts';
import { isScope2 } from '../../models/ledger/port-groups.ts';
import type { Factor, Park, Storage } from '../../models/park/park.ts';
import { carrierOf, type PortId } from '../../models/units.ts';

/** The park without the parts that only serve the display (context, stories, events, geometries, properties). */
export function accountedPark(park: Park): Park {
  return {
    ...park,
    context: [],
    stories: [],
    events: [],
    assets: park.assets.map((asset) => ({ ...asset, geometry: { type: 'Point', coordinates: asset.centroid }, properties: {} })),
    lines: park.lines.map((line) => ({ ...line, geometry: null })),
  };
}

export function packPark(park: Park): Uint8Array {
  return deflateRawSync(serialize(accountedPark(park)));
}

export function unpackPark(bytes: Uint8Array): Park {
  return deserialize(inflateRawSync(bytes)) as Park;
}

/**
 * What the figures depend on: fingerprint and names of the factors, the method in words, and a fingerprint of the rest. Where
 * the park has contracts or names its own load, a fingerprint of those follows after a space. Figures of a study say so in the
 * method.
 */
export interface Fingerprints {
  factors: string;
  method: string;
  fingerprint: string;
}

export function fingerprintsOf({ park, study }: Basis): Fingerprints {
  const assets = new Map(park.assets.map((asset) => [asset.id, asset]));
  const isBought = (id: string, port: PortId) => {
    const asset = assets.get(id);
    return asset !== undefined && roleOf(asset, port) === 'import' && isScope2(carrierOf(port));
  };
  const factors = park.sources.map(({ asset, port, sourceKind, factor, estimated, lifecycle }) => {
    // Bought energy is also reported with its life-cycle factor. Other sources use theirs only in the other set's editions.
    const beside = lifecycle && isBought(asset, port) ? { lifecycle } : {};
    return { asset, port, sourceKind, factor, estimated, ...beside };
  });
  const used = [...factors.flatMap(({ factor }) => factor ?? []), ...Object.values(park.fallback)];
  const names = [...new Set(used.map((factor: Factor) => factor.id))].sort();
  const { method, electricReference, heatReference, supply_C, ambient_C } = park.cogeneration;
  const references = method === 'carnot' ? `${supply_C} / ${ambient_C} °C` : `electricity ${electricReference}, heat ${heatReference}`;
  const terms = termsOf(park);
  return {
    factors: `${hash([factors, park.fallback])} ${names.join(', ')}`,
    method: `${study === undefined ? '' : `study ${study}; `}cogeneration: ${method} (${references}); losses: ${park.losses}`,
    fingerprint: `${hash([
      park.timeZone,
      park.interval_s,
      park.assets.map(({ id, kind, ports, at, conversion, storage }) => ({
        id,
        kind,
        ports,
        at,
        conversion,
        storage: storage && ofSet(storage),
      })),
      park.lines.map(({ id, carrier, from, to, loss, open, length_m }) => ({ id, carrier, from, to, loss, open, length_m })),
      park.points.map(({ name: _, range: __, source: ___, ...point }) => point),
      park.virtualPoints.map(({ name: _, note: __, ...virtual }) => virtual),
      park.spreads.map(({ id, of, port, weights }) => ({ id, of, port, weights: [...weights] })),
      park.unmetered.map(({ asset, carrier }) => ({ asset, carrier })),
    ])}${terms === '' ? '' : ` ${terms}`}`,
  };
}

/** Fingerprint of what market-based figures and the park's own load depend on; empty where the park declares neither. */
function termsOf({ set, market, siteLoad }: Park): string {
  // Instruments state direct emissions, so figures of the life-cycle set do not depend on them.
  const contracts = set === 'lifecycle' ? undefined : market;
  if (contracts === undefined && siteLoad === undefined) return '';
  const value = (factor: Factor | null) => factor && { id: factor.id, value: factor.value };
  const instruments = contracts?.instruments.map(({ id, factor, from, to, energy_MWh, share }) => {
    return { id, factor: value(factor), from, to, energy_MWh, share };
  });
  return hash([contracts && { matching: contracts.matching, residual: value(contracts.residual), instruments }, siteLoad]);
}

/** Fingerprints of older editions lack the part of `termsOf`; it is then computed from the park that the edition kept. */
export async function completeFingerprints<F extends Fingerprints>(kept: F, parkOf: () => Promise<Uint8Array>): Promise<F> {
  if (kept.fingerprint.includes(' ')) return kept;
  const terms = termsOf(unpackPark(await parkOf()));
  return terms === '' ? kept : { ...kept, fingerprint: `${kept.fingerprint} ${terms}` };
}

/** What is different, in words; null when nothing is. */
export function changeOf(before: Fingerprints, after: Fingerprints): string | null {
  const [[assetsBefore], [assetsAfter]] = [before.fingerprint.split(' '), after.fingerprint.split(' ')];
  const changed = [
    before.factors === after.factors ? null : 'the factors',
    before.method === after.method ? null : 'the method',
    assetsBefore === assetsAfter ? null : 'the assets, lines or points',
    sameTerms(before, after) ? null : 'the contracts, residual factor or named load',
  ].filter((what) => what !== null);
  return changed.length > 0 ? `${changed.join(' and ')} changed` : null;
}

/** Whether contracts, residual factor and named load are the same. Both must be complete (`completeFingerprints`). */
export function sameTerms(before: Fingerprints, after: Fingerprints): boolean {
  return before.fingerprint.split(' ')[1] === after.fingerprint.split(' ')[1];
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}

/** The storage as the park's own set uses it, without the starting intensity for the life-cycle set. */
function ofSet({ startLifecycle_gPerKwh: _, ...storage }: Storage): Storage {
  return storage;
}
