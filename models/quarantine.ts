/** Readings set aside: kept, out of every sum, until a person decides. */

/** Why a reading was set aside, with the word that people read in logs and answers. */
export const asideReasons = {
  conflict: 'two values at one time',
  outOfRange: 'value outside the plausible range of the point',
  negativeCount: 'a counter that only counts up cannot be below zero',
  beforeYear2000: 'time before the year 2000: seconds instead of milliseconds?',
  ahead: 'time more than 5 minutes ahead of the park',
  tooOld: 'time more than 400 days ago',
  /** Kept with words of its own: which message, what was wrong, how it began. */
  message: 'a message that could not be taken',
} as const;
export type AsideReason = keyof typeof asideReasons;
export const asideCodes = Object.keys(asideReasons) as [AsideReason, ...AsideReason[]];

/** What is stored is one of the reasons, or words about a message. */
export function reasonOf(stored: string): AsideReason {
  return Object.hasOwn(asideReasons, stored) ? (stored as AsideReason) : 'message';
}

/** Released ones are in history, uncertain, because a person said so; discarded ones are kept and no longer counted. */
export const asideStates = ['aside', 'released', 'discarded'] as const;
export type AsideState = (typeof asideStates)[number];

/** Readings in one answer. */
export const mostAside = 200;
