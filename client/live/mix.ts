/** Where energy comes from, by kind of source, in whole percents that sum to 100. */

import { type SourceKind, sourceKindRow, sourceKinds } from '../../models/energy-sources.ts';
import { percentsOf, roundParts } from '../../models/rounding.ts';
import { type Layout, readShares } from '../../models/wire/layout.ts';

export interface SharePart {
  kind: SourceKind;
  share: number;
  /** A whole number; those of all parts sum to 100. 0: less than one percent. */
  percent: number;
}

/** Shares in slots are rounded to 0.001; a share below this limit counts as absent. */
const least = 0.0005;

/** All parts there are, largest first. `start` is the first slot of sourceKinds.length shares. */
export function mixOf(values: Float32Array, start: number): SharePart[] {
  if (start < 0) return [];
  const shares = readShares(values, start);
  const parts = sourceKinds
    .map((kind) => ({ kind, share: shares[kind] ?? 0 }))
    .filter(({ share }) => share >= least)
    .sort((a, b) => b.share - a.share);
  const percents = percentsOf(parts.map(({ share }) => share));
  return parts.map((part, i) => ({ ...part, percent: percents[i] as number }));
}

export interface RenewableParts {
  /** Whole percents: `own` and `bought` add up to `all`. */
  all: number;
  /** The park's own sun, wind and biomass, largest first, including what storages held of them. */
  own: { kind: SourceKind; percent: number }[];
  /** The renewable part of what the grid and others bring, including what storages held of it. */
  bought: number;
}

/** What the park's renewable share is made of; null while it is not known. */
export function renewableParts(layout: Layout, values: Float32Array): RenewableParts | null {
  const share = values[layout.totals.renewableShare] ?? Number.NaN;
  const shares = readShares(values, layout.parkShares);
  if (Number.isNaN(share) || Object.keys(shares).length === 0) return null;
  const own = sourceKinds
    .map((kind) => ({ kind, share: sourceKindRow(kind).renewable ? (shares[kind] ?? 0) : 0 }))
    .filter((part) => part.share >= least)
    .sort((a, b) => b.share - a.share);
  // Slots are rounded one by one, so their sum may be slightly more than the share.
  const sum = own.reduce((all, part) => all + part.share, 0);
  const fit = sum > share ? share / sum : 1;
  const all = Math.round(100 * share);
  const percents = roundParts([...own.map((part) => part.share * fit), Math.max(0, share - sum)], 0.01, all);
  return {
    all,
    own: own.map(({ kind }, i) => ({ kind, percent: percents[i] as number })),
    bought: percents.at(-1) as number,
  };
}
