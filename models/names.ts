/** The languages that every name and word is there in. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** What something is called, in each of them. */
export type Names = Readonly<Record<Language, string>>;

/** Names of a table's rows as a catalogue of one language. */
export function namesIn<K extends string>(table: Readonly<Record<K, { readonly names: Names }>>, language: Language): Record<K, string> {
  const rows = Object.entries(table) as [K, { names: Names }][];
  return Object.fromEntries(rows.map(([id, { names }]) => [id, names[language]])) as Record<K, string>;
}
