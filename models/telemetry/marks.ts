/**
 * The marks of an asset's number (METHODS 8). Origin, validity and freshness are facts that travel apart, so several may
 * hold at once: a silent meter that an estimate stands in for is missing and estimated. What holds is one set, worked
 * out here for scene, legend, table, search and interface alike; what is drawn is one pattern out of that set.
 */
import { freshnesses, origins, qualities, unpackQuality } from '../quality.ts';

/** From the lightest to the gravest; a set of them is a number in which each is one bit, so that graver sets are larger. */
export const marks = ['idle', 'estimated', 'stale', 'missing'] as const;
export type Mark = (typeof marks)[number];
export type MarkSet = number;
/** What can be counted: those that carry a mark, and those that carry none. */
export const countedMarks = ['plain', ...marks] as const;
export type CountedMark = (typeof countedMarks)[number];
/** What is drawn; `unmetered`: there is no such quantity here (a plot, the chimney of a solar roof), so neutral. */
export type DrawnMark = CountedMark | 'unmetered';

const bitOf: Readonly<Record<Mark, number>> = { idle: 1, estimated: 2, stale: 4, missing: 8 };
/** It stands in no network: no mark holds, and it is not counted as plain either. */
export const outside: MarkSet = 16;

/** Above this share of estimated energy a derived number carries the estimated mark. */
export const estimatedLimit = 0.1;

/** `none`: it has no number of its own that could be unknown, such as a junction that nothing is known to pass. */
export type NumberState = 'known' | 'unknown' | 'none';

/** By quality code: what its freshness says, and whether what stands behind it is no plain reading. */
const codes = Array.from({ length: origins.length * qualities.length * freshnesses.length }, (_, code) => {
  const { origin, validity, freshness } = unpackQuality(code);
  const age = freshness === 'missing' ? bitOf.missing : freshness === 'stale' ? bitOf.stale : 0;
  const isEstimate = origin === 'estimated' || origin === 'modelled' || validity === 'bad';
  // A number in spite of a missing meter is an estimate, whatever stands behind it.
  return { age, estimate: isEstimate || freshness === 'missing' ? bitOf.estimated : 0 };
});
const noCode = { age: 0, estimate: 0 };

/** The marks that hold. `code`: packQuality's, NaN when there is none. Makes no garbage: asked for 10,000 assets a second. */
export function marksOf(code: number, estimatedShare: number, number: NumberState, idle: boolean, inNetwork: boolean): MarkSet {
  if (!inNetwork) return outside;
  // An index that is not a number would be looked up by its name.
  const facts = (code >= 0 ? codes[code] : undefined) ?? noCode;
  let set = facts.age | (idle ? bitOf.idle : 0);
  if (number === 'known') set |= facts.estimate | (estimatedShare > estimatedLimit ? bitOf.estimated : 0);
  else if (number === 'unknown' && !idle) set |= bitOf.missing;
  return set;
}

export function carries(set: MarkSet, mark: CountedMark): boolean {
  return mark === 'plain' ? set === 0 : (set & bitOf[mark]) !== 0;
}

/** The gravest first. */
export function marksIn(set: MarkSet): Mark[] {
  return marks.filter((mark) => carries(set, mark)).reverse();
}

/** The one pattern out of a set: dots where there is no number, hatch where one stands in for a missing meter. */
export function drawnMark(set: MarkSet, known: boolean): CountedMark {
  if (!known) return carries(set, 'idle') ? 'idle' : 'missing';
  if (carries(set, 'missing')) return 'estimated';
  if (carries(set, 'stale')) return 'stale';
  return carries(set, 'estimated') ? 'estimated' : 'plain';
}
