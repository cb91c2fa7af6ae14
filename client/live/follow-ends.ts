/**
 * The ends (sources or uses) of what is followed, computed once for scene and panel: an asset that gives (or takes) at
 * several ports is one end, its unmetered part is another. Shares are whole percents that sum to 100 with losses.
 */

import type { FollowAnswer } from '../../models/api/supply.ts';
import type { UseKind } from '../../models/carbon/delivery.ts';
import type { Carrier } from '../../models/carriers.ts';
import type { SourceKind } from '../../models/energy-sources.ts';
import { percentsOf } from '../../models/rounding.ts';
import { carrierOf, type PortId } from '../../models/units.ts';
import type { SharePart } from './mix.ts';

export interface FollowedEnd {
  key: string;
  asset: string;
  unmetered: boolean;
  /** Of a source; null for uses. */
  kind: SourceKind | null;
  /** Of a use: how it takes energy, and which carriers. */
  uses: UseKind[];
  carriers: Carrier[];
  share: number;
  /** A whole number; 0: less than one percent. */
  percent: number;
  power_kW: number;
  /** NaN where it is not known. */
  carbon_kgPerH: number;
  /** NaN where it is not known, and for uses: their energy has the intensity of what the source gives. */
  intensity_gPerKwh: number;
  /** The way that the end's largest part takes (ids), and the share 0…1 of the end that takes exactly this way. */
  path: string[];
  part: number;
  /** Of a storage that gives: what it held, by kind of source. */
  held: { kind: SourceKind; share: number }[];
}

export interface FollowedEnds {
  /** Largest first. */
  ends: FollowedEnd[];
  lost: number;
  lostPercent: number;
}

type Part = Omit<FollowedEnd, 'percent'>;

function partsOf(answer: FollowAnswer): Part[] {
  const sources = answer.sources.map((source) => ({
    ...endOf(source),
    kind: source.kind,
    uses: [],
    carriers: [],
    intensity_gPerKwh: source.intensity_gPerKwh ?? Number.NaN,
    held: (source.held ?? []).map((one) => ({ ...one })),
  }));
  const uses = answer.uses.map((use) => ({
    ...endOf(use),
    kind: null,
    uses: [use.kind],
    carriers: use.port === null ? [] : [carrierOf(use.port as PortId)],
    intensity_gPerKwh: Number.NaN,
    held: [],
  }));
  return [...sources, ...uses].sort((a, b) => b.share - a.share);
}

interface Told {
  asset: string;
  port: string | null;
  share: number;
  power_kW: number;
  carbon_kgPerH: number | null;
  path: string[];
  part: number;
}

function endOf({ asset, port, share, power_kW, carbon_kgPerH, path, part }: Told) {
  const unmetered = port === null;
  return {
    key: unmetered ? `${asset}/` : asset,
    asset,
    unmetered,
    share,
    power_kW,
    carbon_kgPerH: carbon_kgPerH ?? Number.NaN,
    path,
    part,
  };
}

/** Merges two parts of one end; the way of `a`, the larger one, is kept. */
function together(a: Part, b: Part): Part {
  const share = a.share + b.share;
  const weigh = (x: number, y: number) => (share > 0 ? (x * a.share + y * b.share) / share : x);
  return {
    ...a,
    share,
    power_kW: a.power_kW + b.power_kW,
    carbon_kgPerH: a.carbon_kgPerH + b.carbon_kgPerH,
    intensity_gPerKwh: weigh(a.intensity_gPerKwh, b.intensity_gPerKwh),
    part: weigh(a.part, 0),
    uses: [...new Set([...a.uses, ...b.uses])],
    carriers: [...new Set([...a.carriers, ...b.carriers])],
    held: a.held.length > 0 ? a.held : b.held,
  };
}

export function followedEnds(answer: FollowAnswer): FollowedEnds {
  const byKey = new Map<string, Part>();
  for (const part of partsOf(answer)) {
    const known = byKey.get(part.key);
    byKey.set(part.key, known ? together(known, part) : part);
  }
  const ends = [...byKey.values()].sort((a, b) => b.share - a.share);
  const { lost } = answer;
  const percents = percentsOf([...ends.map(({ share }) => share), lost]);
  return {
    ends: ends.map((end, i) => ({ ...end, percent: percents[i] as number })),
    lost,
    lostPercent: percents.at(-1) ?? 0,
  };
}

export interface ReconciledEnds {
  kind: SourceKind;
  /** Whole percents: `direct` + `byStorage` = `all`, the figure of the mix. */
  direct: number;
  /** Including what the storages lost. Below 0 where these losses lower the direct share by more than the storages bring. */
  byStorage: number;
  all: number;
}

/** A smaller share by way of storages is not listed. */
const least = 0.005;

/**
 * When carbon is followed, a storage is a source of its own and counts with what it gives. In the mix, what it held is listed
 * by kind and counts with what had to be put in. For each kind that a storage brought, this splits the figure of the mix into
 * what comes directly (the figure of its row) and what comes by way of storages.
 */
export function reconciled(answer: FollowAnswer, { ends }: FollowedEnds, mix: readonly SharePart[]): ReconciledEnds[] {
  const brought = (kind: SourceKind) =>
    answer.sources.reduce((sum, { share, held }) => sum + share * (held?.find((one) => one.kind === kind)?.share ?? 0), 0);
  return mix.flatMap(({ kind, percent: all }): ReconciledEnds[] => {
    if (brought(kind) < least) return [];
    const own = ends.filter((end) => end.kind === kind && end.held.length === 0);
    const [only] = own;
    const direct = own.length === 1 && only ? only.percent : Math.round(100 * own.reduce((sum, end) => sum + end.share, 0));
    return [{ kind, direct, byStorage: all - direct, all }];
  });
}
