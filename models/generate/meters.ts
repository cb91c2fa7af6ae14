/** Meters of a generated park: large users every few seconds or minutes, small ones by quarter-hour registers, feeders at their heads. */
import type { Text } from '../park/park.ts';
import { carrierOf, type Unit } from '../units.ts';
import type { Draft, DraftAsset } from './draft.ts';
import type { LinePeaks } from './sizes.ts';

export interface DraftPoint {
  id: string;
  /** Absent where asset and port are enough to identify the point. */
  name?: Text;
  asset?: string;
  line?: string;
  port?: string;
  negativePort?: string;
  quantity?: 'stateOfCharge';
  unit: Unit;
  measure?: 'mean' | 'register';
  maxPower_kW?: number;
  cadence_s: number;
  range: [number, number];
  accuracy?: number;
}

export function metersOf(draft: Draft, linePeaks: LinePeaks): DraftPoint[] {
  const points: DraftPoint[] = [];
  for (const asset of draft.assets) points.push(...ofAsset(draft, asset));
  for (const line of draft.lines) {
    if (!line.metered) continue;
    const most = ceiling(1.6 * (linePeaks.get(line.id) ?? 0) + 500);
    points.push({
      id: `${line.id}.power`,
      name: line.name ?? { en: line.id },
      line: line.id,
      unit: 'kW',
      cadence_s: line.carrier === 'electricity' ? 15 : 60,
      range: line.carrier === 'electricity' ? [-most, most] : [0, most],
      accuracy: 0.005,
    });
  }
  return points;
}

const ceiling = (kW: number) => {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(kW)) - 1);
  return Math.ceil(kW / step) * step;
};

function ofAsset(draft: Draft, asset: DraftAsset): DraftPoint[] {
  const { id, kind } = asset;
  const name = asset.properties['name'] as { en: string; zh: string };
  const title = ([en, zh]: readonly [string, string]): Text => ({ en: `${name.en}, ${en}`, zh: `${name.zh}，${zh}` });
  if (kind === 'gridConnection') {
    const most = Math.ceil(((asset.properties['capacity_kW'] as number) * 1.5) / 1000);
    return [
      {
        id: `${id}.power`,
        name: { en: 'Grid exchange', zh: '关口功率' },
        asset: id,
        port: 'electricity.out',
        negativePort: 'electricity.in',
        unit: 'MW',
        cadence_s: 1,
        range: [-most, most],
        accuracy: 0.002,
      },
      ...(['import', 'export'] as const).map((way): DraftPoint => {
        const name = way === 'import' ? { en: 'Grid import register', zh: '购电电能表' } : { en: 'Grid export register', zh: '上网电能表' };
        const port = way === 'import' ? 'electricity.out' : 'electricity.in';
        return {
          id: `${id}.${way}`,
          name,
          asset: id,
          port,
          unit: 'MWh',
          measure: 'register',
          cadence_s: 900,
          range: [0, 99_999_999],
          accuracy: 0.002,
        };
      }),
    ];
  }
  const storage = asset.properties['storage'] as { carrier: string } | undefined;
  if (storage) {
    const { carrier } = storage;
    const most = 1.1 * (asset.properties['capacity_kW'] as number);
    return [
      {
        id: `${id}.power`,
        name: title(['power', '功率']),
        asset: id,
        port: `${carrier}.out`,
        negativePort: `${carrier}.in`,
        unit: 'kW',
        cadence_s: 5,
        range: [-most, most],
        accuracy: 0.005,
      },
      {
        id: `${id}.level`,
        name: title(['level', '存量']),
        asset: id,
        quantity: 'stateOfCharge',
        unit: '%',
        cadence_s: 30,
        range: [0, 100],
      },
    ];
  }
  return asset.ports.map((port): DraftPoint => {
    const carrier = carrierOf(port);
    const peak = draft.peaks.get(`${id}/${port}`) ?? 0;
    const most = ceiling(1.8 * peak + 10);
    const point = {
      id: `${id}.${carrier}`,
      asset: id,
      port,
    };
    // Two ports of one carrier would need two ids; no generated asset has them.
    const user = kind === 'building' || kind === 'plant';
    if (user && peak < 120)
      return { ...point, unit: 'kWh', measure: 'register', maxPower_kW: most, cadence_s: 900, range: [0, 99_999_999] };
    if (user && peak < 600) return { ...point, unit: 'kW', measure: 'mean', cadence_s: 60, range: [0, most] };
    return { ...point, unit: 'kW', cadence_s: kind === 'pv' ? 10 : 15, range: [0, most], accuracy: 0.005 };
  });
}
