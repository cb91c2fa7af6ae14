/** Readings set aside: kept, out of every sum, until a person decides. */
import type { Language } from '../languages.ts';
import type { StoredReading } from './reading.ts';

/** Why a reading was set aside, with the text for logs and API answers. */
export const asideReasons = {
  conflict: 'two values at one time',
  outOfRange: 'value outside the plausible range of the point',
  negativeCount: 'a counter that only counts up cannot be below zero',
  beforeYear2000: 'time before the year 2000: seconds instead of milliseconds?',
  ahead: 'time more than 5 minutes ahead of the park',
  tooOld: 'time more than 400 days ago',
  /** Stored as a text instead of this code: which message, what was wrong, how the message began. */
  message: 'a message that could not be taken',
} as const;
export type AsideReason = keyof typeof asideReasons;
export const asideCodes = Object.keys(asideReasons) as [AsideReason, ...AsideReason[]];

/** The stored text is one of the reasons, or a text about a message. */
export function reasonOf(stored: string): AsideReason {
  return Object.hasOwn(asideReasons, stored) ? (stored as AsideReason) : 'message';
}

/** A reading set aside: kept out of every sum until a person decides. */
export interface QuarantinedReading extends StoredReading {
  /** An AsideReason, or a text about a message that could not be taken. */
  reason: string;
}

/** A person may release a reading (it enters history as uncertain) or discard it (it is kept, but no longer counted). */
export const asideStates = ['aside', 'released', 'discarded'] as const;
export type AsideState = (typeof asideStates)[number];

/** The most readings in one answer. */
export const mostAside = 200;

/** Names of the reasons on screens and in reports. */
export const asideNames = {
  en: {
    conflict: 'Two values at one time',
    outOfRange: 'Outside what is plausible for this point',
    negativeCount: 'Below zero on a counter that only counts up',
    beforeYear2000: 'A time before the year 2000',
    ahead: 'A time that has not come yet',
    tooOld: 'More than 400 days old',
  },
  zh: {
    conflict: '同一时刻有两个数值',
    outOfRange: '超出该测点的合理范围',
    negativeCount: '只增计数器出现负值',
    beforeYear2000: '时间早于 2000 年',
    ahead: '时间尚未到来',
    tooOld: '早于 400 天之前',
  },
} satisfies Record<Language, Record<Exclude<AsideReason, 'message'>, string>>;
