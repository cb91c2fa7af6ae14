/** Reads market-based Scope 2 and the points of the whole park's load from park.yaml. */
import { compact } from './compact.ts';
import { factorById } from './factors.ts';
import { toText } from './features.ts';
import type { Factor, Instrument, Market, Park, Point, VirtualPoint } from './park.ts';
import { parkFileName } from './park-file.ts';
import type { ProblemList } from './problems.ts';
import type { ParkFile } from './schema.ts';

interface Known {
  factors: ReadonlyMap<string, Factor>;
  points: readonly Point[];
  virtualPoints: readonly VirtualPoint[];
}

export function buildMarket(file: ParkFile, known: Known, problems: ProblemList): Pick<Park, 'market' | 'siteLoad'> {
  checkSiteLoad(file, known, problems);
  return {
    ...(file.market && { market: marketOf(file.market, known.factors, problems) }),
    ...(file.siteLoad && { siteLoad: compact<NonNullable<Park['siteLoad']>>(file.siteLoad) }),
  };
}

function marketOf(
  { matching, residualFactor, instruments }: NonNullable<ParkFile['market']>,
  factors: ReadonlyMap<string, Factor>,
  problems: ProblemList,
): Market {
  const seen = new Set<string>();
  const find = (id: string, field: string) => factorById(id, factors, { feature: 'market', field }, problems) ?? null;
  return {
    matching,
    residual: residualFactor === undefined ? null : find(residualFactor, 'market.residualFactor'),
    instruments: instruments.flatMap((entry): Instrument[] => {
      const field = `market.instruments.${entry.id}`;
      const complain = (message: string, mend: string) => problems.error({ file: parkFileName, feature: entry.id, field }, message, mend);
      if (seen.has(entry.id)) complain(`two instruments have the id "${entry.id}"`, 'Rename one of them.');
      seen.add(entry.id);
      if (entry.from > entry.to) complain('ends before it begins', 'Swap from and to.');
      if ((entry.energy_MWh === undefined) === (entry.share === undefined))
        complain('says neither or both of energy_MWh and share', 'Give one of them.');
      const factor = find(entry.factor, `${field}.factor`);
      return factor === null
        ? []
        : [compact<Instrument>({ ...entry, name: toText(entry.name), factor, energy_MWh: entry.energy_MWh, share: entry.share })];
    }),
  };
}

function checkSiteLoad({ siteLoad = {} }: ParkFile, { points, virtualPoints }: Known, problems: ProblemList): void {
  for (const [which, id] of Object.entries(siteLoad)) {
    if ([...points, ...virtualPoints].some((p) => p.id === id && p.quantity === 'power')) continue;
    problems.error(
      { file: parkFileName, feature: 'siteLoad', field: `siteLoad.${which}` },
      `there is no point "${id}" that measures power`,
      'Give the id of a point or virtual point.',
    );
  }
}
