/** Which mouths (chimneys, cooling cells) emit what, and how high their plumes rise at this moment. Pure; drawn by Plumes.tsx. */

import { carrierRow } from '../../models/carriers.ts';
import { carrierOf, directionOf, type PortId } from '../../models/units.ts';
import type { Layout } from '../../models/wire/layout.ts';
import { flueHeight, steamHeight } from '../live/motion.ts';
import { formOf } from './kinds/forms.ts';
import { cellsOf, chimneysOf, type Mouth } from './shape/plants.ts';
import { frameOf, type Ring } from './shape/ring.ts';
import type { Site } from './shape/site.ts';

export interface Emitter {
  asset: string;
  /** Flue gas by the emission rate of its asset; steam by the heat that these assets give off. */
  kind: 'flue' | 'steam';
  heatOf: { asset: string; ports: readonly PortId[] }[];
  /** `top` above the park's zero. */
  mouths: Mouth[];
}

/** Chimneys, and cooling towers whose load is known: named by the park in `cools`, or metered at the tower itself. */
export function emittersOf(sites: readonly Site[]): Emitter[] {
  const byId = new Map(sites.map((s) => [s.asset.id, s.asset]));
  const made: Emitter[] = [];
  for (const site of sites) {
    const { asset, ground } = site;
    const raised = (mouth: Mouth): Mouth => ({ ...mouth, top: mouth.top + ground });
    const { steams, chimney } = formOf(asset);
    if (steams) {
      const named = asset.properties['cools'];
      const ids = Array.isArray(named) ? named.filter((id): id is string => typeof id === 'string') : [asset.id];
      const heatOf = ids.flatMap((id) => {
        const ports = byId.get(id)?.ports ?? [];
        return ports.length > 0 ? [{ asset: id, ports }] : [];
      });
      const mouths = site.areas.flatMap((area) => cellsOf({ asset, base: site.base, frame: frameOf(area[0] as Ring) }));
      if (heatOf.length === ids.length && mouths.length > 0)
        made.push({ asset: asset.id, kind: 'steam', heatOf, mouths: mouths.map(raised) });
    } else {
      const mouths = chimneysOf(site, chimney);
      if (mouths.length > 0) made.push({ asset: asset.id, kind: 'flue', heatOf: [], mouths: mouths.map(raised) });
    }
  }
  return made;
}

/**
 * Heat that an asset gives to the air, kW, by the first law: the energy that goes in and the heat taken out of the cold
 * network, minus the energy that goes out. NaN as soon as one of its ports is unknown.
 */
export function heatRejected(ports: readonly PortId[], powerOf: (port: PortId) => number): number {
  let heat = 0;
  for (const port of ports) {
    const { heat: does } = carrierRow(carrierOf(port));
    // Compressed air carries no heat: all that the compressor took in is left behind as heat.
    if (does === 'none') continue;
    const sign = directionOf(port) === 'in' || does === 'takes' ? 1 : -1;
    heat += sign * powerOf(port);
  }
  return heat;
}

/** Metres that the plume of each mouth of an emitter rises now; 0 for none and for unknown. All mouths get equal shares. */
export function plumeHeight(emitter: Emitter, layout: Layout | null, values: Float32Array): number {
  const n = emitter.mouths.length;
  const at = (slot: number | undefined) => (slot === undefined || slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));
  if (!layout || n === 0) return 0;
  if (emitter.kind === 'flue') return flueHeight(at(layout.assets.get(emitter.asset)?.stack) / n);
  let heat_kW = 0;
  for (const { asset, ports } of emitter.heatOf) {
    const slots = layout.assets.get(asset)?.ports;
    heat_kW += heatRejected(ports, (port) => at(slots?.[port]?.power));
  }
  return steamHeight(heat_kW / n);
}
