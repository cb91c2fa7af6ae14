/** Sizes of lines and plants for the loads that they supply: peaks are summed along the trees that the lines form. */

import type { Carrier } from '../carriers.ts';
import type { PortId } from '../units.ts';
import type { Draft, DraftAsset } from './draft.ts';
import { gasId, gridId } from './utility.ts';

/** kW through each line at the peak, by line id. */
export type LinePeaks = Map<string, number>;

/** A round rating at least 25 % above the peak, and at least 10 kW. */
export function rating_kW(peak: number): number {
  const wanted = Math.max(10, peak * 1.25);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.ceil(wanted / step) * step;
}

export function sizePlants(draft: Draft): LinePeaks {
  const peaks: LinePeaks = new Map();
  const up = new Map<string, { id: string; from: string }>();
  for (const line of draft.lines) if (!line.open) up.set(`${line.carrier} ${line.to}`, line);
  const carry = (carrier: Carrier, node: string, kW: number) => {
    const seen: string[] = [node];
    for (let line = up.get(`${carrier} ${node}`); line; line = up.get(`${carrier} ${seen.at(-1)}`)) {
      peaks.set(line.id, (peaks.get(line.id) ?? 0) + kW);
      // Plants feed into their hub: from there on nothing is above.
      if (seen.includes(line.from)) break;
      seen.push(line.from);
    }
    return seen.at(-1) as string;
  };
  const setPeak = (asset: DraftAsset, port: PortId, kW: number) => draft.peaks.set(`${asset.id}/${port}`, Math.max(1, Math.round(kW)));
  const of = (kind: DraftAsset['kind']) => draft.assets.filter((a) => a.kind === kind);
  const loads = (carrier: Carrier, take: (asset: DraftAsset, kW: number) => void) => {
    for (const asset of draft.assets) {
      if (asset.kind === 'battery' || asset.kind === 'thermalStore' || asset.kind === 'gridConnection') continue;
      const kW = draft.peaks.get(`${asset.id}/${carrier}.in`);
      if (kW !== undefined) take(asset, kW);
    }
  };

  const coolingOf = new Map<string, number>();
  loads('cooling', (asset, kW) => {
    const root = carry('cooling', asset.id, kW);
    coolingOf.set(root, (coolingOf.get(root) ?? 0) + kW);
  });
  for (const chiller of of('chiller')) {
    const kW = Math.max(50, coolingOf.get(chiller.id) ?? 0);
    chiller.properties['capacity_kW'] = rating_kW(kW);
    setPeak(chiller, 'cooling.out', kW);
    setPeak(chiller, 'electricity.in', kW / 5.2);
  }

  // Heat mains end at the hub, into which the plants' own pipes lead. The id of a main contains the district's number.
  const heatOf = new Map<string, number>();
  const mains = new Map(
    draft.lines.filter((l) => l.id.startsWith('heat-main-')).map((l) => [l.id, l.id.slice('heat-main-'.length).split('.')[0] as string]),
  );
  loads('heat', (asset, kW) => {
    let node = asset.id;
    for (let line = up.get(`heat ${node}`); line; line = up.get(`heat ${node}`)) {
      peaks.set(line.id, (peaks.get(line.id) ?? 0) + kW);
      const district = mains.get(line.id);
      if (district !== undefined) {
        heatOf.set(district, (heatOf.get(district) ?? 0) + kW);
        break;
      }
      node = line.from;
    }
  });
  for (const plant of [...of('chp'), ...of('boiler')]) {
    const district = plant.id.slice(plant.id.lastIndexOf('-') + 1);
    const heat = Math.max(200, heatOf.get(district) ?? 0);
    const chp = plant.kind === 'chp';
    const out = heat * (chp ? 0.4 : 1.1);
    setPeak(plant, 'heat.out', out);
    if (chp) setPeak(plant, 'electricity.out', (out / 0.43) * 0.42);
    setPeak(plant, 'gas.in', out / (chp ? 0.43 : 0.93));
    plant.properties['capacity_kW'] = Math.round(chp ? (out / 0.43) * 0.42 : out);
    peaks.set(`heat-${plant.id}-heat-hub-${district}`, out);
  }

  loads('electricity', (asset, kW) => carry('electricity', asset.id, kW));
  for (const asset of draft.assets) {
    // The output of PV and wind turbines may flow back up the line.
    const kW = asset.kind === 'pv' || asset.kind === 'wind' ? draft.peaks.get(`${asset.id}/electricity.out`) : undefined;
    if (kW === undefined) continue;
    const node = (asset.properties['at'] as string | undefined) ?? asset.id;
    carry('electricity', node, 0.35 * kW);
  }
  loads('gas', (asset, kW) => carry('gas', asset.id, kW));
  const sum = (carrier: Carrier, from: string) =>
    draft.lines.reduce((kW, l) => kW + (l.carrier === carrier && l.from === from ? (peaks.get(l.id) ?? 0) : 0), 0);
  const ends: [string, Carrier][] = [
    [gridId, 'electricity'],
    [gasId, 'gas'],
  ];
  for (const [id, carrier] of ends) {
    const asset = draft.byId.get(id);
    if (!asset) continue;
    const kW = sum(carrier, id);
    asset.properties['capacity_kW'] = rating_kW(kW);
    setPeak(asset, `${carrier}.out`, kW);
  }
  for (const asset of of('substation'))
    if (asset.properties['use'] === 'mainSubstation') asset.properties['capacity_kW'] = rating_kW(sum('electricity', asset.id));
  return peaks;
}
