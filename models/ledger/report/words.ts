/** What a report says, in its languages. It is written by the server too, so it is not in the page's catalogues. */
import { reportEnglish } from './words-en.ts';
import { reportChinese } from './words-zh.ts';

type Shape<T> = {
  [K in keyof T]: T[K] extends string ? string : T[K] extends (...args: infer A) => string ? (...args: A) => string : Shape<T[K]>;
};
/** What every language must provide. */
export type ReportWords = Shape<typeof reportEnglish>;

export const reportLanguages = ['en', 'zh'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

export const reportWords: Record<ReportLanguage, ReportWords> = { en: reportEnglish, zh: reportChinese };
