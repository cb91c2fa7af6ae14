/** The texts of a report in its languages. The server writes reports too, so they are not in the page's catalogues. */
import type { ReportWords } from './words-en.ts';
import { reportEnglish } from './words-en.ts';
import { reportChinese } from './words-zh.ts';

export const reportLanguages = ['en', 'zh'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

export const reportWords: Record<ReportLanguage, ReportWords> = { en: reportEnglish, zh: reportChinese };
