/** What a report says, in its languages. It is written by the server too, so it is not in the page's catalogues. */
import type { ReportWords } from './words-en.ts';
import { reportEnglish } from './words-en.ts';
import { reportChinese } from './words-zh.ts';

export const reportLanguages = ['en', 'zh'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

export const reportWords: Record<ReportLanguage, ReportWords> = { en: reportEnglish, zh: reportChinese };
