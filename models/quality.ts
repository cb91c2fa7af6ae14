/** How far a number can be trusted: where it comes from, whether it is good, how old it is. These are three separate facts. */

export const qualities = ['good', 'uncertain', 'bad'] as const;
/** A reading's own quality, as its source gave it, in the three words of OPC UA. */
export type Validity = (typeof qualities)[number];

/** Where a number comes from. Order is from best to worst; the index is the code used on the wire. */
export const origins = ['measured', 'calculated', 'estimated', 'modelled', 'simulated'] as const;
export type Origin = (typeof origins)[number];

/** How old it is: stale past twice the cadence, missing past the longer of four cadences and two hours. */
export const freshnesses = ['fresh', 'stale', 'missing'] as const;
export type Freshness = (typeof freshnesses)[number];

/** The three facts that are sent with every number (METHODS 8); `packQuality` packs them into one small integer. */
export interface Quality {
  origin: Origin;
  validity: Validity;
  freshness: Freshness;
}

/** Shape: origin + 5·validity + 15·freshness, 0…44. Exact in a float32. */
export function packQuality(q: Quality): number {
  return origins.indexOf(q.origin) + 5 * qualities.indexOf(q.validity) + 15 * freshnesses.indexOf(q.freshness);
}

/** The inverse of `packQuality`; anything else (NaN, out of range) is a modelled, bad, missing value. */
export function unpackQuality(code: number): Quality {
  const origin = origins[code % 5];
  const validity = qualities[Math.floor(code / 5) % 3];
  const freshness = freshnesses[Math.floor(code / 15)];
  if (origin === undefined || validity === undefined || freshness === undefined) {
    return { origin: 'modelled', validity: 'bad', freshness: 'missing' };
  }
  return { origin, validity, freshness };
}

/** Freshness of a value of age `age_s` from a point of cadence `cadence_s` (METHODS 8). */
export function freshnessOf(age_s: number, cadence_s: number): Freshness {
  if (age_s > Math.max(4 * cadence_s, 7200)) return 'missing';
  if (age_s > 2 * cadence_s) return 'stale';
  return 'fresh';
}
