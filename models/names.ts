/** The languages in which every name and word exists. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The name of something in each language. */
export type Names = Readonly<Record<Language, string>>;

/** Names of a table's rows in one language, by row. */
export function namesIn<K extends string>(table: Readonly<Record<K, { readonly names: Names }>>, language: Language): Record<K, string> {
  const rows = Object.entries(table) as [K, { names: Names }][];
  return Object.fromEntries(rows.map(([id, { names }]) => [id, names[language]])) as Record<K, string>;
}
