/** Which entries of a row are rounded by themselves, and which are parts of others. Looked up once per park build. */
import { sourceKinds } from '../energy-sources.ts';
import { u8 } from '../typed-arrays.ts';
import type { RowPlaces } from './row-places.ts';

/** Places in a row. An entry in none of these lists is a sum of others (row-sums.ts), an inventory, or a count. */
export interface Rounding {
  /** Rounded by themselves. */
  leaves: Int32Array;
  /** A part of a whole: the estimated or renewable part of a use, or the carbon-free part of an import. */
  parts: { part: number; whole: number }[];
  /** A whole and the first of its parts by source kind. */
  origins: { first: number; whole: number }[];
  /** `consumption.Wh` of the park, and the first of its parts by source kind. */
  consumption: number;
  parkOrigin: number;
}

export function roundingOf({ assets, portAt, total, unmeteredAt, kinds, sums, set, park }: RowPlaces): Rounding {
  const at = (name: string) => total.get(name) as number;
  const consumption = at('consumption.Wh');
  const parkOrigin = at(`from.${sourceKinds[u8(kinds, 0)]}.Wh`);
  const leaves = [
    ...Array.from(portAt).flatMap((place) => [place, place + 1]),
    ...sums.stacks,
    ...assets.flatMap(({ level }) => (level < 0 ? [] : [level + 2])),
    ...['imported.mg', 'otherInjected.mg', 'unmetered.mg', 'biogenic.mg', 'netLoad.Wh'].map(at),
    // In the life-cycle set it is a sum of ports; so is the gross load if the park names no point for it.
    ...(set === 'direct' ? [at('importLifecycle.mg')] : []),
    ...(park.siteLoad?.gross === undefined ? [] : [at('grossLoad.Wh')]),
    ...[...total].filter(([name]) => /^losses\..*\.Wh$/.test(name)).map(([, place]) => place),
    ...unmeteredAt,
  ];
  const energies = assets.map(({ energy }) => energy).filter((place) => place >= 0);
  return {
    leaves: Int32Array.from(new Set(leaves)),
    parts: [
      { part: at('estimated.Wh'), whole: consumption },
      { part: at('renewable.Wh'), whole: consumption },
      { part: at('gridCarbonFree.Wh'), whole: at('import.Wh') },
      ...energies.map((whole) => ({ part: whole + 2, whole })),
    ],
    origins: [{ first: parkOrigin, whole: consumption }, ...energies.map((whole) => ({ first: whole + 3, whole }))],
    consumption,
    parkOrigin,
  };
}
