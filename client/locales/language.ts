/** Starts i18next with both catalogues; the language is the link's, else the last chosen, else the device's. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Text } from '../../models/park/park.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];
/** Each in itself, so that whoever reads it finds it. */
export const languageNames: Record<Language, string> = { en: 'English', zh: '中文' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

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
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, zh: { translation: zh } },
    lng: language,
    fallbackLng: 'en',
    // React escapes; names and labels are text, never markup.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export function currentLanguage(): Language {
  return i18next.language === 'zh' ? 'zh' : 'en';
}

export function switchLanguage(language: Language): void {
  localStorage.setItem(remembered, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.changeLanguage(language);
}

/** A park's own text in the language shown; English where it has no other. */
export function textIn(language: Language, text: Text): string {
  return text[language] ?? text.en;
}
