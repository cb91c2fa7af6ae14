/** The part of a park that its ledger rests on: kept with each edition, so that late readings find the factors of their time. */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { roleOf } from '../../models/carbon/compile.ts';
import { scope2Carriers } from '../../models/ledger/park-sums.ts';
import type { Factor, Park, Storage } from '../../models/park/park.ts';
import { carrierOf, type PortId } from '../../models/units.ts';

/** Without what is only drawn or told. */
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

/** What figures rest on: fingerprint and names of the factors, the method in words, and a fingerprint of the rest. */
export interface Basis {
  factors: string;
  method: string;
  fingerprint: string;
}

export function basisOf(park: Park): Basis {
  const assets = new Map(park.assets.map((asset) => [asset.id, asset]));
  const isBought = (id: string, port: PortId) => {
    const asset = assets.get(id);
    return asset !== undefined && roleOf(asset, port) === 'import' && scope2Carriers.has(carrierOf(port));
  };
  const factors = park.sources.map(({ asset, port, sourceKind, factor, estimated, lifecycle }) => {
    // What is bought is told with its life-cycle factor beside; of other sources that factor is another edition's.
    const beside = lifecycle && isBought(asset, port) ? { lifecycle } : {};
    return { asset, port, sourceKind, factor, estimated, ...beside };
  });
  const used = [...factors.flatMap(({ factor }) => factor ?? []), ...Object.values(park.fallback)];
  const names = [...new Set(used.map((factor: Factor) => factor.id))].sort();
  const { method, electricReference, heatReference, supply_C, ambient_C } = park.cogeneration;
  const references = method === 'carnot' ? `${supply_C} / ${ambient_C} °C` : `electricity ${electricReference}, heat ${heatReference}`;
  return {
    factors: `${hash([factors, park.fallback])} ${names.join(', ')}`,
    method: `cogeneration: ${method} (${references}); losses: ${park.losses}`,
    fingerprint: hash([
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
    ]),
  };
}

/** What is different, in words; null when nothing is. */
export function changeOf(before: Basis, after: Basis): string | null {
  const changed = [
    before.factors === after.factors ? null : 'the factors',
    before.method === after.method ? null : 'the method',
    before.fingerprint === after.fingerprint ? null : 'the assets, lines or points',
  ].filter((what) => what !== null);
  return changed.length > 0 ? `${changed.join(' and ')} changed` : null;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}

/** In the set that the park is built with; what the other one begins with is the other's. */
function ofSet({ startLifecycle_gPerKwh: _, ...storage }: Storage): Storage {
  return storage;
}
