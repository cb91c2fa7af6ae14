/**
 * The marks of an asset's number (METHODS 8). Origin, validity and freshness are independent, so several marks may hold
 * at once: the number of a silent meter that is replaced by an estimate is missing and estimated. The set of marks is
 * computed here for scene, legend, table, search and API; one pattern out of that set is drawn.
 */
import { freshnesses, origins, qualities, unpackQuality } from '../quality.ts';

/** From the least to the most serious. A set of marks is a number with one bit for each, so more serious sets are larger. */
export const marks = ['idle', 'estimated', 'stale', 'missing'] as const;
export type Mark = (typeof marks)[number];
export type MarkSet = number;
/** What can be counted: assets with each mark, and assets without any mark (`plain`). */
export const countedMarks = ['plain', ...marks] as const;
export type CountedMark = (typeof countedMarks)[number];
/** What is drawn. `unmetered`: the asset has no such quantity (a plot, the chimney of a solar roof) and is drawn neutral. */
export type DrawnMark = CountedMark | 'unmetered';

const bitOf: Readonly<Record<Mark, number>> = { idle: 1, estimated: 2, stale: 4, missing: 8 };
/** The asset is in no network: it has no mark, and it is not counted as plain either. */
export const outside: MarkSet = 16;

/** Above this share of estimated energy a derived number carries the estimated mark. */
export const estimatedLimit = 0.1;

/** `none`: the asset has no number of its own that could be unknown, such as a junction without a known flow. */
export type NumberState = 'known' | 'unknown' | 'none';

/** By quality code: the mark that follows from its freshness, and whether the number is an estimate. */
const codes = Array.from({ length: origins.length * qualities.length * freshnesses.length }, (_, code) => {
  const { origin, validity, freshness } = unpackQuality(code);
  const age = freshness === 'missing' ? bitOf.missing : freshness === 'stale' ? bitOf.stale : 0;
  const isEstimate = origin === 'estimated' || origin === 'modelled' || validity === 'bad';
  // A number that exists although its meter is missing is an estimate, whatever its origin.
  return { age, estimate: isEstimate || freshness === 'missing' ? bitOf.estimated : 0 };
});
const noCode = { age: 0, estimate: 0 };

/** The marks that hold. `code`: from packQuality, NaN if there is none. Allocates no memory: runs for 10,000 assets a second. */
export function marksOf(code: number, estimatedShare: number, number: NumberState, idle: boolean, inNetwork: boolean): MarkSet {
  if (!inNetwork) return outside;
  // With NaN as the index, JavaScript would look up a property named "NaN".
  const facts = (code >= 0 ? codes[code] : undefined) ?? noCode;
  let set = facts.age | (idle ? bitOf.idle : 0);
  if (number === 'known') set |= facts.estimate | (estimatedShare > estimatedLimit ? bitOf.estimated : 0);
  else if (number === 'unknown' && !idle) set |= bitOf.missing;
  return set;
}

export function carries(set: MarkSet, mark: CountedMark): boolean {
  return mark === 'plain' ? set === 0 : (set & bitOf[mark]) !== 0;
}

/** The marks of a set, the most serious first. */
export function marksIn(set: MarkSet): Mark[] {
  return marks.filter((mark) => carries(set, mark)).reverse();
}

/** The one pattern drawn for a set: dots where there is no number, hatching where an estimate replaces a missing meter. */
export function drawnMark(set: MarkSet, known: boolean): CountedMark {
  if (!known) return carries(set, 'idle') ? 'idle' : 'missing';
  if (carries(set, 'missing')) return 'estimated';
  if (carries(set, 'stale')) return 'stale';
  return carries(set, 'estimated') ? 'estimated' : 'plain';
}
