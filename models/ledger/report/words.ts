/** The texts of a report in its languages. The server writes reports too, so they are not in the page's catalogues. */
import type { Language } from '../../languages.ts';
import type { ReportWords } from './words-en.ts';
import { reportEnglish } from './words-en.ts';
import { reportChinese } from './words-zh.ts';

export const reportWords: Record<Language, ReportWords> = { en: reportEnglish, zh: reportChinese };
