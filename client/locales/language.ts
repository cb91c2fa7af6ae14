/** Starts i18next with one catalogue, loads the other later. Language: the link's, else the last chosen, else the device's. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages, locales } from '../../models/languages.ts';
import type { Text } from '../../models/park/park.ts';
import type { en } from './en.ts';

/** Each language's name in that language, so that its readers find it. */
export const languageNames: Record<Language, string> = { en: 'English', zh: '中文' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** One chunk per language, so that the first picture waits for only one. */
const catalogues = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
} satisfies Record<Language, () => Promise<typeof en>>;

const remembered = 'ecopark.language';

/** Language by the link's `lang`, the remembered choice and the device's languages, in that order. */
export function chooseLanguage(link: string | null, kept: string | null, device: readonly string[]): Language {
  for (const wish of [link, kept, ...device]) {
    const found = languages.find((language) => wish?.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'en';
}

export async function startLanguage(): Promise<void> {
  const link = new URLSearchParams(location.search).get('lang');
  const language = chooseLanguage(link, localStorage.getItem(remembered), navigator.languages);
  document.documentElement.lang = locales[language].text;
  await i18next.use(initReactI18next).init({
    resources: { [language]: { translation: await catalogues[language]() } },
    lng: language,
    // Both catalogues have the same keys (a test checks this).
    fallbackLng: false,
    // React escapes; names and labels are text, never markup.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** Loads the words of a language, unless they are loaded already. Rejects where the server cannot be reached. */
export async function fetchLanguage(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', await catalogues[language]());
}

/** English where it is none of ours. */
export function languageOf(tag: string): Language {
  return languages.find((language) => language === tag) ?? 'en';
}

export function currentLanguage(): Language {
  return languageOf(i18next.language);
}

export function switchLanguage(language: Language): void {
  const change = () => {
    localStorage.setItem(remembered, language);
    document.documentElement.lang = locales[language].text;
    void i18next.changeLanguage(language);
  };
  // Without a server the language stays as it is: the page shows anyway that it is offline.
  void fetchLanguage(language).then(change, () => {});
}

/** A park's own text in the language shown; English where it has no other. */
export function textIn(language: Language, text: Text): string {
  return text[language] ?? text.en;
}
