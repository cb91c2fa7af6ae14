/** Names of the marks of a number in every language, for the screen and for search. */
import { type Language, languages } from '../../models/languages.ts';
import { type CountedMark, carries, countedMarks, type DrawnMark, type MarkSet } from '../../models/telemetry/marks.ts';

export const markNames = {
  en: { plain: 'metered', estimated: 'estimated', stale: 'stale', missing: 'missing', idle: 'idle', unmetered: 'without a meter' },
  zh: { plain: '计量值', estimated: '估算值', stale: '数据陈旧', missing: '缺失', idle: '空闲', unmetered: '未装表' },
} satisfies Record<Language, Record<DrawnMark, string>>;

/** Common short forms of these names. */
const shortNames: Partial<Record<string, CountedMark>> = { 计量: 'plain', 估算: 'estimated', 陈旧: 'stale' };

/** The mark that a typed word names, whatever the language of the page. */
export function markNamed(word: string): CountedMark | null {
  const typed = word.toLowerCase();
  return countedMarks.find((mark) => languages.some((language) => markNames[language][mark] === typed)) ?? shortNames[typed] ?? null;
}

export interface Search {
  /** Every asset that is found carries all of these. */
  marks: readonly CountedMark[];
  /** The words that name no mark. */
  words: readonly string[];
}

/** A word that names a mark finds exactly the assets that carry it: it is not looked for in their names. */
export function searchOf(query: string): Search {
  const typed = query.split(/\s+/).filter(Boolean);
  return {
    marks: typed.flatMap((word) => markNamed(word) ?? []),
    words: typed.filter((word) => markNamed(word) === null),
  };
}

export function carriesAll(set: MarkSet | undefined, wanted: readonly CountedMark[]): boolean {
  return wanted.every((mark) => set !== undefined && carries(set, mark));
}
