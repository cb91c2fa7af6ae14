/** The languages in which every name and word exists. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** Of each language: BCP 47 tags of its text and of how it writes dates and numbers, and what stands between sentences. */
export const locales: Readonly<Record<Language, { text: string; formats: string; space: string }>> = {
  en: { text: 'en', formats: 'en-GB', space: ' ' },
  zh: { text: 'zh-CN', formats: 'zh-CN', space: '' },
};

/** The next language, for a button that goes through all of them. */
export function nextLanguage(language: Language): Language {
  return languages[(languages.indexOf(language) + 1) % languages.length] as Language;
}

/** The name of something in each language. */
export type Names = Readonly<Record<Language, string>>;

/** Names of a table's rows by language and row. */
export function namesOf<K extends string>(table: Readonly<Record<K, { readonly names: Names }>>): Record<Language, Record<K, string>> {
  return Object.fromEntries(languages.map((language) => [language, namesIn(table, language)])) as Record<Language, Record<K, string>>;
}

function namesIn<K extends string>(table: Readonly<Record<K, { readonly names: Names }>>, language: Language): Record<K, string> {
  const rows = Object.entries(table) as [K, { names: Names }][];
  return Object.fromEntries(rows.map(([id, { names }]) => [id, names[language]])) as Record<K, string>;
}
